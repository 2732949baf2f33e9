using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Calculations;

/// <summary>The system that a calculation is of, as its name says: <c>Ti13</c>, <c>Ti12_vac</c>, <c>Ti_atom</c>, <c>Ti12Pt_in</c>, <c>Ti12Pt_in_frozen</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Host">The host, or the element of a free atom.</param>
/// <param name="Dopant">The dopant; the host itself where there is none.</param>
/// <param name="Site">Where the dopant was put; null unless <paramref name="Kind"/> is <see cref="SystemKind.X12TM"/> or <see cref="SystemKind.FrozenX12"/>.</param>
/// <param name="Variant">The structure that was tried for X12, such as <c>vac</c>; the formula of another system; else empty.</param>
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

    /// <summary>The system that these atoms make when no name says which: <c>X_atom</c>, X12, X13, X12TM, or <see cref="SystemKind.Other"/> with its formula as the variant.</summary>
    /// <param name="symbols">Symbols of the atoms.</param>
    /// <param name="site">Tells where the dopant sits; asked for X12TM only.</param>
    /// <exception cref="FormatException">There are no atoms, or a symbol is not an element.</exception>
    public static ClusterSystem OfAtoms(IReadOnlyList<string> symbols, Func<string, Site> site)
    {
        if (symbols.Count == 0)
        {
            throw new FormatException("a system needs an atom");
        }

        var counts = symbols.GroupBy(s => s, StringComparer.Ordinal)
            .Select(g => (Element: Find("atom", g.Key), Count: g.Count()))
            .OrderByDescending(g => g.Count)
            .ThenBy(g => g.Element.AtomicNumber)
            .ToArray();
        var (host, dopant) = (counts[0].Element, counts[^1].Element);
        return (counts.Length, symbols.Count, counts[0].Count) switch
        {
            (1, 1, _) => new(SystemKind.FreeAtom, host, host, null, ""),
            (1, 12, _) => new(SystemKind.X12, host, host, null, "imported"),
            (1, 13, _) => new(SystemKind.X13, host, host, null, ""),
            (2, 13, 12) => new(SystemKind.X12TM, host, dopant, site(dopant.Symbol), ""),
            _ => new(SystemKind.Other, host, dopant, null, Formula(counts)),
        };
    }

    /// <summary>The name: what <see cref="Parse"/> reads back, or the formula of another system.</summary>
    public string Name => (Kind, Site) switch
    {
        (SystemKind.FreeAtom, _) => $"{Host}_atom",
        (SystemKind.X13, _) => $"{Host}13",
        (SystemKind.X12, _) => Variant.Length == 0 ? $"{Host}12" : $"{Host}12_{Variant}",
        (SystemKind.Other, _) => Variant,
        (SystemKind.FrozenX12, Calculations.Site.In) => $"{Host}12{Dopant}_in_frozen",
        (SystemKind.FrozenX12, _) => $"{Host}12{Dopant}_out_frozen",
        (_, Calculations.Site.In) => $"{Host}12{Dopant}_in",
        _ => $"{Host}12{Dopant}_out",
    };

    /// <summary>Symbols of the atoms in any order: what the cell of the calculation must hold.</summary>
    public IEnumerable<string> Atoms() => Kind switch
    {
        SystemKind.FreeAtom => [Host.Symbol],
        SystemKind.X12 or SystemKind.FrozenX12 => Enumerable.Repeat(Host.Symbol, 12),
        SystemKind.Other => FormulaPart().Matches(Variant).SelectMany(part => Enumerable.Repeat(
            part.Groups["symbol"].Value,
            part.Groups["count"].Length == 0 ? 1 : int.Parse(part.Groups["count"].ValueSpan, CultureInfo.InvariantCulture))),
        _ => Enumerable.Repeat(Host.Symbol, 12).Append(Dopant.Symbol),
    };

    private static string Formula(IEnumerable<(Element Element, int Count)> counts) => string.Concat(counts
        .OrderBy(g => g.Element.Symbol, StringComparer.Ordinal)
        .Select(g => g.Count == 1 ? g.Element.Symbol : FormattableString.Invariant($"{g.Element.Symbol}{g.Count}")));

    private static Element Find(string role, string symbol) =>
        ElementTable.Default.Find(symbol) ?? throw new FormatException(ElementTable.Default.Unknown(role, symbol));

    [GeneratedRegex(
        @"^(?<host>[A-Z][a-z]?)(?:(?<atom>_atom)|(?<x13>13)|12(?:(?<dopant>[A-Z][a-z]?)_(?<site>in|out)(?<frozen>_frozen)?|(?:_(?<variant>(?!(?:in|out)(?:_frozen)?$)\w+))?))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"(?<symbol>[A-Z][a-z]?)(?<count>\d*)", RegexOptions.CultureInvariant)]
    private static partial Regex FormulaPart();
}
