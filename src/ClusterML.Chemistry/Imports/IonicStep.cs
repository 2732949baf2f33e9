namespace ClusterML.Chemistry.Imports;

/// <summary>One ionic step as the output reports it.</summary>
/// <param name="FreeEnergy">Free energy of the smeared electrons, F = E - TS, eV; NaN when it is not stated.</param>
/// <param name="ScfConverged">Whether its self-consistent field converged.</param>
/// <param name="ElectronicSteps">Electronic steps it took; null when they were not printed.</param>
/// <param name="MaxForce">Largest force on an atom, eV/Angstrom; NaN when forces were not printed.</param>
public sealed record IonicStep(double FreeEnergy, bool ScfConverged, int? ElectronicSteps, double MaxForce);
