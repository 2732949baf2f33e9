using System.CommandLine;
using System.Globalization;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data describe</c>: what a table holds.</summary>
internal sealed class DescribeVerb : Verb
{
    private readonly Session _session;

    public DescribeVerb(Session session)
        : base(
            "describe",
            "What a table holds: rows, hash, columns with units and ranges, groups, provenance, and what was left out.",
            "clusterml data describe configs/x12tm.yaml",
            "clusterml data describe data/x12tm --max-force 0.08",
            "clusterml data describe rows.csv --json")
    {
        _session = session;
        var target = new Argument<string>("TARGET") { Description = "A config, the folder of a dataset, or a csv or Parquet file." };
        var sets = ConfigVerb.SetOption();
        var choices = new CalculationChoices(this);
        var json = JsonOption();
        Add(target);
        Add(sets);
        Add(json);
        SetAction(result =>
        {
            var data = DataTarget.Read(session, result.GetRequiredValue(target), result.GetValue(sets) ?? [], choices.Read(result));
            Write(data, result.GetValue(json));
            return ExitCodes.Done;
        });
    }

    private void Write(DataTarget data, bool json)
    {
        var summary = TableSummary.Of(data.Table, data.Description);
        var dataset = data.Dataset is null ? null : Facts(data.Dataset);
        if (json)
        {
            JsonOutput.Write(_session.Terminal, new
            {
                Table = summary.Name,
                summary.Hash,
                summary.Rows,
                Dataset = dataset,
                summary.Columns,
                summary.Groups,
                summary.LeftOut,
                summary.Notes,
            });
            return;
        }

        var writer = _session.Terminal.Out;
        writer.WriteLine($"table   {summary.Name}");
        writer.WriteLine($"rows    {summary.Rows}");
        writer.WriteLine($"sha256  {summary.Hash}");
        if (dataset is not null)
        {
            writer.WriteLine($"title   {dataset.Title}, version {dataset.Version}");
            writer.WriteLine($"licence {dataset.Licence}");
            writer.WriteLine($"cite    {dataset.Citation}");
            if (dataset.Hash != summary.Hash)
            {
                writer.WriteLine($"source  calculations, sha256 {dataset.Hash}");
            }
        }

        foreach (var (name, values) in summary.Groups)
        {
            writer.WriteLine($"group   {name}: {string.Join(", ", values)}");
        }

        writer.WriteLine();
        TextTable.Write(
            writer,
            ["column", "role", "unit", "missing", "distinct", "min", "median", "max"],
            [.. summary.Columns.Select(c => new[]
            {
                c.Name, DatasetFile.NameOf(c.Role), c.Unit, Text(c.Missing), Text(c.Distinct), Number(c.Minimum), Number(c.Median), Number(c.Maximum),
            })]);
        WriteProvenance(summary);
        if (summary.LeftOut.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["left out", "reason"], [.. summary.LeftOut.Select(r => new[] { r.Source, r.Reason })]);
        }

        foreach (var note in summary.Notes)
        {
            writer.WriteLine($"note    {note}");
        }
    }

    private void WriteProvenance(TableSummary summary)
    {
        if (summary.Columns.Any(c => c.Description.Length + c.Provenance.Length > 0))
        {
            _session.Terminal.Out.WriteLine();
            TextTable.Write(
                _session.Terminal.Out,
                ["column", "what it is", "provenance"],
                [.. summary.Columns.Select(c => new[] { c.Name, Stated(c.Description), Stated(c.Provenance) })]);
        }
    }

    private static DatasetFacts Facts(Dataset dataset)
    {
        var d = dataset.Description;
        return new(d.Name, d.Title, d.Version, d.Licence, d.Citation, DatasetFile.NameOf(d.Kind), d.Description, d.Row, Guard.Run(() => dataset.Hash));
    }

    private static string Stated(string text) => text.Length == 0 ? DatasetNames.NotStated : text;

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : "-";

    private sealed record DatasetFacts(
        string Name, string Title, string Version, string Licence, string Citation, string Kind, string Description, string Row, string Hash);
}
