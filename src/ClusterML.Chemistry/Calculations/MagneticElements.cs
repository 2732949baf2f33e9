namespace ClusterML.Chemistry.Calculations;

/// <summary>Elements whose clusters may be magnetic: without spin polarisation their energy is in doubt.</summary>
public static class MagneticElements
{
    /// <summary>Their symbols.</summary>
    public static readonly IReadOnlyList<string> Symbols = ["Cr", "Mn", "Fe", "Co", "Ni"];

    /// <summary>Whether a calculation is of a cluster that has such an element and was not allowed to polarise.</summary>
    public static bool IsDoubtful(Calculation calculation) =>
        calculation.System.Kind != SystemKind.FreeAtom && calculation.Method.Spin == "RKS" && calculation.System.Atoms().Any(Symbols.Contains);
}
