"""ECN and d_av of random clusters by numpy, one cluster at a time: what the kernel of EffectiveCoordination is compared with.

Usage: ecn_numpy.py [ATOMS [SECONDS]]. Prints clusters per second on one core, and the mean ECN as a check.
"""
import sys
import time

import numpy as np


def coordination(positions):
    """ECN and d_av of every atom of one cluster; all atoms take their steps together, those that have stopped keep theirs."""
    d = np.linalg.norm(positions[:, None, :] - positions[None, :, :], axis=2)
    np.fill_diagonal(d, np.inf)
    average = d.min(axis=1)
    finite = np.where(np.isinf(d), 0.0, d)
    active = np.ones(len(d), dtype=bool)
    while active.any():
        w = np.exp(1.0 - (d / average[:, None]) ** 6)
        new = (finite * w).sum(axis=1) / w.sum(axis=1)
        step = np.abs(new - average)
        average = np.where(active, new, average)
        active &= step >= 1e-4
    return np.exp(1.0 - (d / average[:, None]) ** 6).sum(axis=1), average


def cluster(rng, atoms):
    edge = 2.6 * atoms ** (1 / 3)
    positions = np.empty((atoms, 3))
    i = 0
    while i < atoms:
        positions[i] = edge * rng.random(3)
        if i == 0 or np.min(np.linalg.norm(positions[:i] - positions[i], axis=1)) >= 1.6:
            i += 1
    return positions


atoms = int(sys.argv[1]) if len(sys.argv) > 1 else 13
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
rng = np.random.default_rng(13)
clusters = [cluster(rng, atoms) for _ in range(200)]
total, done, start = 0.0, 0, time.process_time()
while time.process_time() - start < seconds:
    for positions in clusters:
        total += coordination(positions)[0].mean()
        done += 1
print(f"{atoms} atoms: {done / (time.process_time() - start):.0f} clusters/s of CPU time, mean ECN {total / done:.4f}")
