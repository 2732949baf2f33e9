using System.Text.RegularExpressions;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The system that a calculation is of, as its name says: <c>Ti13</c>, <c>Ti12_vac</c>, <c>Ti_atom</c>, <c>Ti12Pt_in</c>, <c>Ti12Pt_in_frozen</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Host">The host, or the element of a free atom.</param>
/// <param name="Dopant">The dopant; the host itself where there is none.</param>
/// <param name="Site">Where the dopant was put; null unless <paramref name="Kind"/> is <see cref="SystemKind.X12TM"/> or <see cref="SystemKind.FrozenX12"/>.</param>
/// <param name="Variant">The structure that was tried for X12, such as <c>vac</c>; else empty.</param>
public sealed partial record ClusterSystem(SystemKind Kind, Element Host, Element Dopant, Site? Site, string Variant)
{
    /// <summary>Reads a name; null when it is of another form.</summary>
    /// <exception cref="FormatException">The form is right and a symbol is not an element.</exception>
    public static ClusterSystem? Parse(string name)
    {
        var match = Form().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var host = Find("host", match.Groups["host"].Value);
        if (match.Groups["atom"].Success)
        {
            return new(SystemKind.FreeAtom, host, host, null, "");
        }

        if (match.Groups["x13"].Success)
        {
            return new(SystemKind.X13, host, host, null, "");
        }

        if (!match.Groups["dopant"].Success)
        {
            return new(SystemKind.X12, host, host, null, match.Groups["variant"].Value);
        }

        var dopant = Find("dopant", match.Groups["dopant"].Value);
        Site? site = match.Groups["site"].Value == "in" ? Calculations.Site.In : Calculations.Site.Out;
        if (match.Groups["frozen"].Success)
        {
            return new(SystemKind.FrozenX12, host, dopant, site, "");
        }

        return dopant == host
            ? new(SystemKind.X13, host, host, null, "")
            : new(SystemKind.X12TM, host, dopant, site, "");
    }

    /// <summary>Symbols of the atoms in any order: what the cell of the calculation must hold.</summary>
    public IEnumerable<string> Atoms() => Kind switch
    {
        SystemKind.FreeAtom => [Host.Symbol],
        SystemKind.X12 or SystemKind.FrozenX12 => Enumerable.Repeat(Host.Symbol, 12),
        _ => Enumerable.Repeat(Host.Symbol, 12).Append(Dopant.Symbol),
    };

    private static Element Find(string role, string symbol) =>
        ElementTable.Default.Find(symbol) ?? throw new FormatException(ElementTable.Default.Unknown(role, symbol));

    [GeneratedRegex(
        @"^(?<host>[A-Z][a-z]?)(?:(?<atom>_atom)|(?<x13>13)|12(?:(?<dopant>[A-Z][a-z]?)_(?<site>in|out)(?<frozen>_frozen)?|(?:_(?<variant>\w+))?))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
