using System.ComponentModel.DataAnnotations;
using ClusterML.Data;
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

    public IReadOnlyList<StageView> Plan(ConfigSource config) => Guarded(() =>
        engine.Plan(engine.Load(config.Path, config.Sets)).Stages.Select(s => new StageView(s.Name, s.Hash, s.UpToDate, s.Inputs)).ToList());

    public RunResult Run(ConfigSource config, RunOptions run, IRunProgress progress, CancellationToken cancellation) => Guarded(() =>
    {
        var outcome = engine.Run(
            engine.Load(config.Path, config.Sets),
            new RunRequest { OutRoot = run.OutRoot, ForceStages = run.ForceStages },
            new Observer(progress),
            cancellation);
        RunReport.Write(outcome.RunFolder);
        return new RunResult(outcome.RunFolder, outcome.Resumed);
    });

    public string Render(ConfigSource config) => Guarded(() => engine.Render(engine.Load(config.Path, config.Sets)));

    public string Schema(string kind) => Guarded(() => engine.Schema(kind));

    public DataSummary Describe(ConfigSource config) => Guarded(() => engine.Describe(engine.Load(config.Path, config.Sets)));

    public IReadOnlyList<PredictionView> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows) => Guarded(() =>
        PredictionService.Load(modelOrRunFolder)
            .Predict(
                [.. rows.Select(r => new PredictionRowText(r.RowId, r.Cells.ToDictionary(c => c.Key, c => (c.Value.Text, c.Value.Line, c.Value.Column))))],
                rows.Select(r => r.File).FirstOrDefault() ?? string.Empty)
            .Select(p => new PredictionView(
                p.RowId, p.Host, p.Dopant, p.Target, p.Unit, p.Prediction, p.Lower, p.Upper, p.HostSeen, p.DopantSeen, p.Known, p.Guarantee))
            .ToList());

    public ReportPaths WriteReport(string runFolder) => Guarded(() =>
    {
        RunReport.Write(runFolder);
        return new ReportPaths(Path.Combine(runFolder, RunReport.ReportFile), Path.Combine(runFolder, RunReport.CardFile));
    });

    public IReadOnlyList<CacheView> ListCache() => [.. engine.CacheUse().Select(View)];

    public IReadOnlyList<CacheView> CleanCache(bool all, string? stage, bool dryRun)
    {
        var entries = engine.CacheUse().Where(e => (all || e.Runs.Count == 0) && (stage is null || e.Entry.Stage == stage)).ToList();
        if (!dryRun)
        {
            entries.ForEach(e => engine.Cache.Remove(e.Entry.Stage, e.Entry.Hash));
        }

        return [.. entries.Select(View)];
    }

    private static CacheView View(CacheUse use) =>
        new(use.Entry.Stage, use.Entry.Hash, use.Entry.Path, use.Entry.Bytes, use.Runs);

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

    private sealed class Observer(IRunProgress progress) : IRunObserver
    {
        public void StageStarted(string stage, bool cached) => progress.StageStarted(stage, cached);

        public void StageProgress(string stage, double fraction, string message) => progress.StageProgress(stage, fraction, message);

        public void StageFinished(string stage, TimeSpan elapsed) => progress.StageFinished(stage, elapsed);

        public void Note(string message) => progress.Note(message);
    }
}
