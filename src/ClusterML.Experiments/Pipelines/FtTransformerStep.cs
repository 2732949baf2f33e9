using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Randomness;
using ClusterML.Learning.Mapping;
using ClusterML.Transformer;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>An FT-Transformer trained from the start on the rows at hand, with its own head.</summary>
public sealed record FtTransformerStepOptions
{
    [Description("Sizes of the network.")]
    public FtTransformerOptions Network { get; init; } = new();

    [Description("How it is trained.")]
    public FtTrainingOptions Training { get; init; } = new();

    [Description("Column of category codes; a table without categories has none.")]
    [Required]
    public string CategoricalColumn { get; init; } = "categorical";

    [Description("Column of raw numbers; the network scales them itself.")]
    [Required]
    public string ContinuousColumn { get; init; } = "continuous";
}

/// <summary>Fits the network of a <c>ft_transformer</c> step; the codes seen in training size its embedding tables.</summary>
internal sealed class FtTransformerStep(FtTransformerStepOptions options, int seed, string? weightColumn) : IEstimator<FtTransformerTransformer>
{
    /// <inheritdoc/>
    public FtTransformerTransformer Fit(IDataView input) =>
        Estimator(input.Schema.GetColumnOrNull(options.CategoricalColumn) is not null).Fit(input);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        Estimator(SchemaShapes.Find(inputSchema, options.CategoricalColumn) is not null).GetOutputSchema(inputSchema);

    private FtTransformerEstimator Estimator(bool hasCategories) => new(
        options.Network,
        options.Training,
        new FtTrainingSetup { Seeds = new SeedStreams(seed) },
        new FtColumns { Categorical = hasCategories ? [options.CategoricalColumn] : [], Continuous = [options.ContinuousColumn], Weight = weightColumn });
}
