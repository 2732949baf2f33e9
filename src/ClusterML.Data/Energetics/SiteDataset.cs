using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Datasets;
using ClusterML.Data.Options;

namespace ClusterML.Data.Energetics;

/// <summary>The sites of whatever a dataset is: a folder of calculations, a dataset with <c>dataset.json</c>, or a table of sites.</summary>
/// <param name="Name">Name of the dataset.</param>
/// <param name="Sites">Its sites.</param>
/// <param name="Calculations">Its calculations; empty for a table.</param>
public sealed record SiteDataset(string Name, SiteTable Sites, IReadOnlyList<Calculation> Calculations)
{
    /// <summary>Reads the sites.</summary>
    /// <param name="path">A folder, or a csv or Parquet file with the columns of <see cref="SiteTableFile"/>.</param>
    /// <param name="options">Which method, and what counts as relaxed; only for calculations.</param>
    /// <param name="components">A table of components to check and take; only for calculations. Null for none.</param>
    /// <exception cref="DataException">Something cannot be read; all problems are named.</exception>
    public static SiteDataset Load(string path, EnergeticsOptions? options = null, string? components = null)
    {
        var chosen = (options ?? new()).Checked();
        var dataset = Dataset.IsAt(path) ? Dataset.Open(path) : null;
        var name = dataset?.Description.Name ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        var source = dataset?.Source ?? path;
        return File.Exists(source) || (dataset is null && !Directory.Exists(source) && Path.HasExtension(source))
            ? new(name, OfTable(source, components), [])
            : OfCalculations(name, source, chosen, components);
    }

    private static SiteTable OfTable(string path, string? components)
    {
        if (components is not null)
        {
            throw new DataException([new DataProblem(components, 0, 0, "components go with calculations; a table of sites holds them itself (e_b_u, e_int, de_dist)")]);
        }

        if (!SiteTableFile.IsOne(path))
        {
            throw new DataException([new DataProblem(
                path, 1, 0, $"not a table of sites: it needs the columns {string.Join(", ", SiteTableFile.Keys)}, and any of {string.Join(", ", SiteColumn.All.Select(c => c.Name))}")]);
        }

        return SiteTableFile.Read(path);
    }

    private static SiteDataset OfCalculations(string name, string folder, EnergeticsOptions options, string? components)
    {
        var read = CalculationFolder.Read(folder);
        var parts = components is null ? [] : SiteTableFile.ReadComponents(components);
        try
        {
            var table = SiteTable.Of(EnergeticsTable.Build(read.Calculations, options, parts));
            return new(name, table with { LeftOut = [.. read.LeftOut, .. table.LeftOut] }, read.Calculations);
        }
        catch (ArgumentException e)
        {
            throw new DataException([new DataProblem(folder, 0, 0, e.Message.Split(" (Parameter")[0])]);
        }
    }
}
