using System.Text.RegularExpressions;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Names as VASP writes them.</summary>
internal static partial class VaspNames
{
    /// <summary>5.4.4 of <c>5.4.4.18Apr17-6-g9f103f2a40</c> or <c>vasp.5.4.4.18Apr17</c>.</summary>
    public static string Version(string text) => Numbers().Match(text) is { Success: true } match ? match.Value : "";

    /// <summary>The element of a potential's name: Ti of <c>Ti_pv</c>; old versions cut <c>r</c> for Zr.</summary>
    public static string Symbol(string name)
    {
        var symbol = name.Trim().Split('_', '.', '/')[0];
        return symbol == "r" ? "Zr" : symbol;
    }

    /// <summary>The functional of a GGA tag or of a potential's LEXCH; empty when it names none.</summary>
    public static string Functional(string tag) => tag.Trim().ToUpperInvariant() switch
    {
        "PE" => "PBE",
        "91" => "PW91",
        "PS" => "PBEsol",
        "RP" => "RPBE",
        "RE" => "revPBE",
        "AM" => "AM05",
        "CA" or "PZ" or "8CA" => "LDA",
        "B3" => "B3LYP",
        "OR" => "optPBE",
        "BO" => "optB88",
        "MK" => "optB86b",
        _ => "",
    };

    /// <summary>The functional that a title implies: PBE of <c>PAW_PBE Ti_pv 07Sep2000</c>, LDA of <c>PAW Ti</c>.</summary>
    public static string FunctionalOfTitle(string title) => title.Split(' ')[0] switch
    {
        "PAW_PBE" => "PBE",
        "PAW_GGA" => "PW91",
        "PAW" or "PAW_LDA" => "LDA",
        _ => "",
    };

    /// <summary>PREC in one spelling: OUTCAR cuts it to six letters, INCAR may shorten it to one.</summary>
    public static string Precision(string prec) => char.ToLowerInvariant(prec.Trim()[0]) switch
    {
        'a' => "accurate",
        'n' => "normal",
        's' => "single",
        'l' => "low",
        'm' => "medium",
        'h' => "high",
        _ => MethodDescription.Unstated,
    };

    /// <summary>The smearing of ISMEAR and SIGMA as method lines write it; null for partial occupations set in another way.</summary>
    public static string? Smearing(int ismear, double sigma) => ismear switch
    {
        -1 => MethodDescription.Smeared("Fermi-Dirac", sigma, "eV"),
        0 => MethodDescription.Smeared("Gaussian", sigma, "eV"),
        > 0 => MethodDescription.Smeared(FormattableString.Invariant($"Methfessel-Paxton-{ismear}"), sigma, "eV"),
        -2 => "none",
        -4 => "tetrahedron",
        -5 => "tetrahedron-Bloechl",
        _ => null,
    };

    [GeneratedRegex(@"\d+\.\d+(?:\.\d+)?(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
