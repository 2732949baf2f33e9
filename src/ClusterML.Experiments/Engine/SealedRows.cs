using ClusterML.Data;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Engine;

/// <summary>Parts a table into the rows that everyone sees and those that are sealed.</summary>
internal static class SealedRows
{
    /// <summary>The rows that are not sealed.</summary>
    /// <exception cref="DataException">No row would be sealed, or all would be.</exception>
    internal static DataTable Open(DataTable table, SealedConfig config) => table.Subset(Rows(table, config, hidden: false));

    /// <summary>The sealed rows.</summary>
    /// <exception cref="DataException">There is none, or nothing else.</exception>
    internal static DataTable Sealed(DataTable table, SealedConfig config) => table.Subset(Rows(table, config, hidden: true));

    private static int[] Rows(DataTable table, SealedConfig config, bool hidden)
    {
        var values = table.TextColumns[config.Column];
        var missing = config.Values.Where(v => !values.Contains(v)).ToList();
        if (missing.Count > 0)
        {
            throw new DataException($"{table.Name}: no row has the {config.Column} {string.Join(", ", missing)} that data.sealed names; it has {string.Join(", ", values.Distinct().Order(StringComparer.Ordinal))}");
        }

        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => config.Values.Contains(values[row]) == hidden)];
        return rows.Length > 0 ? rows : throw new DataException($"{table.Name}: data.sealed leaves no row to train on");
    }
}
