using System.Text.Json;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Stages;
using ClusterML.Learning.Steps;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Engine;

/// <summary>The stages of one experiment, each with the hash of everything it reads.</summary>
/// <remarks>A stage names its inputs by their own input hashes, so the whole graph is known before anything runs.</remarks>
internal sealed class StageGraph
{
    private static readonly string DataCode = ContentHash.OfCode(typeof(Element).Assembly, typeof(DataTable).Assembly);

    private static readonly string TrainingCode = ContentHash.OfParts(
        ("data", DataCode),
        ("training", ContentHash.OfCode(typeof(StepState).Assembly, typeof(FtBackbone).Assembly)),
        ("packages", Packages()));

    private static readonly string EvaluationCode = ContentHash.OfParts(
        ("training", TrainingCode),
        ("experiments", ContentHash.OfCode(typeof(StageGraph).Assembly)));

    private readonly LoadedExperiment experiment;
    private readonly StepRegistry registry;
    private readonly EngineOptions options;

    /// <summary>Builds the graph.</summary>
    public StageGraph(LoadedExperiment experiment, StepRegistry registry, EngineOptions options)
    {
        this.experiment = experiment;
        this.registry = registry;
        this.options = options;
        Backbone = experiment.Config.Backbone switch
        {
            PublishedBackboneConfig published => PublishedStage(published),
            PretrainBackboneConfig pretrain => PretrainStage(pretrain),
            _ => null,
        };
        Data = DataStage();
        if (experiment.Source is not null)
        {
            Split = SplitStage(Data);
            Evaluations = [.. experiment.Models.Select(model => EvaluationStage(model, Data, Split))];
            Fit = FitStage(experiment.Models.Single(m => m.IsMain), Data);
        }

        Audit = AuditStage(Data, Split);
    }

    /// <summary>Reads the table.</summary>
    public Stage Data { get; }

    /// <summary>Audits the table, its splits and what the backbone saw. No stage reads it: it stops a run or does not.</summary>
    public Stage Audit { get; }

    /// <summary>Makes the frozen network, or null.</summary>
    public Stage? Backbone { get; }

    /// <summary>Draws the splits.</summary>
    public Stage? Split { get; }

    /// <summary>Evaluates each model, in the order of the config.</summary>
    public IReadOnlyList<Stage> Evaluations { get; } = [];

    /// <summary>Fits the main model on all rows.</summary>
    public Stage? Fit { get; }

    /// <summary>All stages, in an order in which they can run.</summary>
    public IReadOnlyList<Stage> All => [.. new[] { Data, Audit, Backbone, Split }.Concat(Evaluations).Append(Fit).OfType<Stage>()];

