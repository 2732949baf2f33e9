using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data export</c>: rows as csv or Parquet, structures as extended xyz.</summary>
internal sealed class ExportVerb : Verb
{
    private readonly Session _session;

    public ExportVerb(Session session)
        : base(
            "export",
            "Write rows as csv or Parquet, with a description of the columns beside them, or structures as extended xyz.",
            "clusterml data export data/x12tm --format csv --out x12tm.csv",
            "clusterml data export configs/x12tm.yaml --format extxyz --out x12tm.xyz")
    {
        _session = session;
        var target = new Argument<string>("TARGET") { Description = "A config, the folder of a dataset, or a csv or Parquet file." };
        var format = new Option<string?>("--format") { Description = "csv, parquet or extxyz; without it, by the name of the file." };
        format.AcceptOnlyFromAmong("csv", "parquet", "extxyz");
        var file = new Option<string>("--out") { Description = "The file.", HelpName = "FILE", Required = true };
        var sets = ConfigVerb.SetOption();
        var choices = new CalculationChoices(this);
        Add(target);
        Add(format);
        Add(file);
        Add(sets);
        Validators.Add(result =>
        {
            if (result.GetValue(file) is { } name && Format(result.GetValue(format), name) is null)
            {
                result.AddError($"--out {name}: the name must end in .csv, .parquet, .xyz or .extxyz, as the format does{(result.GetValue(format) is { } f ? $" ({f})" : "")}");
            }
        });
        SetAction(result =>
        {
            var name = result.GetRequiredValue(file);
            var data = DataTarget.Read(session, result.GetRequiredValue(target), result.GetValue(sets) ?? [], choices.Read(result));
            Write(data, Format(result.GetValue(format), name)!, session.FullPath(name));
            return ExitCodes.Done;
        });
    }

    private void Write(DataTarget data, string format, string path)
    {
        if (format != "extxyz")
        {
            foreach (var written in Guard.Run(() => TableExport.Write(path, data.Table, data.Description)))
            {
                _session.Terminal.Out.WriteLine(written);
            }

            return;
        }

        var calculations = data.Calculations
            ?? throw new CommandFailure(ExitCodes.DataCheckFailed, $"{data.Table.Name} has no structures: its rows are not made from calculations");
        var (count, leftOut) = Guard.Run(() => StructureExport.Write(path, calculations));
        foreach (var row in leftOut)
        {
            _session.Note($"left out: {row.Place}: {row.Reason}");
        }

        _session.Note($"{count} structures, left out {leftOut.Count}");
        _session.Terminal.Out.WriteLine(path);
    }

    /// <summary>The format, where it and the name of the file agree.</summary>
    private static string? Format(string? given, string file)
    {
        var named = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".csv" => "csv",
            ".parquet" => "parquet",
            ".xyz" or ".extxyz" => "extxyz",
            _ => null,
        };
        return given is null || given == named ? named : null;
    }
}
