#!/usr/bin/env python3
"""Mutants of valid ONNX files through this project's reader, and what it accepts through onnxruntime: nothing crashes, hangs or
eats memory, and the logits agree.

    run.py PROBE [--count N] [--from N] [--seed N] [--seconds S] [--keep DIR]

Mutant i of a seed is always the same file. What disagrees is kept in DIR (default target/mutants).
"""

import argparse
import collections
import json
import pathlib
import random
import resource
import select
import subprocess
import sys
import tempfile
import time

import changes
import graphs

HERE = pathlib.Path(__file__).parent
# The project's bar for agreement between engines, of the largest logit.
TOLERANCE = 1e-4
SECONDS, MEGABYTES = 5, 1000
# A worker that says nothing for so long is ended, whatever it waits for.
PATIENCE, ADDRESS_SPACE = 60, 8 << 30


class Worker:
    """A process that answers each line with one; started again when it has died."""

    def __init__(self, command: list[str]) -> None:
        self.command, self.process = command, None

    def ask(self, line: str) -> dict:
        if self.process is None:
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
            self.errors = tempfile.TemporaryFile()
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, preexec_fn=limit)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        answer = self.process.stdout.readline() if ready else None
        if answer:
            return json.loads(answer)
        if answer is None:
            self.process.kill()
        code, self.process = self.process.wait(), None
        self.errors.seek(0)
        return {"died": "no answer" if answer is None else f"exit {code}: {self.errors.read()[-400:].decode(errors='replace')}"}


def finite(row: list) -> bool:
    return not any(isinstance(value, str) for value in row)


def agree(found: list[list], expected: list[list]) -> bool:
    def row(found: list, expected: list) -> bool:
        if len(found) != len(expected) or not finite(found):
            return False
        scale = max(1.0, *(abs(value) for value in expected))
        return all(abs(a - b) <= TOLERANCE * scale for a, b in zip(found, expected))

    return len(found) == len(expected) and all(map(row, found, expected))


def verdict(path: str, probe: Worker, reference: Worker) -> tuple[str, object]:
    """What is to be counted, and what is wrong if anything is."""
    found = probe.ask(path)
    if "died" in found:
        return "DIED", found["died"]
    if found["seconds"] > SECONDS:
        return "SLOW", found["seconds"]
    if found["megabytes"] > MEGABYTES:
        return "FAT", found["megabytes"]
    if "refused" in found:
        if len(found["refused"]) > 2000 or any(ord(letter) < 32 and letter != "\n" for letter in found["refused"]):
            return "UNREADABLE REFUSAL", found["refused"][:300]
        return f"refused: {found['code']}", None
    logits = found["logits"]
    if all(map(finite, logits)) and not (agree(found["together"], logits) and agree(found["many"], logits)):
        return "A BATCH DIFFERS", [logits, found["together"], found["many"]]
    expected = reference.ask(path)
    if "died" in expected:
        return "onnxruntime died", None
    formally = ", though onnxruntime refuses its types or names" if "formally" in expected else ""
    if "refused" in expected and formally:
        return f"accepted{formally}", None
    if "refused" in expected:
        return "ACCEPTED WHAT ONNXRUNTIME REFUSES", expected["refused"]
    expected = expected["logits"]
    if not all(map(finite, expected)):
        # docs/tract.md: a rectifier of tract's makes zero of what is no number.
        return f"{'finite where onnxruntime is not' if all(map(finite, logits)) else 'neither is finite'}{formally}", None
    if agree(logits, expected):
        return f"agree{formally}", None
    # Of a softmax, onnxruntime gives what it makes; logits are what it takes.
    if found["probabilities"] is not None and agree(found["probabilities"], expected):
        return f"agree, as probabilities{formally}", None
    return "DIFFER", [logits, expected]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("probe")
    arguments.add_argument("--count", type=int, default=30_000)
    arguments.add_argument("--from", type=int, default=0, dest="first")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=float("inf"))
    arguments.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("target/mutants"))
    options = arguments.parse_args()
    bases = graphs.all_graphs()
    probe, reference = Worker([options.probe]), Worker([sys.executable, str(HERE / "reference.py")])
    counts, wrong, end, number = collections.Counter(), 0, time.monotonic() + options.seconds, options.first
    options.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "mutant.onnx"
        for number in range(options.first, options.first + options.count):
            if time.monotonic() > end:
                break
            chance = random.Random(f"{options.seed}:{number}")
            file = changes.mutant(chance.choice(bases), chance)
            path.write_bytes(file)
            name, details = verdict(str(path), probe, reference)
            counts[name] += 1
            if details is not None:
                wrong += 1
                kept = options.keep / f"{options.seed}-{number}.onnx"
                kept.write_bytes(file)
                print(f"{kept}: {name}: {json.dumps(details)}", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    print(f"{sum(counts.values())} mutants of {len(bases)} files, seed {options.seed}: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
