using ClusterML.Cli.Verbs.Datasets;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Labels;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Engine;

/// <summary>What the verbs need from the rooms below; <see cref="EngineAdapter"/> answers from the experiment engine.</summary>
/// <remarks>Every member throws <see cref="CommandFailure"/> for errors of the user, with all problems at once.</remarks>
internal interface IExperimentEngine
{
    /// <summary>Reads and checks a config with its pipelines and tables; returns the audit when nothing stops a run.</summary>
    AuditReport Validate(ConfigSource config);

    /// <summary>What the audit of a config finds, whether it stops a run or not.</summary>
    AuditReport Audit(ConfigSource config);

    /// <summary>What the audit of a dataset, a folder of calculations or a file of rows finds; messages call it <paramref name="shownAs"/>.</summary>
    AuditReport AuditSource(string path, string shownAs, AuditOptions options, IReadOnlyList<string> targets, X12tmOptions calculations);

    /// <summary>Writes <c>support.json</c> of the config's pretraining table into the folder of a backbone.</summary>
    void WriteSupport(ConfigSource config, string folder);

    IReadOnlyList<PlannedStage> Plan(ConfigSource config);

    RunOutcome Run(ConfigSource config, RunRequest options, IRunObserver progress, CancellationToken cancellation);

    /// <summary>The config as YAML with every default filled in.</summary>
    string Render(ConfigSource config);

    /// <summary>A JSON Schema, indented, of a kind of file.</summary>
    string Schema(string kind);

    /// <summary>Reads and checks the config of a label campaign and makes its plan.</summary>
    LabelCampaign Campaign(ConfigSource config);

    /// <summary>Writes the finished calculations of a campaign into a dataset folder; returns how many, and how many failed.</summary>
    (int Results, int Failures) ExportCampaign(ConfigSource config, string folder);

    /// <summary>The rows of a config, with what is said of them.</summary>
    DataTarget Table(ConfigSource config);

    /// <summary>The splits of a config's protocols as lists of row ids, by protocol.</summary>
    IReadOnlyDictionary<string, ListedSplits> Splits(ConfigSource config);

    /// <summary>The files behind the table of a config.</summary>
    TableFiles Files(ConfigSource config);

    /// <summary>One view per row and target, in the order of <paramref name="rows"/>.</summary>
    IReadOnlyList<PredictionOutput> Predict(string modelOrRunFolder, IReadOnlyList<PredictionRow> rows);

    /// <summary>Checks the files and predictions of a run, model or backbone folder.</summary>
    ModelVerificationReport VerifyModel(string folder);

    /// <summary>Writes report and card of a run folder again, from its files.</summary>
    ReportPaths WriteReport(string runFolder);

    IReadOnlyList<CacheUse> ListCache();

    /// <summary>Removes cached stage results; returns what was removed, or would be with <paramref name="dryRun"/>.</summary>
    IReadOnlyList<CacheUse> CleanCache(bool all, string? stage, bool dryRun);
}
