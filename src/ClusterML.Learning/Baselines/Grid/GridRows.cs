using ClusterML.Data.Views;
using Microsoft.ML;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Rows as cells of a grid of hosts and dopants.</summary>
/// <param name="Hosts">Distinct hosts, in ordinal order.</param>
/// <param name="Dopants">Distinct dopants, in ordinal order.</param>
/// <param name="Cells">Positions of each row's host and dopant.</param>
internal sealed record GridRows(string[] Hosts, string[] Dopants, (int Host, int Dopant)[] Cells)
{
    internal static GridRows Read(IDataView rows, string hostColumn, string dopantColumn)
    {
        var (hosts, dopants) = (rows.ReadTexts(hostColumn), rows.ReadTexts(dopantColumn));
        var (h, d) = (Levels(hosts), Levels(dopants));
        return new(h, d, [.. hosts.Zip(dopants, (x, tm) => (Array.BinarySearch(h, x, StringComparer.Ordinal), Array.BinarySearch(d, tm, StringComparer.Ordinal)))]);
    }

    private static string[] Levels(string[] values) => [.. values.Distinct().Order(StringComparer.Ordinal)];
}
