using ClusterML.Chemistry.Elements;
using ClusterML.Data;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Columns by which protocols leave rows out: those of the table and, of compositions, places in the periodic table.</summary>
internal static class GroupColumns
{
    /// <summary>Columns that every table of compositions has beside its own.</summary>
    internal static readonly IReadOnlyList<string> Derived = ["host_period", "host_group", "dopant_period", "dopant_group"];

    /// <summary>The group of each row.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    internal static string[] Values(DataTable table, string column)
    {
        if (table.TextColumns.TryGetValue(column, out var values))
        {
            return values;
        }

        if (!table.IsComposition || !Derived.Contains(column))
        {
            throw new KeyNotFoundException($"{table.Name} has no group column {column}");
        }

        var (site, axis) = (column.Split('_')[0], column.Split('_')[1]);
        return [.. table.TextColumns[site].Select(symbol =>
        {
            var place = PeriodicPosition.Of(ElementTable.Default.Find(symbol)!.AtomicNumber);
            return FormattableString.Invariant($"{axis} {(axis == "period" ? place.Period : place.Group)}");
        })];
    }
}
