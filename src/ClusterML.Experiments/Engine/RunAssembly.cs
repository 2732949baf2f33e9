using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>Fills the run folder from the results of the stages.</summary>
internal sealed class RunAssembly(LoadedExperiment experiment, StageGraph graph, StageCache cache, RunDirectory run)
{
    private const string ModelFolderName = "model";

    /// <summary>Writes tables, metrics and model files, each beside its place and renamed.</summary>
    /// <param name="hidden">Sealed rows and their openings; null where none are sealed.</param>
    public void Write(SealedSummary? hidden)
    {
        var evaluations = graph.Evaluations.Select(s => ModelStages.ReadEvaluation(Result(s))).ToList();
        var data = DataStages.ReadSummary(Result(graph.Data));
        var backbone = graph.Backbone is null ? null : BackboneFolder.ReadSummary(Result(graph.Backbone));
        var main = experiment.Models.FirstOrDefault(m => m.IsMain)?.Name;
        if (evaluations.Count > 0)
        {
            RunTables.WritePredictions(run.File(RunTables.PredictionsFile), evaluations.First(e => e.Model == main).Predictions);
            RunTables.WriteCurve(run.File(RunTables.CurveFile), evaluations.SelectMany(e => e.Curve));
            RunTables.WriteIntervals(run.File(RunTables.IntervalsFile), evaluations.SelectMany(e => e.Intervals));
            GuaranteesFile.Write(run.File(GuaranteesFile.FileName), [.. evaluations.SelectMany(e => e.Guarantees)]);
            RunTables.WriteBaselines(run.File(RunTables.BaselinesFile), evaluations.SelectMany(e => e.Scores));
        }

        var (comparisons, verdicts) = graph.Split is null ? ([], []) : Compare(evaluations, main);
        if (comparisons.Count > 0)
        {
            RunTables.WriteComparisons(run.File(RunTables.ComparisonsFile), comparisons);
        }

        CopyModel(graph.Fit ?? graph.Backbone);
        RunMetricsFile.Write(run.File(RunMetricsFile.FileName), new RunMetrics(
            experiment.Config.Name,
            experiment.Config.Description,
            main,
            data,
            backbone,
            graph.Split is null ? [] : [.. DataStages.ReadSplits(Result(graph.Split)).Select(p => new ProtocolStatus(p.Name, p.Type, p.Reason is null, p.Reason, p.Splits.Count) { Notes = p.Notes })],
            [.. evaluations.SelectMany(e => e.Metrics)])
        {
            Verdicts = verdicts,
            Sealed = hidden,
        });
    }

    /// <summary>The main model, and each model with a pretrained transformer, against every other on the same rows.</summary>
    private (IReadOnlyList<ComparisonRecord> Comparisons, IReadOnlyList<TransformerVerdict> Verdicts) Compare(List<ModelEvaluation> evaluations, string? main)
    {
        var paired = new PairedComparison(DataStages.ReadSplits(Result(graph.Split!)), experiment.Seeds);
        var roles = experiment.Models.ToDictionary(m => m.Name, TransformerRoles.Of);
        var judged = evaluations.Where(e => e.Model == main || roles[e.Model] == TransformerRole.Pretrained).ToList();
        List<ComparisonRecord> comparisons = [.. judged.SelectMany(model => evaluations.Where(e => e != model).SelectMany(other => paired.Compare(model, other)))];
        var controls = roles.Where(r => r.Value == TransformerRole.Control).Select(r => r.Key).ToHashSet();

        // Another pretrained model is no plain rival: the question is what the transformer brings.
        var pretrained = roles.Where(r => r.Value == TransformerRole.Pretrained).Select(r => r.Key).ToHashSet();
        var verdicts = judged.Where(e => pretrained.Contains(e.Model))
            .SelectMany(e => PairedComparison.Judge(e.Model, comparisons.Where(c => !pretrained.Contains(c.Other)), controls));
        return (comparisons, [.. verdicts]);
    }

    private string Result(Stage stage) => cache.PathOf(stage.Kind, stage.Hash);

    private void CopyModel(Stage? stage)
    {
        if (stage is null)
        {
            return;
        }

        // Beside, then renamed: a model folder is whole or not there.
        var (target, beside) = (run.File(ModelFolderName), run.File($".{ModelFolderName}.partial"));
        foreach (var old in new[] { target, beside }.Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        Directory.CreateDirectory(beside);
        foreach (var file in Directory.EnumerateFiles(Result(stage)))
        {
            File.Copy(file, Path.Combine(beside, Path.GetFileName(file)));
        }

        Directory.Move(beside, target);
    }
}
