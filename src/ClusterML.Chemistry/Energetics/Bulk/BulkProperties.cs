using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>Cohesive energy and atomic radius of one metal, computed and measured.</summary>
/// <param name="Element">The metal.</param>
/// <param name="Structure">The structure of lowest computed energy; empty when nothing was computed.</param>
/// <param name="Cohesive">Computed cohesive energy, E(atom) - E(bulk), eV/atom, positive when bound.</param>
/// <param name="MeasuredCohesive">Measured cohesive energy, eV/atom; NaN when it is not known.</param>
/// <param name="Radius">Computed radius of an atom among twelve neighbours, Angstrom; NaN when it was not computed.</param>
/// <param name="MeasuredRadius">Measured radius of an atom among twelve neighbours, Angstrom; NaN when it is not known.</param>
public sealed record BulkProperties(
    Element Element,
    string Structure,
    EnergyValue Cohesive,
    double MeasuredCohesive,
    double Radius,
    double MeasuredRadius)
{
    /// <summary>Computed minus measured cohesive energy, eV/atom; NaN when one is missing.</summary>
    public double CohesiveDeviation => Cohesive.Value - MeasuredCohesive;

    /// <summary>Computed minus measured radius, Angstrom; NaN when one is missing.</summary>
    public double RadiusDeviation => Radius - MeasuredRadius;
}
