using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Experiments.Pipelines;

/// <summary>The embedding of a row by the experiment's frozen network, or by the same network at random weights.</summary>
public sealed record FtEmbeddingOptions
{
    [Description("Weights of the frozen network: those of the experiment's backbone; random ones with its sizes and scaler; or shuffled, those of the same network pretrained on shuffled targets, where the backbone was published with them.")]
    public FtEmbeddingWeights Weights { get; init; } = FtEmbeddingWeights.Backbone;

    [Description("Column of category codes.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Column of raw numbers; the network scales them itself.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";

    [Description("Column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "embedding";
}

/// <summary>Weights of a frozen network.</summary>
public enum FtEmbeddingWeights
{
    /// <summary>Those of the experiment's backbone.</summary>
    Backbone,

    /// <summary>Random ones: the control that shows what pretraining is worth.</summary>
    Random,

    /// <summary>Those of the same network pretrained on targets that were shuffled over the rows: the control for what it learnt.</summary>
    Shuffled,
}
