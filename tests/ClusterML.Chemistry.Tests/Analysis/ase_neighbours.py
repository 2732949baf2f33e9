"""Neighbours, distances and image shifts of structures, by ASE. Usage: ase_neighbours.py STRUCTURES.json, result on standard output."""
import json
import sys

from ase import Atoms
from ase.neighborlist import neighbor_list

results = []
with open(sys.argv[1]) as file:
    for s in json.load(file):
        atoms = Atoms(numbers=s["numbers"], positions=s["positions"], cell=s["cell"], pbc=s["pbc"])
        i, j, d, shifts = neighbor_list("ijdS", atoms, s["cutoff"])
        results.append({"i": i.tolist(), "j": j.tolist(), "d": d.tolist(), "S": shifts.tolist()})
json.dump(results, sys.stdout)
