using System.CommandLine;
using ClusterML.Chemistry.Energetics.Bulk;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Chemistry.Structures;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Energetics;
using ClusterML.Reports.Dataset;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data figures</c>: the paper's figures from a dataset.</summary>
internal sealed class FiguresVerb : Verb
{
    private static readonly string[] Formats = ["svg", "png"];

    private readonly Session _session;

    private readonly Argument<string> _dataset = new("DATASET")
    {
        Description = "A folder of calculations or with dataset.json, a table of sites (csv, Parquet), or a config (YAML).",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "Folder of the figures.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "figures",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = $"One figure only; may be repeated: {string.Join(", ", DatasetFigures.Ids)}.",
        HelpName = "FIGURE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _format = new("--format") { Description = "svg or png; without it, both.", HelpName = "svg|png" };

    private readonly Option<string?> _components = new("--components")
    {
        Description = "A table with host, dopant, site, e_b_u, e_int and de_dist, taken where it agrees with the total energies.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _bulk = new("--bulk")
    {
        Description = "A table of computed bulk metals for figure S1: element, structure, e_bulk, nearest_neighbour or volume, e_atom.",
        HelpName = "FILE",
    };

    private readonly SiteChoices _choices;

    private readonly Option<bool> _json = JsonOption();

    public FiguresVerb(Session session)
        : base(
            "figures",
            "Draw figures 2, 3, 4, S1 and S10 to S17 of the paper from a dataset, each with its table, and test the paper's trends.",
            "clusterml data figures data/x12tm --max-force 0.08 --out figures",
            "clusterml data figures sites.csv --only fig3 --format svg --out figures")
    {
        _session = session;
        foreach (var option in new Option[] { _out, _only, _format, _components, _bulk })
        {
            Add(option);
        }

        _choices = new(this);
        Add(_json);

        Add(_dataset);
        Validators.Add(result =>
        {
            foreach (var id in (result.GetValue(_only) ?? []).Where(id => !DatasetFigures.Ids.Contains(id)))
            {
                result.AddError($"--only {id}: there is no such figure; there are {string.Join(", ", DatasetFigures.Ids)}");
            }

            if (result.GetValue(_format) is { } format && !Formats.Contains(format))
            {
                result.AddError($"--format {format}: expected svg or png");
            }
        });
        SetAction(Execute);
    }

    private int Execute(ParseResult result)
    {
        var folder = _session.FullPath(result.GetRequiredValue(_out));
        var input = Guard.Run(() => Input(result));
        var index = Guard.Run(() => DatasetFigures.Write(input, folder, new()
        {
            Only = result.GetValue(_only) ?? [],
            Svg = result.GetValue(_format) is null or "svg",
            Png = result.GetValue(_format) is null or "png",
        }));
        if (result.GetValue(_json))
        {
            JsonOutput.Write(_session.Terminal, new { Folder = folder, index.Schema, index.Dataset, index.Method, index.Figures, index.Trends, index.LeftOut, index.Notes });
            return ExitCodes.Done;
        }

        var writer = _session.Terminal.Out;
        TextTable.Write(
            writer,
            ["figure", "shows", "numbers", "table"],
            [.. index.Figures.Select(f => new[] { f.Id, f.Title, f.Measured ? $"{f.Count}" : "not measured", f.Table })]);
        writer.WriteLine();
        TextTable.Write(writer, ["trend", "rows", "verdict", "n", "numbers"], [.. index.Trends.Select(t => new[] { t.Name, t.Scope, Verdict(t.Verdict), $"{t.Count}", t.Text })]);
        if (index.LeftOut.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["left out", "reason"], [.. index.LeftOut.Select(l => new[] { l.Place, l.Reason })]);
        }

        foreach (var warning in input.Sites.Warnings)
        {
            writer.WriteLine();
            writer.WriteLine($"warning: {warning}");
        }

        writer.WriteLine();
        writer.WriteLine(Path.Combine(folder, DatasetFigures.PageFile));
        return ExitCodes.Done;
    }

    private DatasetFigureInput Input(ParseResult result)
    {
        var named = result.GetRequiredValue(_dataset);
        InputPath.OfKind(
            InputPath.Any(_session, named), named, "the folder of a dataset, a table of sites (.csv, .parquet), or a config (.yaml)", ".yaml", ".yml", ".csv", ".parquet");
        var isConfig = Path.GetExtension(named) is ".yaml" or ".yml";
        var files = isConfig ? _session.Engine.Files(new ConfigSource(named, [])) : new TableFiles(_session.FullPath(named), null, string.Empty);
        var dataset = SiteDataset.Load(files.Path, _choices.Read(result, files.MaxForce, files.Fingerprint, files.PerHost), result.GetValue(_components) is { } c ? InputPath.File(_session, c) : null);
        var bulk = result.GetValue(_bulk) is { } b ? BulkFile.Read(InputPath.File(_session, b)) : [];
        var metals = TransitionSeries.All.SelectMany(s => s.Elements);
        return new(dataset.Name, dataset.Sites, BulkComparison.Of(metals, bulk, new(dataset.Calculations), MetallicRadius.Of));
    }

    private static string Verdict(TrendVerdict verdict) => verdict switch
    {
        TrendVerdict.Supported => "supported",
        TrendVerdict.NotSupported => "not supported",
        _ => "not measured",
    };
}
