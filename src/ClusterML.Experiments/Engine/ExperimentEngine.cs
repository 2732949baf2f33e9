using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Data.Datasets;
using ClusterML.Data.Errors;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;
using ClusterML.Experiments.Yaml;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Engine;

/// <summary>Validates, plans and runs experiments.</summary>
public sealed class ExperimentEngine
{
    private readonly EngineOptions options;
    private readonly StepRegistry registry;
    private readonly StageCache cache;

    /// <summary>An engine.</summary>
    /// <param name="options">Its surroundings.</param>
    /// <param name="registry">The steps that pipelines can name; null: all of this project.</param>
    public ExperimentEngine(EngineOptions options, StepRegistry? registry = null)
    {
        this.options = options;
        this.registry = registry ?? StepRegistry.Default;
        cache = new(Path.Combine(options.ArtifactsRoot, "cache"));
    }

    /// <summary>The cache of stage results.</summary>
    public StageCache Cache => cache;

    /// <summary>Reads a config with its pipelines and checks the form of both and all that they refer to.</summary>
    /// <exception cref="ConfigException">Anything is wrong; every problem is named.</exception>
    public LoadedExperiment Load(string configPath, IReadOnlyList<string> sets) =>
        new ExperimentLoader(registry, options).Load(configPath, sets);

    /// <summary>Reads the rows and checks that the experiment can be done on them.</summary>
    /// <exception cref="DataException">It cannot.</exception>
    /// <exception cref="ConfigException">A protocol or a pipeline does not fit the table.</exception>
    /// <exception cref="AuditException">The audit found something severe that the config does not accept.</exception>
    /// <exception cref="VerificationException">The published backbone is damaged or not the one that the config asks for.</exception>
    public AuditReport CheckData(LoadedExperiment experiment)
    {
        NetworkChecks.RequirePublished(experiment);
        if (experiment.Source is not null)
        {
            DataStages.RequireRows(experiment.Table, experiment.Config.Intervals, experiment.Positions);
            RequireDecisionTargets(experiment);
            RequireHeldOutGroups(experiment);
            ProtocolResolver.Listed(experiment.Config.Protocols, experiment.Table, experiment.Config.Intervals.FewestRows(), experiment.ConfigFolder);
            SchemaCheck.Require(experiment, registry);
            RequireExternalPredictions(experiment);
            RequireCalibrationGroups(experiment);
        }

        var report = Audit(experiment);
        return report.Stopping.Count == 0 ? report : throw new AuditException(report);
    }

    /// <summary>What the audit of the experiment finds, with what its config accepts; taken from the cache where it is up to date.</summary>
    /// <exception cref="DataException">A table cannot be read.</exception>
    public AuditReport Audit(LoadedExperiment experiment)
    {
        var findings = experiment.Audited(() => new StageGraph(experiment, registry, options).Audit is var stage && cache.Contains(stage.Kind, stage.Hash)
            ? AuditReportFile.FromJson(File.ReadAllText(Path.Combine(cache.PathOf(stage.Kind, stage.Hash), AuditReportFile.FileName)))
            : new ExperimentAudit(experiment, registry).Run());
        return findings.Accept(experiment.Config.Audit.Accept.Select(Acceptance.Parse));
    }

    /// <summary>Writes <c>support.json</c> of the experiment's pretraining table beside the weights of a backbone that lacks it.</summary>
    /// <param name="experiment">An experiment that pretrains.</param>
    /// <param name="folder">The backbone's folder.</param>
    /// <exception cref="VerificationException">The backbone was pretrained on other rows.</exception>
    public void WriteSupport(LoadedExperiment experiment, string folder)
    {
        var table = (experiment.PretrainingSource ?? throw new ArgumentException("the experiment pretrains no backbone", nameof(experiment))).Load();
        var summary = BackboneFolder.Verify(folder);
        if (!summary.Origin.Contains(table.CanonicalHash[..12], StringComparison.Ordinal))
        {
            throw new VerificationException($"{folder}: {summary.Origin}; the rows of this experiment are {table.CanonicalHash[..12]}");
        }

        BackboneSupportFile.Write(folder, PretrainingRows.Of(table, (PretrainBackboneConfig)experiment.Config.Backbone!, experiment.Seeds).Support with { WeightsHash = summary.WeightsHash });
    }

    /// <summary>The stages of a run and which of them are up to date. Nothing runs.</summary>
    public RunPlan Plan(LoadedExperiment experiment) =>
        new([.. new StageGraph(experiment, registry, options).All.Select(s =>
            new PlannedStage(s.Name, s.Hash, cache.Contains(s.Kind, s.Hash), [.. s.Inputs.Select(i => i.Name)]))]);

