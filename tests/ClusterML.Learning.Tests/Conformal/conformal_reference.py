"""CV+, CV-minmax and jackknife+ intervals on given folds, from their definitions, with numpy alone.

Reads JSON from standard input: x, y, fold_of_row, test, relative_lambda, alpha_percent. Writes JSON: plus and minmax, [lower, upper] a test row.
"""
import json
import sys

import numpy as np


def ridge(x, y, relative):
    centre, mean = x.mean(axis=0), y.mean()
    a = x - centre
    penalty = relative * np.trace(a @ a.T) / max(1, min(len(x) - 1, x.shape[1]))
    design = np.vstack([a, np.sqrt(penalty) * np.eye(x.shape[1])])
    beta = np.linalg.lstsq(design, np.concatenate([y - mean, np.zeros(x.shape[1])]), rcond=None)[0]
    return lambda rows: mean + (rows - centre) @ beta


given = json.load(sys.stdin)
x, y, test = (np.array(given[key]) for key in ("x", "y", "test"))
fold = np.array(given["fold_of_row"])
n = len(y)
models = {k: ridge(x[fold != k], y[fold != k], given["relative_lambda"]) for k in np.unique(fold)}
score = np.array([abs(y[i] - models[fold[i]](x[i : i + 1])[0]) for i in range(n)])
# Ceiling of (1 - alpha)(n + 1), in integers.
rank = -(-(100 - given["alpha_percent"]) * (n + 1) // 100)
assert rank <= n
plus, minmax = [], []
for row in test:
    by_fold = {k: models[k](row[None])[0] for k in models}
    prediction = np.array([by_fold[k] for k in fold])
    plus.append([-np.sort(-(prediction - score))[rank - 1], np.sort(prediction + score)[rank - 1]])
    half = np.sort(score)[rank - 1]
    minmax.append([min(by_fold.values()) - half, max(by_fold.values()) + half])
json.dump({"plus": plus, "minmax": minmax}, sys.stdout)
