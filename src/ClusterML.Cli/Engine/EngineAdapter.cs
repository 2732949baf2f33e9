using System.ComponentModel.DataAnnotations;
using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Yaml;
using ClusterML.Reports;

namespace ClusterML.Cli.Engine;

/// <summary>Answers the verbs from the experiment engine, and turns its exceptions into exit codes.</summary>
internal sealed class EngineAdapter(EngineOptions options) : IExperimentEngine
{
    private readonly ExperimentEngine engine = new(options);

    public void Validate(ConfigSource config) => Guarded(() =>
    {
        engine.CheckData(engine.Load(config.Path, config.Sets));
        return true;
    });

    public IReadOnlyList<PlannedStage> Plan(ConfigSource config) => Guarded(() => engine.Plan(engine.Load(config.Path, config.Sets)).Stages);

    public RunOutcome Run(ConfigSource config, RunRequest request, IRunObserver observer, CancellationToken cancellation) => Guarded(() =>
        engine.Run(engine.Load(config.Path, config.Sets), request with { BeforeFinish = folder => RunReport.Write(folder) }, observer, cancellation));

    public string Render(ConfigSource config) => Guarded(() => engine.Render(engine.Load(config.Path, config.Sets)));

    public string Schema(string kind) => Guarded(() => engine.Schema(kind));

    public DataSummary Describe(ConfigSource config) => Guarded(() => engine.Describe(engine.Load(config.Path, config.Sets)));

    public TableFiles Files(ConfigSource config) => Guarded(() =>
    {
        var experiment = engine.Load(config.Path, config.Sets);
        string Beside(string path) => Path.GetFullPath(path, Path.GetDirectoryName(experiment.ConfigPath)!);
        return experiment.Config.Data?.Table switch
        {
            X12tmTableConfig table => new TableFiles(Beside(table.Path), table.MaxForce, table.Fingerprint),
            CsvTableConfig table => new TableFiles(Beside(table.Path), null, string.Empty),
            _ => throw new DataException([new DataProblem(config.Path, 0, 0, "data.table holds no sites of X12TM clusters: use a config whose table is x12tm, or name the dataset itself")]),
        };
    });

    public IReadOnlyList<PredictionOutput> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows) =>
        Guarded(() => PredictionService.Load(modelOrRunFolder).Predict(rows));

    public ReportPaths WriteReport(string runFolder) => Guarded(() =>
    {
        RunReport.Write(runFolder);
        return new ReportPaths(Path.Combine(runFolder, RunReport.ReportFile), Path.Combine(runFolder, RunReport.CardFile));
    });

    public IReadOnlyList<CacheUse> ListCache() => engine.CacheUse();

    public IReadOnlyList<CacheUse> CleanCache(bool all, string? stage, bool dryRun)
    {
        var entries = ListCache().Where(e => (all || e.Runs.Count == 0) && (stage is null || e.Stage == stage)).ToList();
        if (!dryRun)
        {
            entries.ForEach(e => engine.Cache.Remove(e.Stage, e.Hash));
        }

        return entries;
    }

    private static T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (ConfigException e)
        {
            throw new CommandFailure(ExitCodes.InvalidConfig, [.. e.Problems.Select(p => new Problem(p.Message, p.File, p.Line, p.Column, p.Path))], e);
        }
        catch (DataException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [.. e.Problems.Select(p => new Problem(p.Message, p.File.Length == 0 ? null : p.File, p.Line, p.Column))], e);
        }
        catch (VerificationException e)
        {
            throw new CommandFailure(ExitCodes.VerificationMismatch, [new Problem(e.Message)], e);
        }
        catch (ValidationException e)
        {
            throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(e.Message)], e);
        }
        catch (UnknownStageException e)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, [new Problem(e.Message)], e);
        }
    }
}
