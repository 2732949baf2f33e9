using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>The stages that evaluate models and fit the main one on all rows.</summary>
internal static class ModelStages
{
    private const string EvaluationFile = "evaluation.json";

    public static void Evaluate(
        LoadedExperiment experiment,
        LoadedModel model,
        Func<int, ModelPipeline> pipeline,
        IReadOnlyList<ProtocolSplits> protocols,
        EngineOptions options,
        StageWork work)
    {
        var checkpoints = new FitCheckpoints(work.Folder);
        var evaluator = new ModelEvaluator(experiment.Table, experiment.Config.Intervals, experiment.Seeds, options.Parallelism, checkpoints);
        var evaluation = evaluator.Evaluate(
            model.Name, [.. Enumerable.Range(0, model.Seeds).Select(pipeline)], protocols, work.Progress, work.Cancellation);
        checkpoints.Clear();
        AtomicFile.WriteText(work.File(EvaluationFile), JsonSerializer.Serialize(evaluation, ModelManifest.Format));
    }

    /// <summary>Scores predictions that another program made for the same splits.</summary>
    /// <exception cref="DataException">The file does not fit the splits; the problems are named.</exception>
    public static void EvaluateExternal(LoadedExperiment experiment, LoadedModel model, IReadOnlyList<ProtocolSplits> protocols, StageWork work)
    {
        var results = ExternalPredictions.Read(model.PredictionsPath!, experiment.Table, protocols);
        var evaluation = new EvaluationSummary(experiment.Table, experiment.Seeds)
            .Summarize(model.Name, [.. results.Select(r => (r.Protocol, new List<IReadOnlyList<SplitResult>> { r.Splits }))]);
        AtomicFile.WriteText(work.File(EvaluationFile), JsonSerializer.Serialize(evaluation, ModelManifest.Format));
    }

    public static ModelEvaluation ReadEvaluation(string folder) =>
        JsonSerializer.Deserialize<ModelEvaluation>(File.ReadAllText(Path.Combine(folder, EvaluationFile)), ModelManifest.Format)
        ?? throw new InvalidDataException($"{EvaluationFile} in {folder} is empty");

    public static void Fit(LoadedExperiment experiment, LoadedModel model, ModelPipeline pipeline, string? backboneFolder, string hash, StageWork work)
    {
        var table = experiment.Table;
        var rows = pipeline.ApplyLeading(table.ToView()).All();
        using var fitted = pipeline.WithIntervals(rows, experiment.Config.Intervals, experiment.Config.Intervals, table.Targets, experiment.Seeds.Seed("folds/fit")).Fit(rows);
        var manifest = new ModelManifest
        {
            ConfigHash = hash,
            BackboneHash = backboneFolder is null ? null : BackboneFolder.ReadSummary(backboneFolder).WeightsHash,
            Experiment = experiment.Config.Name,
            Model = model.Name,
            DataHash = table.CanonicalHash,
            TrainingRows = table.RowCount,
            IsComposition = table.IsComposition,
            CategoricalColumns = table.CategoricalColumns,
            NumericColumns = table.NumericColumns,
            IdColumn = table.IdColumn,
            GroupColumns = table.IsComposition ? [] : [.. table.GroupColumns.Except(table.CategoricalColumns)],
            Targets = [.. table.Targets.Select(t => new ManifestTarget(t.Name, t.Unit))],
            Seen = table.DistinctTexts(),
            Alpha = experiment.Config.Intervals.Alpha[0],
            Folds = experiment.Config.Intervals.Folds,
            Seed = experiment.Config.Seed,
            Steps = [.. model.Pipeline.Steps.Select(s => new ManifestStep(s.Type, JsonSerializer.SerializeToNode(s.Options, s.Options.GetType(), ModelManifest.Format)!.AsObject()))],
        };
        var service = new PredictionService(manifest, pipeline, fitted);
        ModelFolder.Write(work.Folder, backboneFolder, fitted.ToState(), manifest, service.Export(), service.Golden(GoldenBatch.Choose(table)));
    }
}
