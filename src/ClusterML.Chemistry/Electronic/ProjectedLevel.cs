namespace ClusterML.Chemistry.Electronic;

/// <summary>An orbital energy with its occupation and its share of d character.</summary>
/// <param name="Energy">Energy, eV.</param>
/// <param name="Occupation">Electrons in it.</param>
/// <param name="D">Sum of its projections on d functions, all atoms together.</param>
public readonly record struct ProjectedLevel(double Energy, double Occupation, double D);
