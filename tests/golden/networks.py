#!/usr/bin/env python3
"""Checks models/*.onnx and writes networks.json: onnxruntime's logits of the first 64 test images, for tests/native/onnx.rs.

Run it from the repository's root whenever a model has changed, with the packages of requirements.txt and VITRINE_DATA
naming the folder of the data set's files. No image is written, only logits.
"""

import gzip
import hashlib
import json
import os
import pathlib

import numpy
import onnx
import onnxruntime

COUNT = 64
SYNTHETIC = 5
HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent.parent / "models"


def images() -> numpy.ndarray:
    path = pathlib.Path(os.environ.get("VITRINE_DATA", "data")) / "t10k-images-idx3-ubyte.gz"
    pixels = numpy.frombuffer(gzip.decompress(path.read_bytes()), numpy.uint8, offset=16, count=COUNT * 784)
    # The reader's own arithmetic: a division in f32.
    return pixels.reshape(COUNT, 1, 28, 28).astype(numpy.float32) / numpy.float32(255)


def synthetic() -> numpy.ndarray:
    """Images that any test can make again without the data set: a formula in integers."""
    image, pixel = numpy.arange(SYNTHETIC)[:, None], numpy.arange(784)[None, :]
    pixels = (image * 7919 + pixel * (image + 1) * 31) % 256
    return pixels.reshape(SYNTHETIC, 1, 28, 28).astype(numpy.float32) / numpy.float32(255)


def rounded(logits: numpy.ndarray) -> list[list[float]]:
    return [[float(f"{value:.7g}") for value in row] for row in logits.tolist()]


def main() -> None:
    batch = images()
    models = {}
    for path in sorted(MODELS.glob("*.onnx")):
        data = path.read_bytes()
        onnx.checker.check_model(onnx.load_from_string(data), full_check=True)
        session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        (logits,) = session.run(["logits"], {"image": batch})
        (of_synthetic,) = session.run(["logits"], {"image": synthetic()})
        models[path.name] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "logits": rounded(logits),
            "synthetic": rounded(of_synthetic),
        }
        print(f"{path.name}: checked; {len(data)} bytes")
    versions = {module.__name__: module.__version__ for module in (numpy, onnx, onnxruntime)}
    golden = json.dumps({"versions": versions, "images": f"test images 0 to {COUNT - 1}", "models": models}, indent=None)
    (HERE / "networks.json").write_text(golden.replace("]]", "]]\n").replace("], [", "],\n[") + "\n")


if __name__ == "__main__":
    main()
