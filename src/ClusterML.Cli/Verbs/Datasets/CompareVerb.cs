using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Files;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data;
using ClusterML.Data.Energetics;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data compare</c>: a dataset beside published values.</summary>
internal sealed class CompareVerb : Verb
{
    private static readonly string[] Names = [.. SiteTableFile.Keys, .. SiteColumn.All.Select(c => c.Name)];

    private readonly Session _session;

    private readonly Argument<string> _dataset = new("DATASET") { Description = "A folder of calculations or with dataset.json, or a table of sites (csv, Parquet)." };

    private readonly Argument<string> _published = new("PUBLISHED")
    {
        Description = "A table with host and any of dopant, site and the columns of a table of sites; a row without a dopant is X13.",
    };

    private readonly Option<string[]> _columns = new("--column", "-c")
    {
        Description = $"Name of a column in PUBLISHED, such as e_b=eb_eV_per_atom; may be repeated. Columns: {string.Join(", ", Names)}.",
        HelpName = "COLUMN=NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "File for the table of pairs (csv); without it, none is written.", HelpName = "FILE" };

    private readonly SiteChoices _choices;

    private readonly Option<bool> _json = JsonOption();

    public CompareVerb(Session session)
        : base(
            "compare",
            "Set a dataset beside published values: binding energies, bond lengths, gaps and whatever else both have.",
            "clusterml data compare data/x12tm tm13.csv --column host=symbol --column e_b=eb_eV_per_atom --column d_av=dav_A")
    {
        _session = session;
        Add(_dataset);
        Add(_published);
        foreach (var option in new Option[] { _columns, _out })
        {
            Add(option);
        }

        _choices = new(this);
        Add(_json);

        Validators.Add(result =>
        {
            foreach (var text in result.GetValue(_columns) ?? [])
            {
                var sign = text.IndexOf('=', StringComparison.Ordinal);
                if (sign <= 0 || !Names.Contains(text[..sign]))
                {
                    result.AddError($"--column {text}: expected COLUMN=NAME, with a COLUMN of {string.Join(", ", Names)}");
                }
            }
        });
        SetAction(Execute);
    }

    private int Execute(ParseResult result)
    {
        var path = InputPath.Any(_session, result.GetRequiredValue(_dataset));
        var published = InputPath.File(_session, result.GetRequiredValue(_published));
        var (dataset, comparison) = Guard.Run(() =>
        {
            var sites = SiteDataset.Load(path, _choices.Read(result));
            var rows = PublishedSites.Read(published, ColumnChoices.Read(result.GetValue(_columns)));
            var compared = SiteComparison.Of(sites.Sites, rows);
            return compared.Pairs.Count > 0
                ? (sites, compared)
                : throw new DataException([new DataProblem(published, 0, 0, $"nothing to compare: no site of {sites.Name} has a value that this table has, too")]);
        });
        if (result.GetValue(_out) is { } file)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            comparison.Write(text);
            AtomicFile.WriteText(_session.FullPath(file), text.ToString());
        }

        Show(result.GetValue(_json), dataset, comparison);
        return ExitCodes.Done;
    }

    private void Show(bool asJson, SiteDataset dataset, SiteComparison comparison)
    {
        if (asJson)
        {
            JsonOutput.Write(_session.Terminal, new
            {
                Dataset = dataset.Name,
                dataset.Sites.Method,
                Pairs = comparison.Pairs.Select(p => new { Host = p.Host.Symbol, Dopant = p.Dopant.Symbol, p.Site, Quantity = p.Column.Name, p.Column.Unit, p.Ours, p.Published, p.Difference }),
                Agreement = comparison.Summaries.Select(s => new { Quantity = s.Column.Name, s.Column.Unit, s.Count, s.MeanDifference, s.MeanAbsoluteDifference, s.MedianAbsoluteDifference }),
            });
            return;
        }

        var writer = _session.Terminal.Out;
        TextTable.Write(writer, ["site", "quantity", "ours", "published", "difference"], [.. comparison.Pairs.Select(p => new[]
        {
            Site(p), $"{p.Column.Symbol} ({p.Column.Unit})", Number(p.Ours), Number(p.Published), Signed(p.Difference),
        })]);
        writer.WriteLine();
        TextTable.Write(writer, ["quantity", "n", "mean difference", "mean |difference|", "median |difference|", "largest"], [.. comparison.Summaries.Select(s => new[]
        {
            $"{s.Column.Symbol} ({s.Column.Unit})", $"{s.Count}", Signed(s.MeanDifference), Number(s.MeanAbsoluteDifference), Number(s.MedianAbsoluteDifference),
            $"{Signed(s.Largest.Difference)} ({Site(s.Largest)})",
        })]);
        writer.WriteLine();
        writer.WriteLine($"{dataset.Name}: {dataset.Sites.Method}");
    }

    private static string Site(SitePair pair) =>
        pair.Host == pair.Dopant ? $"{pair.Host}13" : $"{pair.Host}12{pair.Dopant}_{pair.Site.Name()}";

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    // Rounded first, and without the sign of a negative zero: a format with two sections writes "-+0.0000" for what rounds to nothing.
    private static string Signed(double value) => (Math.Round(value, 4) + 0.0).ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture);
}
