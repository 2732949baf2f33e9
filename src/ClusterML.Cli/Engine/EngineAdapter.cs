using ClusterML.Cli.Verbs.Datasets;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Labels;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Yaml;
using ClusterML.Reports;

namespace ClusterML.Cli.Engine;

/// <summary>Answers the verbs from the experiment engine, and turns its exceptions into exit codes.</summary>
internal sealed class EngineAdapter(EngineOptions options) : IExperimentEngine
{
    private readonly ExperimentEngine engine = new(options);

    public AuditReport Validate(ConfigSource config) => Guard.Run(() => engine.CheckData(engine.Load(config.Path, config.Sets)));

    public AuditReport Audit(ConfigSource config) => Guard.Run(() => engine.Audit(engine.Load(config.Path, config.Sets)));

    public AuditReport AuditSource(string path, string shownAs, AuditOptions options, IReadOnlyList<string> targets, X12tmOptions calculations) => Guard.Run(() =>
    {
        try
        {
            return SourceAudit.Run(path, options, targets, calculations);
        }
        catch (DataException e)
        {
            throw new DataException([.. e.Problems.Select(p => p.File == path ? p with { File = shownAs } : p)]);
        }
    });

    public void WriteSupport(ConfigSource config, string folder) => Guard.Run(() =>
    {
        engine.WriteSupport(engine.Load(config.Path, config.Sets), folder);
        return true;
    });

    public IReadOnlyList<PlannedStage> Plan(ConfigSource config) => Guard.Run(() => engine.Plan(engine.Load(config.Path, config.Sets)).Stages);

    public RunOutcome Run(ConfigSource config, RunRequest request, IRunObserver observer, CancellationToken cancellation) => Guard.Run(() =>
        engine.Run(engine.Load(config.Path, config.Sets), request with { BeforeFinish = folder => RunReport.Write(folder) }, observer, cancellation));

    public string Render(ConfigSource config) => Guard.Run(() => engine.Render(engine.Load(config.Path, config.Sets)));

    public LabelCampaign Campaign(ConfigSource config) => Guard.Run(() => Load(config));

    public (int Results, int Failures) ExportCampaign(ConfigSource config, string folder) =>
        Guard.Run(() => LabelExport.Write(Load(config), folder));

    // Of a file of another kind, what it lacks of this kind is beside the point.
    private static LabelCampaign Load(ConfigSource config)
    {
        try
        {
            return LabelCampaign.Load(config.Path, config.Sets);
        }
        catch (ConfigException e) when (e.Problems.FirstOrDefault(p => p.Path == "schema" && p.Message.Contains("found \"clusterml/", StringComparison.Ordinal)) is { } kind)
        {
            throw new ConfigException([kind]);
        }
    }

    public string Schema(string kind) => Guard.Run(() => engine.Schema(kind));

    public DataTarget Table(ConfigSource config) => Guard.Run(() =>
    {
        var experiment = engine.Load(config.Path, config.Sets);
        return new DataTarget(experiment.Table, experiment.Dataset?.Description, experiment.Dataset, experiment.CalculationsFolder);
    });

    public IReadOnlyDictionary<string, ListedSplits> Splits(ConfigSource config) => Guard.Run(() => engine.Splits(engine.Load(config.Path, config.Sets)));

    public TableFiles Files(ConfigSource config) => Guard.Run(() =>
    {
        var experiment = engine.Load(config.Path, config.Sets);
        string Beside(string path) => Path.GetFullPath(path, Path.GetDirectoryName(experiment.ConfigPath)!);
        return experiment.Config.Data?.Table switch
        {
            X12tmTableConfig table => new TableFiles(Beside(table.Path), table.MaxForce, table.Fingerprint, table.PerHost),
            CsvTableConfig table => new TableFiles(Beside(table.Path), null, string.Empty),
            _ => throw new DataException([new DataProblem(config.Path, 0, 0, "data.table holds no sites of X12TM clusters: use a config whose table is x12tm, or name the dataset itself")]),
        };
    });

    public ModelVerificationReport VerifyModel(string folder) => Guard.Run(() => ModelVerification.Run(folder));

    public IReadOnlyList<PredictionOutput> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows) =>
        Guard.Run(() => PredictionService.Load(modelOrRunFolder).Predict(rows));

    public ReportPaths WriteReport(string runFolder) => Guard.Run(() =>
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
}
