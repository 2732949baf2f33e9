namespace ClusterML.Chemistry.Convergence;

/// <summary>What a quantity is, read from its name: it says the unit and the tolerance when none is stated.</summary>
/// <param name="Name">Name of the kind, which tolerances may be stated for.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Tolerance">The tolerance when none is stated.</param>
/// <param name="Prefixes">A quantity is of this kind when its name is one of these, or starts with one and <c>_</c>; case does not matter.</param>
public sealed record QuantityKind(string Name, string Unit, double Tolerance, IReadOnlyList<string> Prefixes)
{
    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<QuantityKind> Known =
    [
        new("energy", "eV", 0.01, ["energy", "E"]),
        new("energy_difference", "eV", 0.01, ["dE", "delta_E", "energy_difference"]),
        new("ecn", "1", 0.01, ["ecn"]),
        new("dav", "Angstrom", 0.005, ["dav", "d_av"]),
        new("moment", "muB", 0.01, ["m", "moment"]),
        new("fmax", "eV/Angstrom", 0.01, ["fmax"]),
        new("gap", "eV", 0.02, ["gap"]),
        new("d_centre", "eV", 0.02, ["d_centre"]),
    ];

    /// <summary>The kind of a quantity, or null.</summary>
    public static QuantityKind? Of(string quantity) => Known.FirstOrDefault(kind => kind.Prefixes.Any(prefix =>
        string.Equals(quantity, prefix, StringComparison.OrdinalIgnoreCase)
        || quantity.StartsWith(prefix + "_", StringComparison.OrdinalIgnoreCase)));
}
