using System.Text;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Energetics;
using ClusterML.Reports.Figures;

namespace ClusterML.Reports.Dataset;

/// <summary>Draws the paper's figures from a dataset, with whatever rows there are: figures 2, 3, 4, S1 and S10 to S17.</summary>
/// <remarks>
/// Each figure comes with the csv of its numbers. What was not measured is said so and never filled in. The same input gives
/// the same bytes.
/// </remarks>
public static class DatasetFigures
{
    /// <summary>File name of the page.</summary>
    public const string PageFile = "index.html";

    /// <summary>File name of the index.</summary>
    public const string IndexFile = "figures.json";

    /// <summary>File name of the table of all sites.</summary>
    public const string SitesFile = "sites.csv";

    private static readonly OrderedDictionary<string, Func<DatasetFigureInput, DrawnFigure>> Drawings = new()
    {
        ["fig2"] = i => new SiteFigures(i.Sites).Binding("fig2", ofIron: false),
        ["fig3"] = i => new SiteFigures(i.Sites).SitePreference("fig3"),
        ["fig4"] = i => new SiteFigures(i.Sites).Structure("fig4", ofIron: false),
        ["s1"] = i => BulkFigure.Draw("s1", i.Bulk),
        ["s10"] = i => new SiteFigures(i.Sites).Frequencies("s10"),
        ["s11"] = i => new SiteFigures(i.Sites).Formation("s11", ofIron: false),
        ["s12"] = i => new SiteFigures(i.Sites).Binding("s12", ofIron: true),
        ["s13"] = i => new SiteFigures(i.Sites).Formation("s13", ofIron: true),
        ["s14"] = i => new SiteFigures(i.Sites).Structure("s14", ofIron: true),
        ["s15"] = i => new SiteFigures(i.Sites).DBandCentre("s15"),
        ["s16"] = i => new SiteFigures(i.Sites).Gap("s16", ofIron: false),
        ["s17"] = i => new SiteFigures(i.Sites).Gap("s17", ofIron: true),
    };

    /// <summary>Ids of all figures, in the order of the paper.</summary>
    public static IReadOnlyList<string> Ids => [.. Drawings.Keys];

    /// <summary>Draws the figures and writes them, their tables, the table of all sites, <c>figures.json</c> and <c>index.html</c>.</summary>
    /// <param name="input">What to draw from.</param>
    /// <param name="folder">Where to; it is made if it is missing, and files of the same names are replaced.</param>
    /// <param name="options">Which figures, and as what.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">There is no figure of such an id.</exception>
    public static FigureIndex Write(DatasetFigureInput input, string folder, DatasetFigureOptions? options = null)
    {
        var chosen = options ?? new();
        var unknown = chosen.Only.Where(id => !Drawings.ContainsKey(id)).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"no figure {string.Join(", ", unknown)}; there are {string.Join(", ", Ids)}", nameof(options));
        }

        var figures = Draw(input, chosen);
        var index = new FigureIndex(
            "clusterml/figures@1",
            input.Name,
            input.Sites.Method,
            [.. figures.Select(f => Entry(f, chosen))],
            TrendAnalysis.Of(input.Sites.Sites),
            input.Sites.LeftOut,
            [.. input.Sites.Warnings, .. input.Sites.Notes]);
        foreach (var figure in figures)
        {
            Save(figure, folder, chosen);
        }

        using var sites = new StringWriter();
        SiteTableFile.Write(sites, input.Sites);
        AtomicFile.WriteText(Path.Combine(folder, SitesFile), sites.ToString());
        AtomicFile.WriteText(Path.Combine(folder, IndexFile), index.Json());
        AtomicFile.WriteText(Path.Combine(folder, PageFile), FigurePage.Render(index, figures));
        return index;
    }

    private static DrawnFigure[] Draw(DatasetFigureInput input, DatasetFigureOptions options)
    {
        using var turn = DrawingTurn.Lock.EnterScope();
        return [.. Drawings.Where(d => options.Only.Count == 0 || options.Only.Contains(d.Key)).Select(d => Warned(d.Value(input), input.Sites.Warnings))];
    }

    private static DrawnFigure Warned(DrawnFigure figure, IReadOnlyList<string> warnings) => figure.Count == 0 || warnings.Count == 0
        ? figure
        : figure with { Figure = figure.Figure with { Caption = $"{figure.Figure.Caption} Warning: {string.Join(". ", warnings)}." } };

    private static FigureEntry Entry(DrawnFigure figure, DatasetFigureOptions options)
    {
        string[] files = [.. new[] { (options.Svg, "svg"), (options.Png, "png") }.Where(f => f.Item1).Select(f => $"{figure.Id}.{f.Item2}")];
        return new(figure.Id, figure.Title, figure.Figure.Caption, figure.Count > 0, figure.Count, files, $"{figure.Id}.csv", figure.Table.Columns);
    }

    private static void Save(DrawnFigure figure, string folder, DatasetFigureOptions options)
    {
        if (options.Svg)
        {
            AtomicFile.WriteBytes(Path.Combine(folder, $"{figure.Id}.svg"), Encoding.UTF8.GetBytes(figure.Figure.Svg));
        }

        if (options.Png)
        {
            AtomicFile.WriteBytes(Path.Combine(folder, $"{figure.Id}.png"), figure.Figure.Png);
        }

        AtomicFile.WriteText(Path.Combine(folder, $"{figure.Id}.csv"), figure.Table.Csv());
    }
}
