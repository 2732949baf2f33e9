using ClusterML.Cli.Engine;
using ClusterML.Cli.Verbs.Datasets;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Labels;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Tests;

/// <summary>An engine whose answers a test gives.</summary>
internal sealed class TestEngine : IExperimentEngine
{
    public Func<ConfigSource, RunRequest, IRunObserver, RunOutcome> OnRun { get; init; } = (_, _, _) => new RunOutcome("/runs/r", false);

    public Action<ConfigSource> OnValidate { get; init; } = _ => { };

    public IReadOnlyList<PredictionRow>? Rows { get; private set; }

    public IReadOnlyList<PredictionOutput> Predictions { get; init; } = [];

    public AuditReport Report { get; init; } = new("csv", 3, [], []);

    public (string Path, AuditOptions Options, IReadOnlyList<string> Targets)? Audited { get; private set; }

    public X12tmOptions? Calculations { get; private set; }

    public string? SupportFolder { get; private set; }

    public AuditReport Validate(ConfigSource config)
    {
        OnValidate(config);
        return Report;
    }

    public AuditReport Audit(ConfigSource config) => Report;

    public AuditReport AuditSource(string path, string shownAs, AuditOptions options, IReadOnlyList<string> targets, X12tmOptions calculations)
    {
        Audited = (path, options, targets);
        Calculations = calculations;
        return Report;
    }

    public void WriteSupport(ConfigSource config, string folder) => SupportFolder = folder;

    public IReadOnlyList<PlannedStage> Plan(ConfigSource config) => [new("data", "0123456789abcdef", true, []), new("fit", "fedcba9876543210", false, ["data"])];

    public RunOutcome Run(ConfigSource config, RunRequest options, IRunObserver progress, CancellationToken cancellation) => OnRun(config, options, progress);

    public string Render(ConfigSource config) => "name: rendered\n";

    public LabelCampaign Campaign(ConfigSource config) => LabelCampaign.Load(config.Path, config.Sets);

    public (int Results, int Failures) ExportCampaign(ConfigSource config, string folder) => LabelExport.Write(Campaign(config), folder);

    public string Schema(string kind) => $"{{ \"title\": \"{kind}\" }}\n";

    public DataTarget Table(ConfigSource config) => new(
        new DataTable("csv", ["a", "b", "c"])
        {
            IdColumn = "id",
            TextColumns = new Dictionary<string, string[]> { ["host"] = ["Zr", "Ti", "Ti"] },
            CategoricalColumns = ["host"],
            GroupColumns = ["host"],
            Targets = [new("y", "eV")],
            TargetValues = [[0.25], [0.5], [0.75]],
            LeftOut = [new("t.csv:4", "energy missing")],
        },
        null,
        null,
        null);

    public IReadOnlyDictionary<string, ListedSplits> Splits(ConfigSource config) => new Dictionary<string, ListedSplits>();

    public TableFiles Files(ConfigSource config) => new("/data", 0.08, string.Empty);

    public ModelVerificationReport Verification { get; init; } = new("model", []);

    public ModelVerificationReport VerifyModel(string folder) => Verification;

    public IReadOnlyList<PredictionOutput> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows)
    {
        Rows = rows;
        return Predictions;
    }

    public ReportPaths WriteReport(string runFolder) => new(Path.Combine(runFolder, "report.html"), Path.Combine(runFolder, "MODEL_CARD.md"));

    public IReadOnlyList<CacheUse> ListCache() => [new("fit", "fedcba9876543210", "/cache/fit/fedc", 1500000, true, ["/runs/r"])];

    public IReadOnlyList<CacheUse> CleanCache(bool all, string? stage, bool dryRun) => all ? ListCache() : [];
}

/// <summary>An interruption that a test causes.</summary>
internal sealed class TestInterruption : Terminal.IInterruption, IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public int? ExitCode { get; private set; }

    public TimeSpan? Budget { get; private set; }

    public void StopAfter(TimeSpan budget, TimeProvider clock) => Budget = budget;

    public void Stop(int exitCode)
    {
        ExitCode = exitCode;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
