using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Binding energies per atom (eV, negative when bound) that are not negative, or beyond the cohesive energy of the bulk metal.</summary>
/// <remarks>
/// In a table of unary compositions the target E(X_N) - E(X_(N-1)) - E(X) tends to the binding energy of the bulk from above: there
/// the median over the sizes of an element is compared, as single sizes go up and down.
/// </remarks>
internal sealed class BindingEnergyCheck : ITableCheck
{
    private const int FewestSizes = 10;

    private static readonly string[] Names =
        ["e_b", "eb", "e_b_eV_per_atom", "eb_eV_per_atom", "binding_energy", "binding_energy_per_atom", "binding_energy_per_atom_eV", "binding_energy_eV_per_atom"];

    public string Name => "binding energies";

    public string? NotApplicable(AuditTable table) =>
        Columns(table).Any() || Unary(table).Count > 0 ? null : $"no column of numbers is called {string.Join(", ", Names)}";

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var elements = ElementColumns.OneElement(table);
        foreach (var column in Columns(table))
        {
            var energies = column.Numbers!;
            var unbound = Enumerable.Range(0, energies.Length).Where(row => energies[row] >= 0).ToArray();
            if (unbound.Length > 0)
            {
                yield return Finding.Of(
                    FindingKinds.UnboundCluster,
                    FormattableString.Invariant($"{column.Name} is not negative in {unbound.Length} of {energies.Length} rows, up to {unbound.Max(row => energies[row]):0.000} eV/atom"),
                    unbound.Select(table.Row),
                    [column.Name]);
            }

            var beyond = elements is null ? [] : Enumerable.Range(0, energies.Length).Where(row => IsBeyond(energies[row], elements[row], options.BulkTolerance));
            foreach (var rows in beyond.GroupBy(row => elements![row]))
            {
                yield return Finding.Of(
                    FindingKinds.BoundBeyondBulk,
                    FormattableString.Invariant($"{column.Name} of {rows.Key} goes down to {rows.Min(row => energies[row]):0.000} eV/atom in {rows.Count()} rows; {Bulk(rows.Key, options.BulkTolerance)}"),
                    rows.Select(table.Row),
                    [column.Name]);
            }
        }

        foreach (var (element, rows) in Unary(table))
        {
            var median = ColumnStatistics.Median(rows.Select(row => table.Find("e_form_in")!.Numbers![row]));
            if (IsBeyond(median, element, options.BulkTolerance))
            {
                yield return Finding.Of(
                    FindingKinds.BoundBeyondBulk,
                    FormattableString.Invariant($"an atom added to {element} clusters gains {-median:0.00} eV (median over {rows.Length} sizes); {Bulk(element, options.BulkTolerance)}"),
                    rows.Select(table.Row),
                    ["e_form_in"]);
            }
        }
    }

    private static IEnumerable<AuditColumn> Columns(AuditTable table) => Names.Select(table.Find).OfType<AuditColumn>().Where(c => c.Numbers is not null);

    private static IReadOnlyList<(Element Element, int[] Rows)> Unary(AuditTable table)
    {
        if (!table.IsComposition || table.Find("e_form_in")?.Numbers is null)
        {
            return [];
        }

        var (hosts, dopants) = (table.Find("host")!.Texts!, table.Find("dopant")!.Texts!);
        return
        [
            .. Enumerable.Range(0, table.RowCount).Where(row => hosts[row] == dopants[row]).GroupBy(row => hosts[row], StringComparer.Ordinal)
                .Where(g => g.Count() >= FewestSizes && ElementTable.Default.Find(g.Key) is not null)
                .Select(g => (ElementTable.Default.Find(g.Key)!, g.ToArray())),
        ];
    }

    private static bool IsBeyond(double energy, Element element, double tolerance) => -energy > element.CohesiveEnergy * (1 + tolerance);

    private static string Bulk(Element element, double tolerance) => FormattableString.Invariant(
        $"bulk {element} has a cohesive energy of {element.CohesiveEnergy:0.00} eV/atom (experiment; {100 * tolerance:0} % more is let pass)");
}
