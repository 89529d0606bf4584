"""Writes metrics.json: what scikit-learn and SciPy say about small cases (versions: requirements.txt)."""

import json
import pathlib
import re

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from scipy.stats import binomtest
from sklearn.metrics import (
    average_precision_score,
    classification_report,
    confusion_matrix,
    log_loss,
    precision_recall_curve,
    precision_recall_fscore_support,
    roc_auc_score,
    roc_curve,
    top_k_accuracy_score,
)

CLASSES = 10
NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
rng = np.random.default_rng(20240607)


def digits(labels):
    return "".join(str(label) for label in labels)


def noisy(truth, rate):
    return np.where(rng.random(len(truth)) < rate, rng.integers(0, CLASSES, len(truth)), truth)


def cases():
    even = rng.integers(0, CLASSES, 400)
    yield "even", even, noisy(even, 0.2), 4
    yield "even, two digits", even[:160], noisy(even[:160], 0.5), 2
    imbalanced = rng.choice(CLASSES, 300, p=[0.5, 0.2, 0.1, 0.05, 0.05, 0.04, 0.03, 0.01, 0.01, 0.01])
    yield "imbalanced", imbalanced, noisy(imbalanced, 0.3), 4
    few = rng.choice([0, 3, 9], 60)
    yield "classes without images", few, noisy(few, 0.4), 4
    yield "classes never predicted", even, np.where(even < 5, even, 2), 4
    yield "three classes only", few, rng.choice([0, 3, 9], 60), 3
    yield "perfect", even[:100], even[:100], 4
    yield "all wrong", even[:100], (even[:100] + 1) % CLASSES, 4
    yield "all called one class", even, np.full_like(even, 6), 4
    yield "one class only", np.full(20, 6), np.full(20, 6), 4
    yield "one image", np.array([4]), np.array([4]), 6
    # Scores of exactly k/8 and k/16: the last digit hangs on how ties are rounded.
    truth = np.repeat([0, 1, 2, 3], 16)
    predicted = np.concatenate([np.where(np.arange(16) < right, label, 9) for label, right in enumerate([1, 2, 6, 13])])
    yield "ties, one digit", truth, predicted, 1
    yield "ties, two digits", truth, predicted, 2
    yield "ties, three digits", truth, predicted, 3


def scores(truth, predicted, average):
    options = {"labels": range(CLASSES), "zero_division": 0, "average": average}
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, **options)
    values = np.stack([precision, recall, f1], axis=-1).tolist()
    return values if average else [row + [int(count)] for row, count in zip(values, support)]


def report(name, truth, predicted, places):
    labels = range(CLASSES)
    options = {"labels": labels, "target_names": NAMES, "digits": places, "zero_division": 0}
    text = classification_report(truth, predicted, **options)
    if not np.any(truth == predicted):
        # scikit-learn's counts become floats when not one prediction is right: 10.0 for 10.
        text = re.sub(r"(\d+)\.0$", r"  \1", text, flags=re.MULTILINE)
    return {
        "name": name,
        "truth": digits(truth),
        "predicted": digits(predicted),
        "digits": places,
        "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
        "accuracy": float(np.mean(truth == predicted)),
        "classes": scores(truth, predicted, None),
        "macro": scores(truth, predicted, "macro"),
        "weighted": scores(truth, predicted, "weighted"),
        "text": text,
    }


def interval(successes, total):
    found = binomtest(successes, total).proportion_ci(0.95, method="wilson")
    return {"successes": successes, "total": total, "interval": [float(found.low), float(found.high)]}


