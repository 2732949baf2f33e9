using ClusterML.Experiments.Runs;

namespace ClusterML.Cli.Engine;

/// <summary>Answers the verbs from the experiment engine, and turns its exceptions into exit codes.</summary>
internal sealed class EngineAdapter : IExperimentEngine
{
    public void Validate(ConfigSource config) => throw Missing();

    public IReadOnlyList<StageView> Plan(ConfigSource config) => throw Missing();

    public RunResult Run(ConfigSource config, RunOptions options, IRunProgress progress, CancellationToken cancellation) => throw Missing();

    public string Render(ConfigSource config) => throw Missing();

    public string Schema(string kind) => throw Missing();

    public DataSummary Describe(ConfigSource config) => throw Missing();

    public IReadOnlyList<PredictionView> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows) => throw Missing();

    public ReportPaths WriteReport(string runFolder) => throw Missing();

    public IReadOnlyList<CacheView> ListCache() => throw Missing();

    public IReadOnlyList<CacheView> CleanCache(bool all, string? stage, bool dryRun) => throw Missing();

    private static CommandFailure Missing() => new(ExitCodes.Failed, "the experiment engine is not part of this build");
}
