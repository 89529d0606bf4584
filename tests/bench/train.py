#!/usr/bin/env python3
"""Writes train.json: images a second of `vitrine train`, in turns with an earlier build where one is named.

Each run is one epoch on the first images of the data set, which are learned from, and as many others to be validated on. Run by
`./build.sh bench --train [EARLIER]`; EARLIER is the path of another build's `vitrine`.
"""

import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
REPOSITORY = HERE.parent.parent
# Network, images, batch: enough steps for what is done once not to count.
RUNS = (("cnn", 1024, 256), ("cnn-slim", 6144, 256), ("mlp", 10000, 128))
ROUNDS = 3


def epoch(binary: str, network: str, images: int, batch: int) -> tuple[float, float]:
    """Images a second, and a CPU's seconds of the whole command."""
    environment = {**os.environ, "VITRINE_DATA": str(REPOSITORY / os.environ.get("VITRINE_DATA", "data"))}
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "train", network, "--subset", str(images), "--batch", str(batch), "--epochs", "1"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        history = json.loads((pathlib.Path(folder) / "models/history.json").read_text())[network]
    # Drawings are learned from beside the images, by builds that have them.
    learned = (images + history.get("hyperparameters", {}).get("drawings", 0)) // batch * batch
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return learned / history["epochs"][0]["seconds"], busy


def processor() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else ():
        if line.startswith("model name"):
            return line.split(": ", 1)[1]
    return platform.machine()


def main() -> None:
    own, earlier = os.environ["VITRINE"], sys.argv[1] if len(sys.argv) > 1 else None
    rows = []
    for network, images, batch in RUNS:
        turns = []
        for _ in range(ROUNDS):
            mine = epoch(own, network, images, batch)
            turns.append((mine, epoch(earlier, network, images, batch) if earlier else None))
        row = {
            "network": network,
            "images": images,
            "batch": batch,
            "vitrine": statistics.median(mine[0] for mine, _ in turns),
            "cpu_seconds": statistics.median(mine[1] for mine, _ in turns),
        }
        if earlier:
            row["earlier"] = statistics.median(theirs[0] for _, theirs in turns)
            row["earlier_cpu_seconds"] = statistics.median(theirs[1] for _, theirs in turns)
            row["ratio"] = statistics.median(mine[0] / theirs[0] for mine, theirs in turns)
        rows.append(row)
        print(row, flush=True)
    found = {"processor": processor(), "threads": os.cpu_count(), "rounds": ROUNDS, "rows": rows}
    (HERE / "train.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
