using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Experiments.Configuration;

/// <summary>One experiment: a table, a backbone, a pipeline, intervals, evaluation protocols and baselines.</summary>
[Description("One experiment: a table, a backbone, a pipeline, intervals, evaluation protocols and baselines.")]
public sealed record ExperimentConfig
{
    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/experiment@1";

    [Description("Format of this file.")]
    [Required]
    [AllowedValues(SchemaName)]
    public string Schema { get; init; } = SchemaName;

    [Description("Name of the experiment; run folders start with it.")]
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9-]*$")]
    public required string Name { get; init; }

    [Description("What the experiment is for, in a sentence; printed in the report and the card.")]
    public string? Description { get; init; }

    [Description("Root of every random stream of the experiment.")]
    public int Seed { get; init; } = 42;

    [Description("Where the rows come from.")]
    public DataConfig Data { get; init; } = new();

    [Description("The audit of the data, which runs before anything is trained.")]
    public AuditConfig Audit { get; init; } = new();

    [Description("The frozen network behind ft_embedding steps, if any pipeline has one.")]
    public BackboneConfig? Backbone { get; init; }

    [Description("The model under test. Leave it out to pretrain a backbone and stop.")]
    public ModelConfig? Model { get; init; }

    [Description("Prediction intervals put around every model.")]
    public IntervalConfig Intervals { get; init; } = new();

    [Description("How the models are evaluated.")]
    public IReadOnlyList<ProtocolConfig> Protocols { get; init; } = [];

    [Description("Models evaluated beside the main one, on the same splits.")]
    public IReadOnlyList<BaselineConfig> Baselines { get; init; } = [];
}

/// <summary>The model under test.</summary>
[Description("The model under test.")]
public sealed record ModelConfig
{
    [Description("Name of the model in tables.")]
    public string Name { get; init; } = "model";

    [Description("Pipeline file, relative to this file.")]
    [Required]
    public required string Pipeline { get; init; }
}

/// <summary>A model evaluated beside the main one.</summary>
[Description("A model evaluated beside the main one.")]
public sealed record BaselineConfig : IValidatableObject
{
    [Description("Name of the baseline in tables.")]
    [Required]
    public required string Name { get; init; }

    [Description("Pipeline file, relative to this file; this or predictions.")]
    public string? Pipeline { get; init; }

    [Description("Csv file of predictions that another program made, relative to this file: row_id, split, target, y_pred, and where names of splits repeat the protocol. Splits are named as in predictions.csv and as clusterml data split lists them.")]
    public string? Predictions { get; init; }

    [Description("How many seeds to repeat it with; tables give the mean over them.")]
    [Range(1, 100)]
    public int Seeds { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Pipeline is null == Predictions is null)
        {
            yield return new($"baseline {Name}: give either pipeline or predictions", [Pipeline is null ? nameof(Pipeline) : nameof(Predictions)]);
        }
    }
}
