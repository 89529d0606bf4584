#!/usr/bin/env python3
"""Writes native.json: images a second of `vitrine evaluate` beside onnxruntime's, at one and two threads, in turns.

Both take the 10,000 test images in batches of 32; reading them, and the reports, are not counted. Run by
`./build.sh bench --native`, with the packages of tests/golden/requirements.txt.
"""

import gzip
import json
import os
import pathlib
import statistics
import subprocess
import time

import numpy
import onnxruntime

HERE = pathlib.Path(__file__).parent
REPOSITORY = HERE.parent.parent
MODELS = ("cnn", "cnn-slim", "mlp")
BATCH = 32
ROUNDS = 3


def images() -> numpy.ndarray:
    path = REPOSITORY / os.environ.get("VITRINE_DATA", "data") / "t10k-images-idx3-ubyte.gz"
    pixels = numpy.frombuffer(gzip.decompress(path.read_bytes()), numpy.uint8, offset=16)
    return pixels.reshape(-1, 1, 28, 28).astype(numpy.float32) / numpy.float32(255)


def vitrine(binary: str, model: str, threads: int) -> float:
    """Images a second."""
    command = [binary, "evaluate", "--model", model, "--json"]
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    output = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True).stdout
    measured = json.loads(output)["models"][model]
    return measured["images"] / measured["wall_seconds"]


def reference(model: str, threads: int, pixels: numpy.ndarray) -> float:
    """Images a second."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(REPOSITORY / "models" / f"{model}.onnx", options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    session.run(None, {name: pixels[:BATCH]})
    begun = time.perf_counter()
    for start in range(0, len(pixels), BATCH):
        session.run(None, {name: pixels[start : start + BATCH]})
    return len(pixels) / (time.perf_counter() - begun)


def main() -> None:
    pixels = images()
    binary = os.environ["VITRINE"]
    rows = []
    for model in MODELS:
        for threads in (1, 2):
            turns = [(vitrine(binary, model, threads), reference(model, threads, pixels)) for _ in range(ROUNDS)]
            own, other = (statistics.median(column) for column in zip(*turns))
            ratio = statistics.median(mine / theirs for mine, theirs in turns)
            rows.append({"model": model, "threads": threads, "vitrine": own, "onnxruntime": other, "ratio": ratio})
            print(f"{model}, {threads} threads: {own:.0f} images/s, onnxruntime {other:.0f}, ratio {ratio:.2f}", flush=True)
    found = {"onnxruntime": onnxruntime.__version__, "images": len(pixels), "batch": BATCH, "rounds": ROUNDS, "rows": rows}
    (HERE / "native.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
