using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Data.Energetics;
using ClusterML.Data.Options;

namespace ClusterML.Data;

/// <summary>Bimetallic X12TM clusters from a folder of calculations.</summary>
/// <remarks>
/// One row for each composition whose two sites are both relaxed. Targets in eV: <c>e_form_in</c> and <c>e_form_out</c>
/// (equation 3, against the lowest X12 and the free dopant). X13 is a row X12X with the same energy for both sites.
/// n_atoms = (12, 1). All rows come from one method fingerprint, or all rows of a host (<see cref="X12tmOptions.PerHost"/>).
/// </remarks>
public static class X12tmTable
{
    /// <summary>Reads the calculations (*.json) of <paramref name="folder"/>, or of its subfolder <c>calculations</c>.</summary>
    /// <param name="folder">The dataset folder.</param>
    /// <param name="options">Which calculations count.</param>
    /// <param name="name">Name of the table.</param>
    /// <exception cref="DataException">The folder is missing or empty, a file is unreadable, or no composition is complete.</exception>
    public static DataTable Load(string folder, X12tmOptions? options = null, string name = "x12tm")
    {
        var chosen = (options ?? new()).Checked();
        var rows = new CompositionRows();
        var selection = Select(folder, chosen, rows);
        if (chosen.TakesEachHost)
        {
            AddPerHost(selection, rows);
            return Table(folder, rows, name);
        }

        var taken = selection.Recipes.FirstOrDefault(r => selection.Hosts.ContainsValue(r));
        foreach (var calculation in selection.Recipes.Where(r => r != taken).SelectMany(r => r.Clusters))
        {
            rows.LeaveOut(calculation, $"{calculation.Name}: another method ({MethodFingerprint.OfCluster(calculation.Method)})");
        }

        taken?.AddTo(rows);
        return Table(folder, rows, name);
    }

    private static void AddPerHost(X12tmSelection selection, CompositionRows rows)
    {
        foreach (var recipe in selection.Recipes)
        {
            foreach (var calculation in recipe.Clusters.Where(c => selection.Hosts[c.System.Host] != recipe))
            {
                rows.LeaveOut(calculation, $"{calculation.Name}: another method ({recipe.Fingerprint}) than that of most rows of {calculation.System.Host}");
            }

            var hosts = selection.Hosts.Where(c => c.Value == recipe).Select(c => c.Key).OrderBy(host => host.AtomicNumber).ToArray();
            if (hosts.Length > 0)
            {
                rows.Note($"hosts {string.Join(", ", hosts.Select(host => host.Symbol))} have the method {recipe.Fingerprint.Id}");
                recipe.AddTo(rows, hosts.Contains);
            }
        }
    }

    private static DataTable Table(string folder, CompositionRows rows, string name) =>
        rows.Count > 0
            ? rows.ToTable(name, [new("e_form_in", "eV"), new("e_form_out", "eV")])
            : throw new DataException([
                new(folder, 0, 0, "no composition is complete: a row needs both sites, the X12 of its host and the free dopant"),
                .. rows.LeftOut.Select(row => new DataProblem(row.Source, 0, 0, row.Reason)),
            ]);

    /// <summary>Every calculation, the recipes among them, and the one that each host takes its rows from.</summary>
    internal static X12tmSelection Select(string folder, X12tmOptions options, CompositionRows rows)
    {
        var calculations = ReadAll(folder, rows);
        var clusters = calculations.Where(c => c.System.Kind != SystemKind.FreeAtom).ToArray();
        var relaxed = clusters.Where(c => c.System.Kind != SystemKind.FrozenX12).Select(c => (c.System, Recipe: MethodFingerprint.OfCluster(c.Method)))
            .OrderBy(c => c.Recipe.Id, StringComparer.Ordinal).ToArray();

        // A single point states no threshold of a relaxation: it belongs to the recipe of the cluster that it was cut out of.
        MethodFingerprint Recipe(Calculation c) => c.System.Kind != SystemKind.FrozenX12 ? MethodFingerprint.OfCluster(c.Method)
            : relaxed.Where(r => r.Recipe.Covers(c))
                .OrderByDescending(r => (r.System.Host, r.System.Dopant, r.System.Site ?? c.System.Site) == (c.System.Host, c.System.Dopant, c.System.Site))
                .Select(r => r.Recipe).FirstOrDefault()
            ?? MethodFingerprint.OfCluster(c.Method);
        var recipes = clusters.GroupBy(Recipe)
            .Select(group => new X12tmRecipe(group.Key, [.. group], new(calculations), options))
            .OrderByDescending(recipe => recipe.Complete.Count)
            .ThenBy(recipe => recipe.Fingerprint.Id, StringComparer.Ordinal)
            .ToArray();
        var taken = options.Fingerprint.Length == 0
            ? recipes.FirstOrDefault()
            : recipes.FirstOrDefault(r => r.Fingerprint.Id == options.Fingerprint)
                ?? throw Unusable(folder, $"no cluster has the fingerprint {options.Fingerprint}; found: {string.Join(", ", recipes.Select(r => r.Fingerprint.Id))}");
        return new(calculations, recipes, options.TakesEachHost ? PerHost(recipes) : taken is null ? [] : HostsOf(taken).ToDictionary(host => host, _ => taken));
    }

    /// <summary>The recipe that gives most rows of each host; of several that give as many, the first.</summary>
    private static Dictionary<Element, X12tmRecipe> PerHost(IReadOnlyList<X12tmRecipe> recipes) =>
        recipes.SelectMany(recipe => HostsOf(recipe).Select(host => (Host: host, Recipe: recipe)))
            .GroupBy(c => c.Host)
            .ToDictionary(host => host.Key, host => host.MaxBy(c => c.Recipe.Complete.Count(row => row.Host == host.Key)).Recipe);

    private static IEnumerable<Element> HostsOf(X12tmRecipe recipe) => recipe.Clusters.Select(c => c.System.Host).Distinct();

    private static IReadOnlyList<Calculation> ReadAll(string folder, CompositionRows rows)
    {
        var found = CalculationFolder.Read(folder, "it holds the calculations of the X12TM table, one JSON file each");
        foreach (var file in found.LeftOut)
        {
            rows.LeaveOut(new LeftOutRow(file.Source, file.Reason) { Place = file.Place });
        }

        return found.Calculations;
    }

    private static DataException Unusable(string folder, string message) => new([new DataProblem(folder, 0, 0, message)]);
}