def calibration_error(truth, probabilities, bins=15):
    """Guo et al. 2017, eq. 3, from its definition."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    edges, error = np.linspace(0, 1, bins + 1), 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)


def calibration(name, scale, rate):
    truth = rng.integers(0, CLASSES, 80)
    favourite = noisy(truth, rate)
    logits = np.round(scale * (rng.normal(size=(80, CLASSES)) + 2.5 * np.eye(CLASSES)[favourite]), 3)
    probabilities = softmax(logits, axis=1)

    def loss(ln_temperature):
        rows = log_softmax(logits / np.exp(ln_temperature), axis=1)
        return -rows[np.arange(80), truth].mean()

    best = minimize_scalar(loss, bounds=np.log([0.05, 20]), method="bounded", options={"xatol": 1e-9})
    return {
        "name": name,
        "truth": digits(truth),
        "logits": logits.tolist(),
        "error": calibration_error(truth, probabilities),
        "log_loss": float(log_loss(truth, probabilities, labels=range(CLASSES))),
        "temperature": float(np.exp(best.x)),
        "log_loss_then": float(best.fun),
    }


def novelty(familiar, unfamiliar):
    scores = np.concatenate([familiar, unfamiliar])
    truth = np.repeat([0, 1], [len(familiar), len(unfamiliar)])
    return {"familiar": familiar.tolist(), "unfamiliar": unfamiliar.tolist(), "auroc": float(roc_auc_score(truth, scores))}


def curves(truth, scores):
    false_positives, true_positives, _ = roc_curve(truth, scores, drop_intermediate=True)
    precision, recall, _ = precision_recall_curve(truth, scores, drop_intermediate=True)
    return {
        "roc": np.stack([false_positives, true_positives], axis=-1).tolist(),
        "area": float(roc_auc_score(truth, scores)),
        "precision_recall": np.stack([recall, precision], axis=-1).tolist(),
        "average_precision": float(average_precision_score(truth, scores)),
    }


THRESHOLDS = [0.0, 0.25, 0.5, 0.625, 0.9, 1.0]


def trust(name, truth, probabilities):
    """`probabilities` as float32; of equally probable classes the lower label comes first."""
    best = probabilities.argmax(axis=1)
    confidence, right = probabilities.max(axis=1).astype(float), best == truth
    exact = probabilities.astype(float)
    edges = np.linspace(0, 1, 16)
    bins = [(confidence > low) & (confidence <= high) for low, high in zip(edges[:-1], edges[1:])]
    ranked = np.argsort(-probabilities, axis=1, kind="stable")
    top_two = float(np.mean((ranked[:, :2] == truth[:, None]).any(axis=1)))
    ties = any(len(set(row)) < CLASSES for row in probabilities.tolist())
    if not ties:
        assert top_two == top_k_accuracy_score(truth, probabilities, k=2, labels=range(CLASSES))
    return {
        "name": name,
        "truth": digits(truth),
        "probabilities": exact.tolist(),
        "bins": [[int(inside.sum()), int(right[inside].sum()), float(confidence[inside].sum())] for inside in bins],
        "top_two": top_two,
        "answered": [[int((confidence >= least).sum()), int(right[confidence >= least].sum())] for least in THRESHOLDS],
        # A vote of nothing costs infinity, where scikit-learn clips.
        "log_loss": None if ties else float(log_loss(truth, exact / exact.sum(axis=1, keepdims=True), labels=range(CLASSES))),
        "classes": [curves(truth == label, probabilities[:, label]) if (truth == label).any() else None for label in range(CLASSES)],
    }


def trusts():
    truth = rng.integers(0, CLASSES, 90)
    logits = 1.5 * rng.normal(size=(90, CLASSES)) + 3 * np.eye(CLASSES)[noisy(truth, 0.2)]
    yield trust("a network", truth, softmax(logits, axis=1).astype(np.float32))
    few = rng.choice([1, 2, 6, 8], 70)
    # Sixteenths are exact in every precision: the ties are the same on both sides.
    votes = np.stack([rng.multinomial(16, 0.03 + 0.7 * np.eye(CLASSES)[label]) for label in noisy(few, 0.3)])
    yield trust("votes of 16", few, (votes / 16).astype(np.float32))


PAIRS = [(0, 0), (1, 0), (0, 8), (5, 5), (10, 3), (12, 30), (120, 90), (700, 521), (400, 401), (3000, 2500)]
golden = {
    "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "scipy": scipy.__version__},
    "reports": [report(*case) for case in cases()],
    "intervals": [interval(*pair) for pair in [(0, 1), (1, 1), (0, 50), (50, 50), (7, 13), (8541, 10000), (9999, 10000)]],
    "mcnemar": [{"a": a, "b": b, "p": float(binomtest(a, a + b).pvalue) if a + b else 1.0} for a, b in PAIRS],
    "calibration": [calibration("confident", 4.0, 0.3), calibration("shy", 0.4, 0.1), calibration("fair", 1.0, 0.2)],
    "novelty": [
        novelty(np.round(rng.normal(size=40), 1), np.round(rng.normal(size=25) + 1, 1)),
        novelty(np.round(rng.normal(size=3)), np.round(rng.normal(size=30))),
        novelty(np.zeros(4), np.zeros(5)),
    ],
    "thresholds": THRESHOLDS,
    "trust": list(trusts()),
}
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
