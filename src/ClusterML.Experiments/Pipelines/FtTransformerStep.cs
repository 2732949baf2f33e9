using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
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
internal sealed class FtTransformerStep(FtTransformerStepOptions options, int seed) : IEstimator<FtTransformerTransformer>
{
    private readonly FtColumns columns = new() { Categorical = options.CategoricalColumn, Continuous = options.ContinuousColumn };

    /// <inheritdoc/>
    public FtTransformerTransformer Fit(IDataView input) => Estimator(Cardinalities(input)).Fit(input);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        Estimator(SchemaShapes.Find(inputSchema, columns.Categorical) is null ? [] : [1]).GetOutputSchema(inputSchema);

    private FtTransformerEstimator Estimator(IReadOnlyList<int> cardinalities) =>
        new(options.Network, options.Training, new FtTrainingSetup { Seeds = new SeedStreams(seed), Cardinalities = cardinalities }, columns);

    private int[] Cardinalities(IDataView input)
    {
        if (input.Schema.GetColumnOrNull(columns.Categorical) is null)
        {
            return [];
        }

        var codes = input.ReadVectors(columns.Categorical);
        return [.. Enumerable.Range(0, codes[0].Length).Select(column => 1 + (int)codes.Max(row => row[column]))];
    }
}
