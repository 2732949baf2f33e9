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
        var (all, _, taken) = X12tmTable.Select(folder, chosen, new CompositionRows());
        if (taken is null)
        {
            return new("x12tm", 0, [], [new("calculations behind the rows", "there is no cluster")]);
        }

        RowCalculations[] rows = [.. taken.Complete.Select(row => new RowCalculations(new(row.Id, row.Place), row.Used))];
        return CalculationAudit.Run("x12tm", rows, chosen, options)
            .With(
                new AuditReport("x12tm", rows.Length, MissingReferences(all, taken), [new("reference energies")]),
                new AuditReport("x12tm", rows.Length, BindingEnergies(all, taken, rows, (options ?? new()).Checked().BulkTolerance), [new("binding energies of clusters")]));
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
