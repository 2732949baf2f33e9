using System.Globalization;

namespace ClusterML.Data.Audits;

/// <summary>A formula that does not depend on which site an atom was written at: Ti12 + Ti1 and Ti13 are both <c>Ti13</c>.</summary>
public static class CompositionFormula
{
    /// <summary>Symbols in ordinal order, each with its total count unless that is 1.</summary>
    public static string Of(params IEnumerable<(string Symbol, double Count)> atoms) => string.Concat(atoms
        .GroupBy(a => a.Symbol, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, Count: g.Sum(a => a.Count)))
        .Where(g => g.Count != 0)
        .Select(g => g.Count == 1 ? g.Key : g.Key + g.Count.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>The formula of every row of a table of compositions.</summary>
    public static IReadOnlyList<string> OfRows(DataTable table)
    {
        var (hosts, dopants) = (table.TextColumns["host"], table.TextColumns["dopant"]);
        var (first, second) = (table.NumberColumns["n_atoms_1"], table.NumberColumns["n_atoms_2"]);
        return [.. hosts.Select((host, row) => Of((host, first[row]), (dopants[row], second[row])))];
    }
}
