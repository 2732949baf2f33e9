using System.CommandLine;
using System.Globalization;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data describe</c>: what a table holds.</summary>
internal sealed class DescribeVerb : ConfigVerb
{
    private readonly Option<bool> _json = JsonOption();

    public DescribeVerb(Session session)
        : base(
            session,
            "describe",
            "The table of a config: rows, hash, targets, groups, and rows left out.",
            "clusterml data describe configs/x12tm.yaml") =>
        Add(_json);

    protected override int Execute(ParseResult result)
    {
        var data = Session.Engine.Describe(Config(result));
        if (result.GetValue(_json))
        {
            JsonOutput.Write(Session.Terminal, data);
            return ExitCodes.Done;
        }

        var writer = Session.Terminal.Out;
        writer.WriteLine($"table   {data.Table}");
        writer.WriteLine($"rows    {data.Rows}");
        writer.WriteLine($"sha256  {data.Hash}");
        foreach (var (name, values) in data.Groups)
        {
            writer.WriteLine($"group   {name}: {string.Join(", ", values)}");
        }

        writer.WriteLine();
        TextTable.Write(
            writer,
            ["target", "unit", "mean", "sd"],
            [.. data.Targets.Select(t => new[] { t.Name, t.Unit, Number(t.Mean), Number(t.StandardDeviation) })]);
        if (data.LeftOut.Count > 0)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["left out", "reason"], [.. data.LeftOut.Select(r => new[] { r.Source, r.Reason })]);
        }

        foreach (var note in data.Notes)
        {
            writer.WriteLine($"note    {note}");
        }

        return ExitCodes.Done;
    }

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
