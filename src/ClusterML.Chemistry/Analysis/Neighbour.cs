namespace ClusterML.Chemistry.Analysis;

/// <summary>An atom near another one: which atom, in which image of the cell, and how far away.</summary>
/// <param name="Atom">Index of the atom.</param>
/// <param name="ShiftA">Cell vectors a to add to its position; 0 without a cell.</param>
/// <param name="ShiftB">Cell vectors b to add.</param>
/// <param name="ShiftC">Cell vectors c to add.</param>
/// <param name="Distance">Distance to that image, Angstrom.</param>
public readonly record struct Neighbour(int Atom, int ShiftA, int ShiftB, int ShiftC, double Distance);
