using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Convergence;

/// <summary>Reads numbers with names out of the parts of a method line: <c>cutoff 300 Ry rel_cutoff 40 Ry EPS_SCF 2.0E-05</c>.</summary>
internal static partial class MethodSettings
{
    /// <summary>Names in lower case, values as <see cref="ConvergenceParameter.Text"/> writes them.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string text) =>
        Form().Matches(text).Select(m => (m.Groups["name"].Value.ToLowerInvariant(), Canonical(m.Groups["value"].Value)));

    /// <summary>A smearing as settings: its kind, and its width as <c>smearing</c> (K) or <c>sigma</c> (eV).</summary>
    public static IEnumerable<(string Name, string Value)> OfSmearing(string smearing)
    {
        var match = Width().Match(smearing);
        if (!match.Success)
        {
            return [("smearing", smearing)];
        }

        return [("smearing_kind", smearing[..match.Index].Trim()), (match.Groups[2].Value == "K" ? "smearing" : "sigma", Canonical(match.Groups[1].Value))];
    }

    /// <summary>Equal numbers in different notations become the same text.</summary>
    public static string Canonical(string number) => ConvergenceParameter.Text(double.Parse(number, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<name>[A-Za-z][A-Za-z_]*)[ =](?<value>-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?)(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"(\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?) (K|eV)$", RegexOptions.CultureInvariant)]
    private static partial Regex Width();
}