    /// <summary>The splits of the experiment's protocols as lists of row ids, by protocol; those that this table is too small for are missing.</summary>
    /// <exception cref="DataException">The rows cannot be used, or have no ids.</exception>
    public IReadOnlyDictionary<string, ListedSplits> Splits(LoadedExperiment experiment)
    {
        CheckData(experiment);
        var (config, table) = (experiment.Config, experiment.Table);
        var resolved = ProtocolResolver.Resolve(config.Protocols, table, config.Intervals.FewestRows(), experiment.Seeds, experiment.ConfigFolder);
        return SplitLists.Of(config.Protocols, resolved, table, config.Seed);
    }

    /// <summary>Every stage result and the run folders that used it.</summary>
    public IReadOnlyList<CacheUse> CacheUse() => Engine.CacheUse.Of(cache, Path.Combine(options.ArtifactsRoot, "runs"));

    /// <summary>The config with every default filled in.</summary>
    public string Render(LoadedExperiment experiment) => ConfigRenderer.Render(experiment.Config, new RenderOptions
    {
        Header = [$"Every default filled in. Relative paths start in the folder of {Path.GetFileName(experiment.ConfigPath)}."],
    });

    /// <summary>JSON Schema of <c>experiment</c>, <c>pipeline</c>, <c>labels</c>, <c>dataset</c> or <c>splits</c> files, indented.</summary>
    /// <exception cref="ArgumentException">There is no schema of that kind.</exception>
    public string Schema(string kind) => kind switch
    {
        "experiment" => SchemaGenerator.GenerateText(typeof(ExperimentConfig)),
        "pipeline" => SchemaGenerator.GenerateText(typeof(PipelineConfig), registry),
        "labels" => SchemaGenerator.GenerateText(typeof(LabelsConfig)),
        "dataset" => SchemaGenerator.GenerateText(typeof(DatasetDescription)),
        "splits" => SchemaGenerator.GenerateText(typeof(ListedSplits)),
        _ => throw new ArgumentException($"there is no schema {kind}; kinds: experiment, pipeline, labels, dataset, splits", nameof(kind)),
    };

    /// <summary>Runs every stage that is not up to date and fills the run folder.</summary>
    /// <exception cref="DataException">The rows cannot be used; nothing was started.</exception>
    /// <exception cref="AuditException">The audit found something severe that the config does not accept; nothing was started.</exception>
    /// <exception cref="UnknownStageException">A stage to force is not part of the run.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; the same call goes on later.</exception>
    public RunOutcome Run(LoadedExperiment experiment, RunRequest request, IRunObserver observer, CancellationToken cancellation)
    {
        var audit = CheckData(experiment);
        var graph = new StageGraph(experiment, registry, options);
        RequireKnownStages(graph, request.ForceStages);
        var name = experiment.Config.Name;
        var resolved = Render(experiment);
        var hash = ContentHash.OfParts(graph.All.Select(s => (s.Name, s.Hash)).Append(("config", resolved)));
        using var run = RunDirectory.Open(request.OutRoot ?? Path.Combine(options.ArtifactsRoot, "runs"), name, hash, options.Clock);
        var log = new RunLog(run.File("log.ndjson"), options.Clock, observer);
        if (run.Resumed)
        {
            log.Note($"an interrupted run goes on in {run.Path}");
        }

        log.Note($"audit: {audit.Summary()}");
        foreach (var check in audit.Checks.Where(c => c.Reason?.StartsWith("not measured", StringComparison.Ordinal) == true))
        {
            log.Note($"{check.Name}: {check.Reason}");
        }

        AtomicFile.WriteText(run.File(AuditReportFile.FileName), AuditReportFile.ToJson(audit));
        AtomicFile.WriteText(run.File(RunFolder.ConfigFile), resolved);
        AtomicFile.WriteText(run.File(RunFolder.EnvironmentFile), RunEnvironment.Describe(experiment, options.Parallelism));
        var runner = new StageRunner(cache, run, log, options.Clock);
        runner.Run(graph.All, request.ForceStages.ToHashSet(StringComparer.Ordinal), cancellation);
        var hidden = graph.Fit is not { } fit ? null : new SealedHoldOut(experiment, options.ArtifactsRoot, options.Clock)
            .Summarize(fit, cache.PathOf(fit.Kind, fit.Hash), () => graph.MainPipeline(stage => cache.PathOf(stage.Kind, stage.Hash)), log.Note);
        new RunAssembly(experiment, graph, cache, run).Write(hidden);
        request.BeforeFinish?.Invoke(run.Path);
        runner.Finish();
        return new(run.Path, run.Resumed);
    }

