"""The other side of AseComparisonTests: writes structures with ASE, or reads back what the tests wrote.

    ase_structures.py write FOLDER    200 structures in every format, and expected.json: what is in them
    ase_structures.py read FOLDER     read.json: what ASE finds in the files ours.*
"""
import glob
import json
import os
import sys
import warnings

import numpy as np
import ase.io
from ase import Atoms
from ase.calculators.singlepoint import SinglePointCalculator
from ase.cluster import Icosahedron
from ase.constraints import FixAtoms, FixScaled
from ase.db import connect
from ase.io import jsonio

COUNT = 200
METALS = ["Ti", "Zr", "Hf", "Fe", "Sc", "V", "Cr", "Mn", "Co", "Ni", "Cu", "Zn", "Y", "Nb", "Mo", "Pd", "Ag", "Pt", "Au", "Hg"]
PER_FRAME = ["energy", "free_energy", "stress", "dipole", "magmom"]


def value(x):
    a = np.asarray(x)
    kind = {"b": "logical", "i": "integer", "f": "real", "U": "text", "O": "text"}[a.dtype.kind]
    return {"kind": kind, "shape": list(a.shape), "values": a.ravel().tolist()}


def described(atoms, info):
    properties = {k: value(v) for k, v in info.items()}
    arrays = {k: value(v) for k, v in atoms.arrays.items() if k not in ("numbers", "positions")}
    for k, v in (atoms.calc.results if atoms.calc else {}).items():
        (properties if k in PER_FRAME else arrays)[k] = value(v)
    fixed = np.zeros((len(atoms), 3), dtype=bool)
    for c in atoms.constraints:
        if isinstance(c, FixAtoms):
            fixed[c.index] = True
        else:
            fixed[c.a] |= np.asarray(c.mask, dtype=bool)
    return {
        "symbols": atoms.get_chemical_symbols(),
        "positions": atoms.positions.ravel().tolist(),
        "cell": np.asarray(atoms.cell).ravel().tolist(),
        "pbc": atoms.pbc.tolist(),
        "fixed": fixed.ravel().tolist(),
        "properties": properties,
        "atom_properties": arrays,
    }


def cell_of(kind, rng):
    box = np.diag(rng.uniform(4, 12, 3))
    if kind == 3:
        box += rng.uniform(-2, 2, (3, 3))
    return box


def build(i, rng):
    kind = i % 5
    if kind == 1:
        atoms = Icosahedron(METALS[i % 4], noshells=2 + (i // 5) % 2, latticeconstant=4.0)
        atoms.numbers[int(rng.integers(len(atoms)))] = ase.data.atomic_numbers[METALS[i % len(METALS)]]
        return Atoms(atoms.symbols, positions=atoms.positions + rng.normal(0, 0.02, atoms.positions.shape))
    n = int(rng.integers(1, 20))
    atoms = Atoms([METALS[j] for j in rng.integers(0, len(METALS), n)], positions=rng.normal(0, 3, (n, 3)))
    if kind >= 2:
        atoms.cell = cell_of(kind, rng)
        atoms.pbc = True
    if kind == 4:
        atoms.pbc = [bool(b) for b in rng.integers(0, 2, 3)]
        if i % 10 == 4:
            cell = np.array(atoms.cell)
            cell[~atoms.pbc] = 0
            atoms.cell = cell
    return atoms


def decorate(atoms, i, rng):
    """Gives the structure what a calculation would; pairs and data for the databases."""
    n = len(atoms)
    results = {"energy": float(rng.normal(-50, 20)), "forces": rng.normal(0, 1, (n, 3))}
    if i % 2:
        atoms.set_initial_charges(rng.normal(0, 1, n))
    else:
        results["charges"] = rng.normal(0, 1, n)
    if i % 3 == 0:
        atoms.set_momenta(rng.normal(0, 5, (n, 3)))
        results["free_energy"] = results["energy"] - 0.01
        results["dipole"] = rng.normal(0, 1, 3)
    if i % 3 == 1:
        atoms.set_initial_magnetic_moments(rng.normal(0, 2, n))
        results["magmoms"] = rng.normal(0, 2, n)
        results["magmom"] = float(results["magmoms"].sum())
    if i % 4 == 0:
        atoms.set_tags(rng.integers(-3, 100, n))
        atoms.set_masses(rng.uniform(1, 200, n))
    if atoms.cell.rank == 3:
        results["stress"] = rng.normal(0, 0.1, 6)
        if i % 3 == 0:
            atoms.set_constraint([FixAtoms([0])] + ([FixScaled(atoms.cell, n - 1, [1, 0, 1])] if n > 1 and i % 2 else []))
    elif i % 3 == 0:
        atoms.set_constraint(FixAtoms(range(0, n, 2)))
    if i % 7:
        atoms.calc = SinglePointCalculator(atoms, **results)
    pairs = {"config_type": ["bulk", "a b", 'quo"ted', "it's", "{x}", "a=b", "back\\slash"[: 9 if i % 2 else 4]][i % 7], "cutoff": float(i) / 3,
             "count": i, "done": bool(i % 2), "whole": 2.0}
    data = {"vector": rng.normal(0, 1, 4), "matrix": rng.normal(0, 1, (2, 3)), "steps": np.arange(3) + i,
            "flags": np.array([True, False, True]), "words": ["x", "y z"]}
    return pairs, data


def write(folder):
    rng = np.random.default_rng(13)
    frames, expected = [], []
    rows, binary = connect(os.path.join(folder, "ase.json")), connect(os.path.join(folder, "ase.db"))
    with rows, binary:
        for i in range(COUNT):
            atoms = build(i, rng)
            pairs, data = decorate(atoms, i, rng)
            for db in (rows, binary):
                db.write(atoms, key_value_pairs=dict(pairs), data=dict(data))
            expected.append(described(atoms, {**pairs, **data}))
            atoms.info.update({**pairs, **data})
            atoms.info["config_type"] = atoms.info["config_type"].replace("\\", "/")  # ASE writes a backslash that it cannot read
            frames.append(atoms)
            if atoms.cell.rank == 3:
                ase.io.write(os.path.join(folder, f"POSCAR_{i:03d}"), atoms, direct=bool(i % 2), format="vasp")
    ase.io.write(os.path.join(folder, "ase.extxyz"), frames)
    ase.io.write(os.path.join(folder, "ase_plain.xyz"), frames, format="xyz")
    with open(os.path.join(folder, "ase_atoms.json"), "w") as file:
        jsonio.write_json(file, frames)
    return expected


def read(folder):
    found = {"extxyz": [described(a, a.info) for a in ase.io.read(os.path.join(folder, "ours.extxyz"), ":")],
             "xyz": [described(a, {}) for a in ase.io.read(os.path.join(folder, "ours_plain.xyz"), ":", format="xyz")]}
    for name in ("json", "db"):
        found[name] = []
        for row in connect(os.path.join(folder, "ours." + name)).select():
            found[name].append(described(row.toatoms(), {**row.key_value_pairs, **row.data}))
    found["poscar"] = [described(ase.io.read(p, format="vasp"), {}) for p in sorted(glob.glob(os.path.join(folder, "ours_POSCAR_*")))]
    return found


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    action, folder = sys.argv[1:]
    name, result = ("expected.json", write(folder)) if action == "write" else ("read.json", read(folder))
    with open(os.path.join(folder, name), "w") as file:
        json.dump(result, file)
