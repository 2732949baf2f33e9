using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Data.Datasets;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Engine;

/// <summary>A config that passed every check, with the pipelines it names and the places of its tables.</summary>
public sealed class LoadedExperiment
{
    private readonly Lazy<DataTable> table;
    private readonly Lazy<DataTable?> sealedTable;
    private AuditReport? audit;

    internal LoadedExperiment(string configPath, Bound<ExperimentConfig> bound, IReadOnlyList<LoadedModel> models, TableSource? source, TableSource? pretraining)
    {
        ConfigPath = configPath;
        Config = bound.Value;
        Positions = bound.Positions;
        Models = models;
        Source = source;
        PretrainingSource = pretraining;
        var whole = new Lazy<DataTable>(() => (source ?? pretraining)!.Load());
        table = new(() => Config.Data.Sealed is { } hidden ? SealedRows.Open(whole.Value, hidden) : whole.Value);
        sealedTable = new(() => Config.Data.Sealed is { } hidden ? SealedRows.Sealed(whole.Value, hidden) : null);
    }

    /// <summary>Full path of the config.</summary>
    public string ConfigPath { get; }

    /// <summary>The config with every default filled in.</summary>
    public ExperimentConfig Config { get; }

    /// <summary>The main model, if any, and then the baselines.</summary>
    public IReadOnlyList<LoadedModel> Models { get; }

    /// <summary>The rows, read when first asked for; those of pretraining when the experiment only pretrains.</summary>
    /// <exception cref="DataException">Rows are unusable.</exception>
    public DataTable Table => table.Value;

    /// <summary>The rows that are kept from everything but one scoring a model version; null where none are sealed.</summary>
    public DataTable? SealedTable => sealedTable.Value;

    /// <summary>The dataset that the rows are from; null where the config names a table of another kind.</summary>
    public Dataset? Dataset => (Source ?? PretrainingSource)?.Dataset;

    /// <summary>The folder of calculations that the rows are made from; null where they are made from none.</summary>
    public string? CalculationsFolder => (Source ?? PretrainingSource)?.CalculationsFolder;

    /// <summary>The experiment's streams of randomness.</summary>
    public SeedStreams Seeds => new(Config.Seed);

    internal NodeMap Positions { get; }

    /// <summary>The findings of the experiment's audit, made or read once.</summary>
    internal AuditReport Audited(Func<AuditReport> make) => audit ??= make();

    internal TableSource? Source { get; }

    internal TableSource? PretrainingSource { get; }

    internal string ConfigFolder => Path.GetDirectoryName(ConfigPath)!;
}

/// <summary>A model of the experiment with its pipeline file.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="PipelinePath">Full path of the pipeline file.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Seeds">How many seeds to repeat it with.</param>
/// <param name="IsMain">Whether it is the model under test.</param>
public sealed record LoadedModel(string Name, string PipelinePath, PipelineConfig Pipeline, int Seeds, bool IsMain)
{
    /// <summary>Full path of predictions that another program made; null for a pipeline. The pipeline has no step then.</summary>
    public string? PredictionsPath { get; init; }

    /// <summary>Where the values of the pipeline file were written; null for predictions of another program.</summary>
    internal NodeMap? Positions { get; init; }
}
