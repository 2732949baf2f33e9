using System.ComponentModel;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>Which clusters are spin-polarised, and from which guess.</summary>
/// <remarks>The total moment is free: both spins have one Fermi level.</remarks>
[Description("Which clusters are spin-polarised, and from which guess; the total moment is free. Their energies are another fingerprint than those of restricted clusters. They need mixing diis: with broyden a free moment does not converge.")]
public sealed record Cp2kSpin
{
    [Description("Hosts (or elements of validation) whose clusters are spin-polarised (UKS); all others are spin-restricted.")]
    public IReadOnlyList<string> Hosts { get; init; } = ["Fe"];

    [Description("Guess of the moment of an atom in a cluster by element (MAGNETIZATION, Bohr magnetons); 0 where there is none. The multiplicity of the guess follows from their sum.")]
    public IReadOnlyDictionary<string, double> Moments { get; init; } = new Dictionary<string, double>
    {
        ["Fe"] = 3.4,
        ["Co"] = 2.0,
        ["Ni"] = 0.8,
        ["Mn"] = 4.0,
        ["Cr"] = 4.0,
        ["V"] = 1.0,
    };

    /// <summary>The multiplicity of the guess: the sum of the moments, rounded, with the parity that the number of electrons asks for.</summary>
    /// <param name="symbols">Symbols of the atoms.</param>
    /// <param name="electrons">Electrons outside the pseudopotentials.</param>
    public int Multiplicity(IEnumerable<string> symbols, int electrons)
    {
        var unpaired = (int)Math.Round(symbols.Sum(s => Moments.GetValueOrDefault(s)), MidpointRounding.ToEven);
        return unpaired + Math.Abs((unpaired - electrons) % 2) + 1;
    }
}
