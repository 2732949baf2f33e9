using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Learning.Embedding;

/// <summary>The embedding of a frozen network.</summary>
public sealed record OnnxEmbeddingOptions
{
    [Description("Vector column of codes that is read.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Vector column of numbers that is read, in their own units: the network scales them itself.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";

    [Description("Vector column that is written.")]
    [Required]
    public string OutputColumn { get; init; } = "embedding";

    [Description("Most rows that go through the network at a time, on each processor.")]
    [Range(1, 4096)]
    public int BatchSize { get; init; } = 16;

    [Description("Batches that run at once; 0 takes one for each processor. Results do not depend on it.")]
    [Range(0, 1024)]
    public int Threads { get; init; }
}
