namespace ClusterML.Chemistry.Electronic;

/// <summary>An orbital energy with its occupation.</summary>
/// <param name="Energy">Energy, eV.</param>
/// <param name="Occupation">Electrons in it: 0 to 1 in a spin channel, 0 to 2 when spin-restricted.</param>
public readonly record struct OrbitalLevel(double Energy, double Occupation);
