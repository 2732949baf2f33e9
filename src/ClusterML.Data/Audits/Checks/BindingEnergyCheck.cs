using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Binding energies per atom (eV, negative when bound) that are not negative, or beyond the cohesive energy of the bulk metal.</summary>
internal sealed class BindingEnergyCheck : ITableCheck
{
    private static readonly string[] Names =
        ["e_b", "eb", "e_b_eV_per_atom", "eb_eV_per_atom", "binding_energy", "binding_energy_per_atom", "binding_energy_per_atom_eV", "binding_energy_eV_per_atom"];

    public string Name => "binding energies";

    public string? NotApplicable(AuditTable table) =>
        Columns(table).Any() ? null : $"no column of numbers is called {string.Join(", ", Names)}";

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

            for (var row = 0; elements is not null && row < energies.Length; row++)
            {
                if (Beyond(table.Row(row), column.Name, energies[row], elements[row], options.BulkTolerance) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<AuditColumn> Columns(AuditTable table) => Names.Select(table.Find).OfType<AuditColumn>().Where(c => c.Numbers is not null);

    private static Finding? Beyond(FindingRow row, string column, double energy, Element element, double tolerance)
    {
        var bulk = element.CohesiveEnergy;
        return -energy > bulk * (1 + tolerance)
            ? Finding.Of(
                FindingKinds.BoundBeyondBulk,
                FormattableString.Invariant($"{column} is {energy:0.000} eV/atom; bulk {element} has a cohesive energy of {bulk:0.00} eV/atom (experiment; {100 * tolerance:0} % more is let pass)"),
                [row],
                [column])
            : null;
    }
}
