using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Convergence;

/// <summary>Reads numbers with names out of the parts of a method line: <c>cutoff 300 Ry rel_cutoff 40 Ry EPS_SCF 2.0E-05</c>.</summary>
internal static partial class MethodSettings
{
    /// <summary>Names in lower case, values as <see cref="ConvergenceParameter.Text"/> writes them.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string text) =>
        Form().Matches(text).Select(m => (m.Groups["name"].Value.ToLowerInvariant(), Canonical(m.Groups["value"].Value)));

    /// <summary>The kelvin of a smearing such as <c>Fermi-Dirac 1000 K</c>; null when it has none.</summary>
    public static string? Temperature(string smearing) => Kelvin().Match(smearing) is { Success: true } match ? Canonical(match.Groups[1].Value) : null;

    /// <summary>Equal numbers in different notations become the same text.</summary>
    public static string Canonical(string number) => ConvergenceParameter.Text(double.Parse(number, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<name>[A-Za-z][A-Za-z_]*)[ =](?<value>-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?)(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"([\d.]+) K", RegexOptions.CultureInvariant)]
    private static partial Regex Kelvin();
}
