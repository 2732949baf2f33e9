using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Onnx;

/// <summary>Embedding of rows by a frozen network in ONNX.</summary>
public sealed record OnnxEmbeddingOptions
{
    [Description("Vector of codes that is read; not needed when the network has no categorical columns.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Vector of raw numbers that is read; not needed when the network has no continuous columns.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";

    [Description("Vector column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "embedding";
}