    // A host without rows yet is "not measured" in a table of clusters that grows; in a csv table it is a slip of the pen.
    private static void RequireHeldOutGroups(LoadedExperiment experiment)
    {
        var problems =
            from indexed in experiment.Config.Protocols.Index()
            let protocol = indexed.Item as HoldOutFractionConfig
            where protocol is not null && !experiment.Table.IsComposition
            let values = experiment.Table.TextColumns[protocol.Column]
            where !values.Contains(protocol.Value)
            select experiment.Positions.Problem(
                FormattableString.Invariant($"protocols[{indexed.Index}].value"),
                $"column {protocol.Column} has no {protocol.Value}; it has {string.Join(", ", values.Distinct().Order(StringComparer.Ordinal).Take(20))}");
        if (problems.Concat(UnknownAdaptationGroups(experiment)).ToList() is { Count: > 0 } found)
        {
            throw new ConfigException(found);
        }
    }

    // An element without rows yet is named in the notes of the protocol, as is a group with too few; a name that is no element is a slip.
    private static IEnumerable<ConfigProblem> UnknownAdaptationGroups(LoadedExperiment experiment)
    {
        foreach (var (i, protocol) in experiment.Config.Protocols.Index().Where(p => p.Item is AdaptationConfig).Select(p => (p.Index, (AdaptationConfig)p.Item)))
        {
            string[] known = [.. experiment.Table.TextColumns[protocol.Column].Distinct().Order(StringComparer.Ordinal)];
            var elements = experiment.Table.IsComposition && protocol.Column is "host" or "dopant";
            foreach (var (g, group) in protocol.Groups.Index().Where(g => !known.Contains(g.Item) && !(elements && ElementTable.Default.Find(g.Item) is not null)))
            {
                yield return experiment.Positions.Problem(
                    FormattableString.Invariant($"protocols[{i}].groups[{g}]"), $"column {protocol.Column} has no {group} {NearestName.Hint(group, known, "it has")}");
            }
        }
    }

    private static void RequireDecisionTargets(LoadedExperiment experiment)
    {
        if (experiment.Config.Intervals.Decision is not { } decision)
        {
            return;
        }

        var names = experiment.Table.Targets.Select(t => t.Name).ToList();
        var problems = new[] { ("minuend", decision.Minuend), ("subtrahend", decision.Subtrahend) }
            .Where(d => d.Item2 is not null && !names.Contains(d.Item2))
            .Select(d => experiment.Positions.Problem($"intervals.decision.{d.Item1}", $"the table has no target {d.Item2}; it has {string.Join(", ", names)}"))
            .ToList();
        if (decision.Subtrahend == decision.Minuend)
        {
            problems.Add(experiment.Positions.Problem(
                "intervals.decision.subtrahend", $"{decision.Minuend} less itself is always 0; name another target, or leave it out to decide by the sign of {decision.Minuend}"));
        }

        if (decision.Negative == decision.Positive)
        {
            problems.Add(experiment.Positions.Problem("intervals.decision.positive", $"both verdicts are called {decision.Positive}; give them different names"));
        }

        if (problems.Count > 0)
        {
            throw new ConfigException(problems);
        }
    }

    private static void RequireExternalPredictions(LoadedExperiment experiment)
    {
        string[] files = [.. experiment.Models.Select(m => m.PredictionsPath).OfType<string>()];
        if (files.Length > 0)
        {
            var config = experiment.Config;
            var protocols = ProtocolResolver.Resolve(config.Protocols, experiment.Table, config.Intervals.FewestRows(), experiment.Seeds, experiment.ConfigFolder);
            foreach (var file in files)
            {
                ExternalPredictions.Read(file, experiment.Table, protocols);
            }
        }
    }

    private static void RequireCalibrationGroups(LoadedExperiment experiment)
    {
        var config = experiment.Config;
        if (config.Intervals.Also.Prepend(config.Intervals).Any(m => GroupPolicy.Error is var error && (m.SmallGroup == error || m.UnseenGroup == error)))
        {
            CalibrationGroups.Require(
                experiment.Table, ProtocolResolver.Resolve(config.Protocols, experiment.Table, config.Intervals.FewestRows(), experiment.Seeds, experiment.ConfigFolder), config.Intervals);
        }
    }

    private static void RequireKnownStages(StageGraph graph, IReadOnlyList<string> force)
    {
        var known = graph.All.SelectMany(s => new[] { s.Name, s.Kind }).Distinct().ToList();
        if (force.FirstOrDefault(f => !known.Contains(f)) is { } unknown)
        {
            throw new UnknownStageException(unknown, graph.All.Select(s => s.Name));
        }
    }
}
