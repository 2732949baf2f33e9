"""Writes calculations with ASE, or says what ASE reads from files.

usage:  ase_calculations.py write FOLDER     two clusters in FOLDER as ase.extxyz, ase.db and ase.json, and what they hold in expected.json
        ase_calculations.py read FILE...     a JSON list: energy, free energy, forces, positions, cell and symbols of the last structure
"""
import json, sys
import numpy as np
from ase import Atoms
from ase.calculators.singlepoint import SinglePointCalculator
from ase.cluster.icosahedron import Icosahedron
from ase.db import connect
from ase.io import read, write

def described(atoms):
    results = dict(symbols=atoms.get_chemical_symbols(), positions=atoms.positions.tolist(), cell=np.array(atoms.cell).ravel().tolist())
    for name, key in (("energy", "energy"), ("free_energy", "free"), ("forces", "forces"), ("magmom", "moment"), ("charges", "charges")):
        if name in atoms.calc.results:
            value = atoms.calc.results[name]
            results[key] = value.tolist() if hasattr(value, "tolist") else value
    return results

def made():
    random = np.random.RandomState(7)
    cluster = Icosahedron("Ti", 2, latticeconstant=4.1)
    cluster.symbols[0] = "Pt"
    cluster.center(vacuum=4)
    cluster.pbc = True
    dimer = Atoms("Fe2", positions=[[0, 0, 0], [0, 0, 2.01]])
    for atoms, energy in ((cluster, -101.25), (dimer, -11.5)):
        n = len(atoms)
        atoms.calc = SinglePointCalculator(atoms, energy=energy, free_energy=energy - 0.0625, forces=random.normal(size=(n, 3)).round(6),
                                           magmom=6.0, charges=random.normal(size=n).round(6))
    return [cluster, dimer]

def main(action, *paths):
    if action == "read":
        json.dump([described(read(path)) for path in paths], sys.stdout)
        return
    atoms, folder = made(), paths[0]
    write(f"{folder}/ase.extxyz", atoms)
    for name in ("ase.db", "ase.json"):
        with connect(f"{folder}/{name}") as rows:
            for a in atoms:
                rows.write(a)
    json.dump([described(a) for a in atoms], open(f"{folder}/expected.json", "w"))

if __name__ == "__main__":
    main(*sys.argv[1:])
