namespace ClusterML.Data.Audits.Checks;

/// <summary>Columns that say how each row was computed: convergence, forces, method, spin, trial phase.</summary>
internal sealed class ConvergenceColumnCheck : ITableCheck
{
    private static readonly string[] Flags = ["scf_converged", "geometry_converged", "converged"];
    private static readonly string[] Forces = ["fmax_eV_per_A", "max_force", "max_force_eV_per_A"];
    private static readonly string[] Pilots = ["pilot", "is_pilot"];
    private static readonly string[] Methods = ["method_fingerprint", "fingerprint", "method"];
    private static readonly string[] Spins = ["spin", "spin_policy"];

    public string Name => "columns on how rows were computed";

    public string? NotApplicable(AuditTable table) =>
        Flags.Concat(Forces).Concat(Pilots).Concat(Methods).Concat(Spins).Any(name => table.Find(name) is not null)
            ? null
            : "no column says how a row was computed (scf_converged, geometry_converged, fmax_eV_per_A, method, spin, pilot)";

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        foreach (var name in Flags)
        {
            if (Rows(table, name, false) is { Length: > 0 } rows)
            {
                yield return Finding.Of(FindingKinds.UnconvergedRows, FormattableString.Invariant($"{name} is false in {rows.Length} rows"), rows.Select(table.Row), [name]);
            }
        }

        foreach (var column in Forces.Select(table.Find).OfType<AuditColumn>().Where(c => c.Numbers is not null))
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => column.Numbers![row] > options.MaxForce)];
            if (rows.Length > 0)
            {
                yield return Finding.Of(
                    FindingKinds.LooseRelaxation,
                    FormattableString.Invariant($"{column.Name} is above {options.MaxForce} eV/Angstrom in {rows.Length} rows, up to {rows.Max(row => column.Numbers![row]):0.000}"),
                    rows.Select(table.Row),
                    [column.Name]);
            }
        }

        foreach (var name in Pilots)
        {
            if (Rows(table, name, true) is { Length: > 0 } rows)
            {
                yield return Finding.Of(FindingKinds.PilotRows, FormattableString.Invariant($"{name} is true in {rows.Length} rows"), rows.Select(table.Row), [name]);
            }
        }

        foreach (var (names, kind) in new[] { (Methods, FindingKinds.MixedFingerprints), (Spins, FindingKinds.MixedSpin) })
        {
            foreach (var column in names.Select(table.Find).OfType<AuditColumn>().Where(c => c.Texts is not null))
            {
                var values = column.Texts!.Where(t => t.Length > 0).GroupBy(t => t, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
                if (values.Length > 1)
                {
                    yield return Finding.Of(
                        kind,
                        $"{column.Name} has {values.Length} values: {string.Join("; ", values.Take(4).Select(g => FormattableString.Invariant($"{g.Key} ({g.Count()} rows)")))}",
                        columns: [column.Name]);
                }
            }
        }
    }

    /// <summary>Rows in which a flag has this value; texts such as true, yes and 1 count as true.</summary>
    private static int[] Rows(AuditTable table, string name, bool wanted)
    {
        if (table.Find(name) is not { } column)
        {
            return [];
        }

        return [.. Enumerable.Range(0, table.RowCount).Where(row => Flag(column, row) == wanted)];
    }

    private static bool? Flag(AuditColumn column, int row) => column.Numbers is { } numbers
        ? numbers[row] switch { double.NaN => null, 0 => false, _ => true }
        : column.Texts![row].ToLowerInvariant() switch
        {
            "true" or "yes" or "1" => true,
            "false" or "no" or "0" => false,
            _ => null,
        };
}
