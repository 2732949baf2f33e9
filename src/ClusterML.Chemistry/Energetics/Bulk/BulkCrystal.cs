using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics.Bulk;

/// <summary>A computed bulk metal in one crystal structure.</summary>
/// <param name="Source">Where it was read, such as <c>bulk.csv:4</c>.</param>
/// <param name="Element">The metal.</param>
/// <param name="Structure">Name of the structure, such as <c>fcc</c>.</param>
/// <param name="EnergyPerAtom">Total energy, eV/atom.</param>
/// <param name="Radius">Radius of an atom among twelve neighbours (<see cref="ClosePacking"/>), Angstrom; NaN when it is not stated.</param>
/// <param name="FreeAtom">Total energy of the free atom that the same source states, eV; NaN when it states none.</param>
/// <param name="Method">The method; null when it is not stated. Free atoms of other calculations are taken only for a stated method that they belong to.</param>
public sealed record BulkCrystal(
    string Source,
    Element Element,
    string Structure,
    double EnergyPerAtom,
    double Radius,
    double FreeAtom,
    MethodDescription? Method);
