"""Writes knn.json, hog.json: scikit-learn's exact k nearest neighbours, and a numpy HOG.

Run it with the packages of requirements.txt and VITRINE_DATA (the folder `data` without it).
"""

import gzip
import json
import os
import pathlib

import numpy
import sklearn
from sklearn.neighbors import KNeighborsClassifier

HERE = pathlib.Path(__file__).parent


def idx(directory, name, offset):
    return numpy.frombuffer(gzip.decompress((directory / name).read_bytes()), numpy.uint8, offset=offset)


def synthetic():
    """Small vectors with few distinct values: ties at every k."""
    random = numpy.random.default_rng(20170825)
    dims, references, queries = 6, 40, 12
    train = random.choice(numpy.array([0, 1, 200, 255], numpy.uint8), (references, dims))
    train[20:30] = train[:10]
    labels = random.integers(0, 10, references)
    test = random.choice(numpy.array([0, 1, 200, 255], numpy.uint8), (queries, dims))
    test[:4] = train[5:9]
    case = {
        "dims": dims,
        "references": train.ravel().tolist(),
        "labels": labels.tolist(),
        "queries": test.ravel().tolist(),
        "neighbours": {},
    }
    model = KNeighborsClassifier(algorithm="brute").fit(train.astype(float), labels)
    # Equal distances come in no stated order: sort all of them by (distance, index), which is our order.
    every, indices = model.kneighbors(test.astype(float), n_neighbors=references)
    squared = numpy.rint(every**2).astype(int)
    by_distance_then_index = numpy.lexsort((indices, squared), axis=1)
    for k in range(1, 8):
        order = by_distance_then_index[:, :k]
        case["neighbours"][str(k)] = {
            "indices": numpy.take_along_axis(indices, order, 1).tolist(),
            "distances": [[round(value, 6) for value in row] for row in numpy.take_along_axis(every, order, 1).tolist()],
        }
    return case


def fashion(directory):
    train = idx(directory, "train-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(float)
    test = idx(directory, "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 784).astype(float)
    labels = idx(directory, "train-labels-idx1-ubyte.gz", 8)
    truth = idx(directory, "t10k-labels-idx1-ubyte.gz", 8)
    model = KNeighborsClassifier(n_neighbors=3, algorithm="brute").fit(train, labels)
    predicted = model.predict(test)
    return {"accuracy": float((predicted == truth).mean()), "predicted": "".join(map(str, predicted))}


def hog(images):
    """(N, 28, 28) in [0, 1] → (N, 7, 7, 8); Dalal & Triggs 2005 with 4-pixel cells, 8 unsigned bins, 3×3-cell blocks."""
    padded = numpy.pad(images.astype(float), ((0, 0), (1, 1), (1, 1)))
    across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    place = numpy.arctan2(down, across) % numpy.pi / numpy.pi * 8
    lower = numpy.floor(place)
    share = place - lower
    size = numpy.hypot(across, down)
    bins = numpy.arange(8)
    histogram = (bins == (lower[..., None] % 8)) * (size * (1 - share))[..., None]
    histogram += (bins == ((lower[..., None] + 1) % 8)) * (size * share)[..., None]
    centres = numpy.arange(7) * 4 + 1.5
    kernel = numpy.maximum(0, 1 - numpy.abs(numpy.arange(28) - centres[:, None]) / 4)
    cells = numpy.einsum("nijb,yi,xj->nyxb", histogram, kernel, kernel)
    energy = numpy.pad((cells**2).sum(3), ((0, 0), (1, 1), (1, 1)))
    block = sum(energy[:, y : y + 7, x : x + 7] for y in range(3) for x in range(3))
    return cells / numpy.sqrt(block + (80 / 255) ** 2)[..., None]


def hog_case():
    """Seeded noise, a ramp and a disc: every orientation, flat areas, borders."""
    random = numpy.random.default_rng(2005)
    y, x = numpy.mgrid[:28, :28]
    images = numpy.stack([
        random.integers(0, 256, (28, 28)),
        (y * 5 + x * 3),
        numpy.where((y - 14) ** 2 + (x - 12) ** 2 < 80, 230, 0),
    ]).astype(numpy.uint8)
    cells = hog(images / 255)
    return [
        {"pixels": image.ravel().tolist(), "hog": [round(float(value), 7) for value in values.ravel()]}
        for image, values in zip(images, cells)
    ]


if __name__ == "__main__":
    reference = {"library": f"scikit-learn {sklearn.__version__}", "synthetic": synthetic()}
    reference["fashion_mnist_k3"] = fashion(pathlib.Path(os.environ.get("VITRINE_DATA", "data")))
    (HERE / "knn.json").write_text(json.dumps(reference) + "\n")
    case = {"library": f"numpy {numpy.__version__}", "cases": hog_case()}
    (HERE / "hog.json").write_text(json.dumps(case) + "\n")
