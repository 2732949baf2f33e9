using System.CommandLine;
using ClusterML.Cli.Tables;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Csv;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Verbs;

/// <summary><c>predict</c>: energies with intervals for one composition or a table of rows.</summary>
internal sealed class PredictVerb : Verb
{
    private static readonly string[] Columns =
        ["row_id", "host", "dopant", "target", "prediction", "lower", "upper", "unit", "known", "host_seen", "dopant_seen", "guarantee"];

    private readonly Session _session;

    public PredictVerb(Session session)
        : base(
            "predict",
            "Predict with a model: energies, intervals, and what the intervals promise.",
            "clusterml predict artifacts/runs/RUN --host Ti --dopant Fe",
            "clusterml predict artifacts/runs/RUN/model --input rows.csv --csv > predictions.csv")
    {
        _session = session;
        var model = new Argument<string>("MODEL") { Description = "A run folder, or its model folder." };
        var host = new Option<string?>("--host") { Description = "Symbol of the host element.", HelpName = "SYMBOL" };
        var dopant = new Option<string?>("--dopant") { Description = "Symbol of the dopant element.", HelpName = "SYMBOL" };
        var input = new Option<string?>("--input")
        {
            Description = "A csv file with the columns that the model reads, and row_id if there is one.",
            HelpName = "ROWS.CSV",
        };
        var json = JsonOption();
        var csv = new Option<bool>("--csv") { Description = "A csv table on standard output." };
        Add(model);
        Add(host);
        Add(dopant);
        Add(input);
        Add(json);
        Add(csv);
        Validators.Add(result =>
        {
            var composition = (result.GetValue(host) is not null, result.GetValue(dopant) is not null);
            var hasInput = result.GetValue(input) is not null;
            if (composition is not ((true, true) or (false, false)) || composition == (true, true) == hasInput)
            {
                result.AddError("Give either --host and --dopant, or --input");
            }

            if (result.GetValue(json) && result.GetValue(csv))
            {
                result.AddError("Give either --json or --csv");
            }
        });
        SetAction(result =>
        {
            var folder = session.FullPath(result.GetRequiredValue(model));
            if (!Directory.Exists(folder))
            {
                throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(File.Exists(folder) ? "is a file; give a run or model folder" : InputPath.Missing, result.GetRequiredValue(model))]);
            }

            var rows = result.GetValue(input) is { } file
                ? PredictionFile.Read(InputPath.File(session, file), file)
                : [Composition(result.GetRequiredValue(host)!, result.GetRequiredValue(dopant)!)];
            var predictions = session.Engine.Predict(folder, rows);
            if (result.GetValue(json))
            {
                JsonOutput.Write(session.Terminal, new { Model = folder, Predictions = predictions });
            }
            else if (result.GetValue(csv))
            {
                WriteCsv(predictions);
            }
            else
            {
                WriteTable(predictions);
            }

            if (predictions.Where(p => !p.Known).Select(p => p.RowId).Distinct().ToList() is { Count: > 0 } unknown)
            {
                var names = string.Join(", ", unknown.Take(5)) + (unknown.Count > 5 ? ", ..." : string.Empty);
                session.Note($"no prediction for {unknown.Count} of {rows.Count} rows, whose categories the model does not know: {names}");
            }

            return ExitCodes.Done;
        });
    }

    private static PredictionRow Composition(string host, string dopant) => new(
        $"{host}-{dopant}",
        new Dictionary<string, PredictionCell> { ["host"] = new(host, 0, 0), ["dopant"] = new(dopant, 0, 0) },
        null);

    private static string[] Cells(PredictionOutput p, string format, string missing)
    {
        string Number(double value) => IntervalCells.Number(value, format, missing);
        return
        [
            p.RowId, p.Host, p.Dopant, p.Target, Number(p.Prediction), Number(p.Lower), Number(p.Upper), p.Unit,
            p.Known ? "yes" : "no", p.HostSeen ? "yes" : "no", p.DopantSeen ? "yes" : "no", p.Guarantee,
        ];
    }

    private void WriteCsv(IReadOnlyList<PredictionOutput> predictions)
    {
        var groups = Groups(predictions);
        _session.Terminal.Out.Write(CsvText.Write(
            [Columns[0], .. groups, .. Columns[1..], .. IntervalCells.Names(predictions)],
            predictions.Select(p => (string[])[.. WithGroups(p, groups, Cells(p, "R", missing: string.Empty)), .. IntervalCells.Of(p, predictions, "R", string.Empty)])));
    }

    // Beside the id: the columns of the table by which the user knows the rows.
    private static List<string> Groups(IReadOnlyList<PredictionOutput> predictions) =>
        [.. predictions.SelectMany(p => p.Groups.Keys).Distinct(StringComparer.Ordinal)];

    private static string[] WithGroups(PredictionOutput p, List<string> groups, string[] cells) =>
        [cells[0], .. groups.Select(g => p.Groups.GetValueOrDefault(g, string.Empty)), .. cells[1..]];

    // The guarantee is a sentence: said once below the table, with the rows it holds for where there are several.
    private void WriteTable(IReadOnlyList<PredictionOutput> predictions)
    {
        // Host and dopant say nothing about the rows of a plain table.
        var shown = Enumerable.Range(0, Columns.Length - 1)
            .Where(i => predictions.Any(p => p.Host.Length > 0) || !(Columns[i].StartsWith("host", StringComparison.Ordinal) || Columns[i].StartsWith("dopant", StringComparison.Ordinal)))
            .ToList();
        var groups = Groups(predictions);
        TextTable.Write(
            _session.Terminal.Out,
            [Columns[0], .. groups, .. shown.Skip(1).Select(i => Columns[i]), .. IntervalCells.Names(predictions)],
            [.. predictions.Select(p => (string[])[.. WithGroups(p, groups, [.. shown.Select(i => Cells(p, "F3", missing: "-")[i])]), .. IntervalCells.Of(p, predictions, "F3", "-")])]);
        var guarantees = predictions.Where(p => p.Guarantee.Length > 0).GroupBy(p => p.Guarantee).ToList();
        foreach (var group in guarantees)
        {
            var rows = group.Select(p => p.RowId).Distinct().ToList();
            _session.Terminal.Out.WriteLine(guarantees.Count == 1 ? group.Key : $"{string.Join(", ", rows)}: {group.Key}");
        }
    }
}
