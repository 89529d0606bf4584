"""Writes eda.json: what SciPy and matplotlib say about small samples (versions: requirements.txt)."""

import json
import pathlib

import matplotlib
import numpy as np
import scipy
from matplotlib.cbook import boxplot_stats
from scipy.stats import gaussian_kde

rng = np.random.default_rng(20240608)


def case(name, values):
    values = np.asarray(values, dtype=float)
    spread = np.ptp(values) or 1.0
    grid = np.linspace(values.min() - spread / 4, values.max() + spread / 4, 17)
    box = boxplot_stats(values)[0]
    has_width = len(values) > 1 and np.ptp(values) > 0
    return {
        "name": name,
        "values": values.tolist(),
        "grid": grid.tolist(),
        "density": gaussian_kde(values, "scott")(grid).tolist() if has_width else [0.0] * 17,
        "quartiles": [float(box[key]) for key in ("q1", "med", "q3")],
        "whiskers": [float(box["whislo"]), float(box["whishi"])],
        "outliers": len(box["fliers"]),
    }


cases = [
    case("skewed", np.round(rng.gamma(3.0, 40.0, 80), 4)),
    case("two humps", np.round(np.concatenate([rng.normal(100, 9, 40), rng.normal(300, 20, 30)]), 4)),
    case("far outliers", np.round(np.concatenate([rng.normal(0.3, 0.02, 50), [0.01, 0.02, 0.7, 0.9]]), 6)),
    case("many ties", rng.integers(0, 4, 41)),
    case("whiskers inside the box", [0, 10, 10, 10.5, 100]),
    case("box without values at its edges", [0, 0, 0, 1, 100, 100]),
    case("two values", [1, 2]),
    case("four values", [1, 2, 4, 8]),
    case("one value", [3]),
    case("all equal", [5, 5, 5, 5]),
]
versions = {"numpy": np.__version__, "scipy": scipy.__version__, "matplotlib": matplotlib.__version__}
path = pathlib.Path(__file__).with_name("eda.json")
path.write_text(json.dumps({"versions": versions, "cases": cases}, separators=(",", ":")) + "\n")
