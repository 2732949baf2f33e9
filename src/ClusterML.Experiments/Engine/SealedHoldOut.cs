using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Data.Views;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Evaluation;

namespace ClusterML.Experiments.Engine;

/// <summary>Scores a fitted model on sealed rows, once a version, and keeps the ledger of openings.</summary>
/// <remarks>
/// The ledger is <c>sealed/EXPERIMENT.ndjson</c> under the artifacts root, one JSON object a line, never shortened. A version that was
/// scored before is not scored again: its entry is read back.
/// </remarks>
internal sealed class SealedHoldOut(LoadedExperiment experiment, string artifactsRoot, TimeProvider clock)
{
    private readonly string ledger = Path.Combine(artifactsRoot, "sealed", $"{experiment.Config.Name}.ndjson");

    /// <summary>The summary for the run; null where no rows are sealed. Opens the rows when the config asks for it.</summary>
    /// <param name="fit">The fit stage: its hash is the version of the model.</param>
    /// <param name="folder">Folder of the fitted model.</param>
    /// <param name="pipeline">The main model's pipeline.</param>
    /// <param name="note">Where an opening is told.</param>
    public SealedSummary? Summarize(Stage fit, string folder, Func<ModelPipeline> pipeline, Action<string> note)
    {
        if (experiment.Config.Data.Sealed is not { } config || experiment.SealedTable is not { } rows)
        {
            return null;
        }

        var openings = Read();
        var current = openings.LastOrDefault(o => o.ModelVersion == fit.Hash && o.SealedHash == rows.CanonicalHash);
        if (config.Open && current is null)
        {
            current = Score(rows, fit, folder, pipeline());
            Append(current);
            openings = [.. openings, current];
            note(FormattableString.Invariant($"opened {rows.RowCount} sealed rows for {current.Model} {current.ModelVersion[..12]}; opening {openings.Length} on record in {ledger}"));
        }
        else if (current is not null)
        {
            note(FormattableString.Invariant($"{current.Model} {current.ModelVersion[..12]} was scored on the sealed rows at {current.Time:u}; they are not opened again"));
        }

        return new(config.Column, config.Values, rows.RowCount, openings, current);
    }

    private SealedOpening Score(DataTable rows, Stage fit, string folder, ModelPipeline pipeline)
    {
        var fitted = pipeline.Restore(ModelFolder.ReadHead(folder));
        var predicted = fitted.Transform(pipeline.ApplyLeading(rows.ToView()).All());
        var centre = predicted.ReadVectors(IntervalColumns.Prediction);
        var (lower, upper) = (predicted.ReadVectors(IntervalColumns.Lower(fitted.Alphas, 0)), predicted.ReadVectors(IntervalColumns.Upper(fitted.Alphas, 0)));
        return new(
            clock.GetUtcNow(),
            experiment.Config.Name,
            experiment.Models.Single(m => m.IsMain).Name,
            fit.Hash,
            rows.CanonicalHash,
            rows.RowCount,
            [
                .. rows.Targets.Select((target, t) =>
                {
                    double[] Column(double[][] values) => [.. values.Select(row => row[t])];
                    var (truth, prediction) = (Column(rows.TargetValues), Column(centre));
                    return new SealedScore(
                        target.Name, target.Unit, RegressionMetrics.Mae(truth, prediction), RegressionMetrics.Rmse(truth, prediction),
                        RegressionMetrics.Coverage(truth, Column(lower), Column(upper)));
                }),
            ]);
    }

    private SealedOpening[] Read() => File.Exists(ledger)
        ? [.. File.ReadLines(ledger).Where(line => line.Length > 0).Select((line, i) => Parse(line, i + 1))]
        : [];

    private SealedOpening Parse(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<SealedOpening>(line, ModelManifest.Format) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            // A damaged ledger must not read as "never opened".
            throw new InvalidDataException(FormattableString.Invariant($"{ledger}:{number}: not the record of an opening: {e.Message}"), e);
        }
    }

    private void Append(SealedOpening opening)
    {
        var line = JsonSerializer.SerializeToNode(opening, ModelManifest.Format)!.ToJsonString(new JsonSerializerOptions(ModelManifest.Format) { WriteIndented = false });
        AtomicFile.WriteText(ledger, $"{(File.Exists(ledger) ? File.ReadAllText(ledger) : string.Empty)}{line}\n");
    }
}
