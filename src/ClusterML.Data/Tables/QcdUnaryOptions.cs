using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data;

/// <summary>Which unary clusters become rows.</summary>
public sealed record QcdUnaryOptions
{
    /// <summary>Metals of the published table. Non-metals and metalloids (B, C, Si, P, S, Ge, As, Se, Sb, Te) are not in it.</summary>
    public static readonly IReadOnlyList<string> Metals =
    [
        "Li", "Be", "Na", "Mg", "Al", "K", "Ca", "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga",
        "Rb", "Sr", "Y", "Zr", "Nb", "Mo", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn",
        "Cs", "Ba", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Tl", "Pb", "Bi",
    ];

    [Description("A size whose energy bends by more than this (absolute second difference, eV) is dropped, and the next size with it.")]
    [Range(0.0, 1000.0)]
    public double MaxSecondDifference { get; init; } = 3.0;

    [Description("Elements whose 13-atom cluster is kept out of pretraining; N = 13 and N = 14 are dropped.")]
    public IReadOnlyList<string> HeldOutHosts { get; init; } = ["Ti", "Zr", "Hf", "Fe"];

    [Description("Keep only these elements; empty keeps every metal of the list.")]
    public IReadOnlyList<string> Elements { get; init; } = [];

    [Description("Smallest cluster that becomes a row.")]
    [Range(2, 1000)]
    public int MinAtoms { get; init; } = 4;
}
