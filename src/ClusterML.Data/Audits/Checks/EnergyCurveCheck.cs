namespace ClusterML.Data.Audits.Checks;

/// <summary>Sizes whose lowest energy does not follow the curve E(N) of their element.</summary>
/// <remarks>
/// The second difference E(N+1) + E(N-1) - 2 E(N) of the lowest energies of an element is a kink when it exceeds the limit in eV, or
/// when its modified z-score among the sizes of the element does: a soft metal has no business with kinks that a refractory one may have.
/// </remarks>
internal sealed class EnergyCurveCheck : ITableCheck
{
    private const int FewestSizes = 10;

    /// <summary>Puts metals before all others, whose E(N) of chains and rings has the largest kinks; eV.</summary>
    private const double MetalsFirst = 1000;

    private static readonly string[] Totals = ["energy_total_eV", "total_energy_eV", "energy_eV"];

    public string Name => "energy against size";

    public string? NotApplicable(AuditTable table) =>
        ElementColumns.OneElement(table) is null ? "no column names the element of a row"
        : table.Find("n_atoms")?.Numbers is null ? "there is no column n_atoms"
        : Total(table) is null ? $"there is no column {string.Join(" or ", Totals)}"
        : null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var (elements, sizes, energies) = (ElementColumns.OneElement(table)!, table.Find("n_atoms")!.Numbers!, Total(table)!.Numbers!);
        foreach (var rows in Enumerable.Range(0, table.RowCount).Where(r => double.IsFinite(sizes[r]) && double.IsFinite(energies[r])).GroupBy(r => elements[r]))
        {
            var lowest = rows.GroupBy(r => (int)sizes[r]).ToDictionary(g => g.Key, g => g.MinBy(r => (energies[r], table.RowIds[r], r)));
            var bends = lowest.Keys.Where(n => lowest.ContainsKey(n - 1) && lowest.ContainsKey(n + 1)).Order()
                .Select(n => (Size: n, Bend: energies[lowest[n + 1]] + energies[lowest[n - 1]] - (2 * energies[lowest[n]])))
                .ToArray();
            var scores = ColumnStatistics.ModifiedZ([.. bends.Select(b => b.Bend)]);
            foreach (var (i, (size, bend)) in bends.Index())
            {
                var odd = bends.Length >= FewestSizes && scores[i] > options.MaxModifiedZ;
                if (Math.Abs(bend) > options.MaxSecondDifference || odd)
                {
                    var side = bend < 0 ? "above" : "below";
                    yield return Finding.Of(
                        FindingKinds.EnergyCurveKink,
                        FormattableString.Invariant($"{rows.Key}{size} lies {side} its neighbours: E({size + 1}) + E({size - 1}) - 2 E({size}) = {bend:0.00} eV (modified z-score {scores[i]:0.0} among the {bends.Length} sizes of {rows.Key})"),
                        [table.Row(lowest[size])]) with
                    { Size = Math.Abs(bend) + (rows.Key.IsMetal ? MetalsFirst : 0) };
                }
            }
        }
    }

    private static AuditColumn? Total(AuditTable table) => Totals.Select(table.Find).FirstOrDefault(c => c?.Numbers is not null);
}