    // The versions of all packages: the assembly version of most ML.NET packages never changes.
    private static string Packages() => ContentHash.OfParts(
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.deps.json").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), ContentHash.OfFile(f))));

    private Stage DataStage()
    {
        var (source, table) = experiment.Source is { } own
            ? (own, experiment.Config.Data.Table!)
            : (experiment.PretrainingSource!, ((PretrainBackboneConfig)experiment.Config.Backbone!).Table);
        var hash = ContentHash.OfParts(
            ("source", source.SourceHash()),
            ("config", ContentHash.OfOptions(table)),
            ("sealed", experiment.Config.Data.Sealed is { } hidden ? ContentHash.OfOptions(hidden with { Open = false }) : string.Empty),
            ("code", DataCode));
        return new("data", hash, [], work => DataStages.WriteSummary(experiment.Table, work));
    }

    // Acceptance is not part of it: findings are, and what is accepted is judged on top of them.
    private Stage AuditStage(Stage data, Stage? split)
    {
        var config = experiment.Config;
        var support = config.Backbone is PublishedBackboneConfig published
            ? Path.Combine(PublishedBackbones.FolderOf(published, experiment.ConfigFolder), BackboneSupportFile.FileName)
            : null;
        var hash = ContentHash.OfParts(
            ("data", data.Hash),
            ("pretraining", experiment.PretrainingSource?.SourceHash() ?? string.Empty),
            ("backbone", config.Backbone switch
            {
                PretrainBackboneConfig pretrain => FormattableString.Invariant($"{ContentHash.OfOptions(pretrain)} {config.Seed}"),
                null => string.Empty,
                _ => File.Exists(support) ? ContentHash.OfFile(support) : "support not known",
            }),
            ("used", string.Join(' ', experiment.Models.Where(m => BackboneOf(m) is not null).Select(m => m.Name))),
            ("identities", JsonSerializer.Serialize(config.Audit.Identities)),
            ("splits", split?.Hash ?? string.Empty),
            ("code", EvaluationCode));
        return new("audit", hash, [data], work => AtomicFile.WriteText(
            work.File(AuditReportFile.FileName), AuditReportFile.ToJson(experiment.Audited(() => new ExperimentAudit(experiment, registry).Run()))));
    }

    private Stage PublishedStage(PublishedBackboneConfig published)
    {
        var folder = PublishedBackbones.FolderOf(published, experiment.ConfigFolder);
        var hash = ContentHash.OfParts(("folder", ContentHash.OfFolder(folder)), ("weights", published.WeightsHash), ("code", TrainingCode));
        return new("backbone", hash, [], work => BackboneStages.CopyPublished(folder, published, work));
    }

    private Stage PretrainStage(PretrainBackboneConfig pretrain)
    {
        var source = experiment.PretrainingSource!;
        var hash = ContentHash.OfParts(
            ("source", source.SourceHash()),
            ("config", ContentHash.OfOptions(pretrain)),
            ("seed", FormattableString.Invariant($"{experiment.Config.Seed}")),
            ("code", TrainingCode));
        return new("pretrain", hash, [], work => BackboneStages.Pretrain(source, pretrain, experiment.Seeds, work));
    }

    private Stage SplitStage(Stage data)
    {
        var config = experiment.Config;
        var hash = ContentHash.OfParts(
            ("data", data.Hash),
            ("protocols", JsonSerializer.Serialize(config.Protocols)),
            ("lists", ContentHash.OfParts(config.Protocols.OfType<ListedConfig>().Select(p => (p.Name, ContentHash.OfFile(Path.GetFullPath(p.Path, experiment.ConfigFolder)))))),
            ("folds", FormattableString.Invariant($"{config.Intervals.FewestRows()}")),
            ("seed", FormattableString.Invariant($"{config.Seed}")),
            ("code", EvaluationCode));
        return new("split", hash, [data], work => DataStages.WriteSplits(
            ProtocolResolver.Resolve(config.Protocols, experiment.Table, config.Intervals.FewestRows(), experiment.Seeds, experiment.ConfigFolder), work));
    }

    private Stage EvaluationStage(LoadedModel model, Stage data, Stage split)
    {
        if (model.PredictionsPath is { } predictions)
        {
            var hash = ContentHash.OfParts(("rows", split.Hash), ("predictions", ContentHash.OfFile(predictions)), ("name", model.Name), ("code", EvaluationCode));
            return new($"evaluate.{model.Name}", hash, [data, split], work => ModelStages.EvaluateExternal(experiment, model, DataStages.ReadSplits(work.Result(split)), work));
        }

        var backbone = BackboneOf(model);
        return new($"evaluate.{model.Name}", ModelHash(model, split, backbone), [data, split, .. backbone is null ? [] : new[] { backbone }], work =>
            ModelStages.Evaluate(experiment, model, seed => PipelineOf(model, seed, backbone is null ? null : work.Result(backbone)), DataStages.ReadSplits(work.Result(split)), options, work));
    }

    private Stage FitStage(LoadedModel model, Stage data)
    {
        var backbone = BackboneOf(model);
        var hash = ModelHash(model, data, backbone);
        return new("fit", hash, [data, .. backbone is null ? [] : new[] { backbone }], work =>
            ModelStages.Fit(experiment, model, PipelineOf(model, 0, backbone is null ? null : work.Result(backbone)), backbone is null ? null : work.Result(backbone), hash, work));
    }

    private string ModelHash(LoadedModel model, Stage rows, Stage? backbone) => ContentHash.OfParts(
        ("rows", rows.Hash),
        ("backbone", backbone?.Hash ?? string.Empty),
        ("pipeline", ContentHash.OfParts(model.Pipeline.Steps.Select(s => (s.Type, ContentHash.OfOptions(s.Options))))),
        ("name", model.Name),
        ("seeds", FormattableString.Invariant($"{model.Seeds}")),
        ("intervals", ContentHash.OfOptions(experiment.Config.Intervals)),
        ("seed", FormattableString.Invariant($"{experiment.Config.Seed}")),
        ("code", EvaluationCode));

    private Stage? BackboneOf(LoadedModel model) => model.Pipeline.Steps.Any(s => registry.Get(s.Type).NeedsBackbone) ? Backbone : null;

    /// <summary>The main model's pipeline, as its fit made it.</summary>
    /// <param name="result">Folder of a stage's result.</param>
    internal ModelPipeline MainPipeline(Func<Stage, string> result)
    {
        var main = experiment.Models.Single(m => m.IsMain);
        return PipelineOf(main, 0, BackboneOf(main) is { } backbone ? result(backbone) : null);
    }

    private ModelPipeline PipelineOf(LoadedModel model, int repetition, string? backboneFolder) =>
        PipelineFactory.Create(model.Pipeline, registry, experiment.Table, experiment.Seeds, model.Name, repetition, backboneFolder);
}
