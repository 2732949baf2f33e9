using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;
using ClusterML.Data.Options;

namespace ClusterML.Data.Audits;

/// <summary>Audits a folder of X12TM calculations: its rows, the calculations behind them, and the references that are missing.</summary>
public static class X12tmAudit
{
    /// <summary>Audits the calculations that <see cref="X12tmTable.Load"/> makes rows of. The rows themselves are for <see cref="TableAudit"/>.</summary>
    /// <exception cref="DataException">The folder cannot be read.</exception>
    public static AuditReport Run(string folder, X12tmOptions? calculations = null, AuditOptions? options = null)
    {
        var chosen = (calculations ?? new()).Checked();
        var (all, recipes, taken) = X12tmTable.Select(folder, chosen, new CompositionRows());
        if (taken is null)
        {
            return new("x12tm", 0, PlausibilityAudit.Energies(all), [new("calculations behind the rows", "there is no cluster")]);
        }

        RowCalculations[] rows = [.. taken.Complete.Select(row => new RowCalculations(new(row.Id, row.Place), row.Used))];
        return CalculationAudit.Run("x12tm", rows, chosen, options)
            .With(
                new AuditReport("x12tm", rows.Length, MissingReferences(all, taken), [new("reference energies")]),
                new AuditReport("x12tm", rows.Length, BindingEnergies(all, taken, rows, (options ?? new()).Checked().BulkTolerance), [new("binding energies of clusters")]),
                new AuditReport("x12tm", rows.Length, Methods(recipes, taken, chosen), [new("methods in one folder")]),
                new AuditReport("x12tm", rows.Length, Magnetic(all, rows), [new("spin of clusters without a row")]),
                new AuditReport(
                    "x12tm",
                    rows.Length,
                    [.. PlausibilityAudit.Bonds(all.Where(c => c.System.Kind != SystemKind.FreeAtom && c.Positions.Count > 0).Select(Structure)), .. PlausibilityAudit.Energies(all)],
                    [new("plausible bonds and energies of all calculations")]));
    }

    /// <summary>The box of a cluster is the vacuum around it.</summary>
    private static NamedStructure Structure(Calculation calculation) => new(
        calculation.Name,
        [PlausibilityAudit.Row(calculation)],
        calculation.Geometry());

    /// <summary>Several methods where none was chosen; severe where nothing but the order of their ids decides.</summary>
    private static IEnumerable<Finding> Methods(IReadOnlyList<X12tmRecipe> recipes, X12tmRecipe taken, X12tmOptions chosen)
    {
        if (recipes.Count < 2 || chosen.Fingerprint.Length > 0)
        {
            yield break;
        }

        var isTie = recipes.Count(r => r.Complete.Count == taken.Complete.Count) > 1;
        var counts = recipes.Select(r => FormattableString.Invariant($"{r.Fingerprint.Id} ({r.Clusters.Count} clusters, {r.Complete.Count} complete rows): {r.Fingerprint}"));
        yield return Finding.Of(
            FindingKinds.MixedFingerprints,
            $"the clusters have {recipes.Count} methods: {string.Join(" | ", counts)}. Rows are made from {taken.Fingerprint.Id}{(isTie ? ", although another gives as many" : ", which gives most")}; fingerprint: or --fingerprint chooses",
            recipes.Where(r => r != taken).SelectMany(r => r.Clusters).Select(PlausibilityAudit.Row)) with
        {
            Severity = isTie ? AuditSeverity.Severe : AuditSeverity.Warning,
        };
    }

    /// <summary>Spin-restricted clusters of magnetic elements that no row rests on: they are drawn in figures all the same.</summary>
    private static IEnumerable<Finding> Magnetic(IReadOnlyList<Calculation> all, IReadOnlyList<RowCalculations> rows)
    {
        var used = rows.SelectMany(r => r.Calculations).ToHashSet(ReferenceEqualityComparer.Instance);
        Calculation[] others = [.. all.Where(c => !used.Contains(c) && MagneticElements.IsDoubtful(c))];
        if (others.Length > 0)
        {
            yield return Finding.Of(
                FindingKinds.SpinRestrictedMagnetic,
                $"spin-restricted clusters with magnetic elements that are in no row: {string.Join(", ", others.Select(c => c.Name).Distinct().Order(StringComparer.Ordinal))}",
                others.Select(PlausibilityAudit.Row));
        }
    }

    /// <summary>Clusters that are not bound, or more strongly than the bulk metals they are made of, by the free atoms of their own method.</summary>
    private static IEnumerable<Finding> BindingEnergies(
        IReadOnlyList<Calculation> all, X12tmRecipe recipe, IReadOnlyList<RowCalculations> rows, double tolerance)
    {
        var references = new ReferenceRegistry(all);
        foreach (var row in rows)
        {
            foreach (var cluster in row.Calculations.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X13).Distinct())
            {
                var (host, dopant) = (cluster.System.Host, cluster.System.Dopant);
                if (references.FreeAtom(recipe.Fingerprint, host.Symbol) is not { } hostAtom
                    || references.FreeAtom(recipe.Fingerprint, dopant.Symbol) is not { } dopantAtom)
                {
                    continue;
                }

                var binding = ClusterEnergies.Binding(cluster.Energy, hostAtom.Energy, dopantAtom.Energy);
                var bulk = ((12 * host.CohesiveEnergy) + dopant.CohesiveEnergy) / 13;
                if (binding >= 0)
                {
                    yield return Finding.Of(FindingKinds.UnboundCluster, FormattableString.Invariant($"{cluster.Name} has a binding energy of {binding:0.000} eV/atom"), [row.Row]);
                }
                else if (-binding > bulk * (1 + tolerance))
                {
                    yield return Finding.Of(
                        FindingKinds.BoundBeyondBulk,
                        FormattableString.Invariant(
                            $"{cluster.Name} has a binding energy of {binding:0.000} eV/atom; its bulk metals have cohesive energies of {bulk:0.00} eV/atom on average (experiment; {100 * tolerance:0} % more is let pass)"),
                        [row.Row]);
                }
            }
        }
    }

    private static IEnumerable<Finding> MissingReferences(IReadOnlyList<Calculation> all, X12tmRecipe recipe)
    {
        var references = new ReferenceRegistry(all);
        var wanted = recipe.Clusters.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X13).SelectMany(c => new[]
        {
            (Missing: references.LowestX12(recipe.Fingerprint, c.System.Host.Symbol) is null ? $"the X12 of {c.System.Host}" : null, Cluster: c),
            (Missing: references.FreeAtom(recipe.Fingerprint, c.System.Dopant.Symbol) is null ? $"the free atom of {c.System.Dopant}" : null, Cluster: c),
        });
        return wanted.Where(w => w.Missing is not null).GroupBy(w => w.Missing!, StringComparer.Ordinal).Select(missing => Finding.Of(
            FindingKinds.MissingReference,
            $"{missing.Key} is not there with this method ({recipe.Fingerprint.Id})",
            missing.Select(m => new FindingRow(m.Cluster.Name, Path.GetFileName(m.Cluster.File)))));
    }
}
