using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
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
        var selection = X12tmTable.Select(folder, chosen, new CompositionRows());
        var all = selection.Calculations;
        if (selection.Hosts.Count == 0)
        {
            return new("x12tm", 0, PlausibilityAudit.Energies(all), [new("calculations behind the rows", "there is no cluster")]);
        }

        RowCalculations[] rows = [.. selection.Rows.Select(r => new RowCalculations(new(r.Row.Id, r.Row.Place), r.Row.Used))];
        return CalculationAudit.Run("x12tm", rows, chosen, options)
            .With(
                new AuditReport("x12tm", rows.Length, MissingReferences(selection), [new("reference energies")]),
                new AuditReport("x12tm", rows.Length, BindingEnergies(selection, (options ?? new()).Checked().BulkTolerance), [new("binding energies of clusters")]),
                new AuditReport("x12tm", rows.Length, Methods(selection, chosen), [new("methods in one folder")]),
                new AuditReport("x12tm", rows.Length, Magnetic(all, rows), [new("spin of clusters without a row")]),
                new AuditReport(
                    "x12tm",
                    rows.Length,
                    [.. PlausibilityAudit.Bonds(all.Where(c => c.System.Kind != SystemKind.FreeAtom && c.Positions.Count > 0).Select(Structure)), .. PlausibilityAudit.Energies(all)],
                    [new("plausible bonds and energies of all calculations")]));
    }

    /// <summary>The box of a cluster is the vacuum around it.</summary>
    private static NamedStructure Structure(Calculation calculation) => new(
        calculation.PlacedName,
        [PlausibilityAudit.Row(calculation)],
        calculation.Geometry());

    /// <summary>Several methods where none was chosen; severe where nothing but the order of their ids decides.</summary>
    private static IEnumerable<Finding> Methods(X12tmSelection selection, X12tmOptions chosen)
    {
        var recipes = selection.Recipes;
        if (chosen.TakesEachHost)
        {
            foreach (var finding in selection.Hosts.OrderBy(h => h.Key.AtomicNumber).Select(h => MethodsOf(h.Key, h.Value, recipes)).OfType<Finding>())
            {
                yield return finding;
            }

            yield break;
        }

        if (recipes.Count < 2 || chosen.Fingerprint.Length > 0)
        {
            yield break;
        }

        var taken = recipes.First(r => selection.Hosts.ContainsValue(r));
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

    /// <summary>Several methods of one host, of which it takes the one with the most rows.</summary>
    private static Finding? MethodsOf(Element host, X12tmRecipe taken, IReadOnlyList<X12tmRecipe> recipes)
    {
        int Rows(X12tmRecipe recipe) => recipe.Complete.Count(row => row.Host == host);
        X12tmRecipe[] others = [.. recipes.Where(r => r != taken && r.Clusters.Any(c => c.System.Host == host))];
        if (others.Length == 0)
        {
            return null;
        }

        var isTie = Rows(taken) > 0 && others.Any(r => Rows(r) == Rows(taken));
        var counts = others.Prepend(taken).Select(r => FormattableString.Invariant($"{r.Fingerprint.Id} ({Rows(r)} complete rows): {r.Fingerprint}"));
        return Finding.Of(
            FindingKinds.MixedFingerprints,
            $"the clusters of {host} have {others.Length + 1} methods: {string.Join(" | ", counts)}. Its rows are made from {taken.Fingerprint.Id}{(isTie ? ", although another gives as many" : ", which gives most")}",
            others.SelectMany(r => r.Clusters).Where(c => c.System.Host == host).Select(PlausibilityAudit.Row)) with
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
    private static IEnumerable<Finding> BindingEnergies(X12tmSelection selection, double tolerance)
    {
        var references = new ReferenceRegistry(selection.Calculations);
        foreach (var (recipe, row) in selection.Rows)
        {
            var at = new FindingRow(row.Id, row.Place);
            foreach (var cluster in row.Used.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X13).Distinct())
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
                    yield return Finding.Of(FindingKinds.UnboundCluster, FormattableString.Invariant($"{cluster.Name} has a binding energy of {binding:0.000} eV/atom"), [at]);
                }
                else if (-binding > bulk * (1 + tolerance))
                {
                    yield return Finding.Of(
                        FindingKinds.BoundBeyondBulk,
                        FormattableString.Invariant(
                            $"{cluster.Name} has a binding energy of {binding:0.000} eV/atom; its bulk metals have cohesive energies of {bulk:0.00} eV/atom on average (experiment; {100 * tolerance:0} % more is let pass)"),
                        [at]);
                }
            }
        }
    }

    private static IEnumerable<Finding> MissingReferences(X12tmSelection selection) =>
        selection.Recipes.SelectMany(recipe => MissingReferences(
            new(selection.Calculations), recipe, recipe.Clusters.Where(c => selection.Hosts.GetValueOrDefault(c.System.Host) == recipe)));

    private static IEnumerable<Finding> MissingReferences(ReferenceRegistry references, X12tmRecipe recipe, IEnumerable<Calculation> clusters)
    {
        var wanted = clusters.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X13).SelectMany(c => new[]
        {
            (Missing: references.LowestX12(recipe.Fingerprint, c.System.Host.Symbol) is null ? $"the X12 of {c.System.Host}" : null, Cluster: c),
            (Missing: references.FreeAtom(recipe.Fingerprint, c.System.Dopant.Symbol) is null ? $"the free atom of {c.System.Dopant}" : null, Cluster: c),
        });
        return wanted.Where(w => w.Missing is not null).GroupBy(w => w.Missing!, StringComparer.Ordinal).Select(missing => Finding.Of(
            FindingKinds.MissingReference,
            $"{missing.Key} is not there with this method ({recipe.Fingerprint.Id})",
            missing.Select(m => PlausibilityAudit.Row(m.Cluster))));
    }
}
