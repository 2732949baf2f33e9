using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>Fills the run folder from the results of the stages.</summary>
internal sealed class RunAssembly(LoadedExperiment experiment, StageGraph graph, StageCache cache, RunDirectory run)
{
    private const string ModelFolderName = "model";

    /// <summary>Writes tables, metrics and model files, each beside its place and renamed.</summary>
    public void Write()
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

        CopyModel(graph.Fit ?? graph.Backbone);
        RunMetricsFile.Write(run.File(RunMetricsFile.FileName), new RunMetrics(
            experiment.Config.Name,
            experiment.Config.Description,
            main,
            data,
            backbone,
            graph.Split is null ? [] : [.. DataStages.ReadSplits(Result(graph.Split)).Select(p => new ProtocolStatus(p.Name, p.Type, p.Reason is null, p.Reason, p.Splits.Count))],
            [.. evaluations.SelectMany(e => e.Metrics)]));
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
