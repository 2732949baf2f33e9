using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Options;

namespace ClusterML.Data.Audits;

/// <summary>Looks through the calculations that rows rest on: method, convergence, spin, trial phase, copies of structures.</summary>
public static class CalculationAudit
{
    private const string CheckName = "calculations behind the rows";

    /// <summary>Audits the rows of a table, each with the calculations it was made from.</summary>
    /// <param name="table">Name of the table.</param>
    /// <param name="rows">Rows with their clusters and references.</param>
    /// <param name="calculations">Options of the table: forces up to which it takes a relaxation.</param>
    /// <param name="options">Limits of the audit.</param>
    public static AuditReport Run(string table, IReadOnlyList<RowCalculations> rows, X12tmOptions? calculations = null, AuditOptions? options = null)
    {
        var (accepted, limits) = ((calculations ?? new()).Checked(), (options ?? new()).Checked());
        var used = rows.SelectMany(r => r.Calculations.Select(c => (Row: r, Calculation: c)))
            .GroupBy(u => u.Calculation, ReferenceEqualityComparer.Instance)
            .Select(g => new Use((Calculation)g.Key!, [.. g.Select(u => u.Row)]))
            .ToArray();
        return new AuditReport(
            table,
            rows.Count,
            [
                .. Fingerprints(rows, accepted.TakesEachHost),
                .. used.SelectMany(u => Convergence(u, accepted, limits)),
                .. Pilots(used),
                .. Spins(used, accepted.TakesEachHost),
            ],
            [new(CheckName)])
            .With(StructureAudit.Run(table, [.. used.Select(Structure).OfType<NamedStructure>()], limits));
    }

    /// <summary>The cluster of a row. References are left out: two starts that relaxed to one X12 are no copy of a row.</summary>
    private static NamedStructure? Structure(Use use)
    {
        var calculation = use.Calculation;
        if (calculation.System.Kind is not (SystemKind.X13 or SystemKind.X12TM) || calculation.Positions.Count == 0)
        {
            return null;
        }

        return new(
            calculation.Name,
            [.. use.Rows.Select(r => r.Row)],
            calculation.Geometry());
    }

    private static IEnumerable<Finding> Fingerprints(IReadOnlyList<RowCalculations> rows, bool isPerHost)
    {
        // Where each host may have a method of its own, the clusters of one host must share one.
        var together = rows.SelectMany(r => r.Calculations).Where(IsCluster).GroupBy(c => isPerHost ? c.System.Host.Symbol : "", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var group in together)
        {
            var clusters = group.Select(c => MethodFingerprint.OfCluster(c.Method)).Distinct().OrderBy(f => f.Id, StringComparer.Ordinal).ToArray();
            if (clusters.Length < 2)
            {
                continue;
            }

            yield return Finding.Of(
                FindingKinds.MixedFingerprints,
                $"the clusters{(isPerHost ? $" of {group.Key}" : "")} have {clusters.Length} methods: {string.Join(" | ", clusters.Select(f => $"{f.Id}: {f}"))}",
                rows.Where(r => r.Calculations.Any(group.Contains)).Select(r => r.Row));
        }

        foreach (var row in rows)
        {
            var recipes = row.Calculations.Where(IsCluster).Select(c => MethodFingerprint.OfCluster(c.Method)).Distinct().ToArray();
            var foreign = row.Calculations.Where(c => !IsCluster(c) && !recipes.Any(r => r.Covers(c))).ToArray();
            if (foreign.Length > 0)
            {
                yield return Finding.Of(
                    FindingKinds.MixedFingerprints,
                    $"{row.Row.Id} refers to a calculation of another method: {string.Join(", ", foreign.Select(c => c.Name))}",
                    [row.Row]);
            }
        }
    }

    private static IEnumerable<Finding> Convergence(Use use, X12tmOptions accepted, AuditOptions limits)
    {
        var calculation = use.Calculation;
        if (calculation.EnergyFault is { } fault)
        {
            yield return Finding.Of(FindingKinds.UnconvergedRows, $"{calculation.Name} {fault}", use.Rows.Select(r => r.Row));
        }

        if (calculation.NetForce > limits.MaxNetForce)
        {
            yield return Finding.Of(
                FindingKinds.NetForce,
                FormattableString.Invariant($"the forces on {calculation.Name} add up to {calculation.NetForce:0.000} eV/Angstrom by atom, above {limits.MaxNetForce}"),
                use.Rows.Select(r => r.Row));
        }

        if (!IsCluster(calculation) || calculation.System.Kind == SystemKind.FrozenX12)
        {
            yield break;
        }

        var limit = calculation.System.Kind == SystemKind.X12 ? accepted.MaxReferenceForce : accepted.MaxForce;
        if (calculation.GeometryFault(limit) is { } moving)
        {
            yield return Finding.Of(FindingKinds.UnconvergedRows, $"{calculation.Name}: {moving}", use.Rows.Select(r => r.Row));
        }
        else if (calculation.GeometryFault(limits.MaxForce) is not null)
        {
            yield return Finding.Of(
                FindingKinds.LooseRelaxation,
                FormattableString.Invariant(
                    $"{calculation.Name} stopped with a largest force of {calculation.MaxForce:0.000} eV/Angstrom, above {limits.MaxForce}; the table takes up to {limit}"),
                use.Rows.Select(r => r.Row));
        }
    }

    private static IEnumerable<Finding> Pilots(IReadOnlyList<Use> used)
    {
        Use[] pilots = [.. used.Where(u => u.Calculation.IsPilot)];
        if (pilots.Length > 0)
        {
            yield return Finding.Of(
                FindingKinds.PilotRows,
                $"calculations of the trial phase: {string.Join(", ", pilots.Select(p => p.Calculation.Name).Distinct().Order(StringComparer.Ordinal))}",
                pilots.SelectMany(p => p.Rows).Distinct().Select(r => r.Row));
        }
    }

    /// <summary>Where each host may have a method of its own, hosts differ on purpose; within one they may not.</summary>
    private static IEnumerable<Finding> Spins(IReadOnlyList<Use> used, bool isPerHost)
    {
        Use[] clusters = [.. used.Where(u => IsCluster(u.Calculation))];
        foreach (var together in clusters.GroupBy(u => isPerHost ? u.Calculation.System.Host.Symbol : "", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var policies = together.GroupBy(u => u.Calculation.Method.Spin, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
            if (policies.Length > 1)
            {
                yield return Finding.Of(
                    FindingKinds.MixedSpin,
                    $"clusters{(isPerHost ? $" of {together.Key}" : "")} are {string.Join(" and ", policies.Select(p => FormattableString.Invariant($"{p.Key} ({p.Count()})")))}",
                    together.SelectMany(u => u.Rows).Distinct().Select(r => r.Row));
            }
        }

        Use[] magnetic = [.. clusters.Where(u => MagneticElements.IsDoubtful(u.Calculation))];
        if (magnetic.Length > 0)
        {
            yield return Finding.Of(
                FindingKinds.SpinRestrictedMagnetic,
                $"spin-restricted clusters with {string.Join(", ", magnetic.SelectMany(u => u.Calculation.System.Atoms()).Where(MagneticElements.Symbols.Contains).Distinct().Order(StringComparer.Ordinal))}",
                magnetic.SelectMany(u => u.Rows).Distinct().Select(r => r.Row));
        }
    }

    private static bool IsCluster(Calculation calculation) => calculation.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12);

    private sealed record Use(Calculation Calculation, IReadOnlyList<RowCalculations> Rows);
}
