using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
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
internal sealed class FtTransformerStep(FtTransformerStepOptions options, int seed) : IEstimator<FittedFtTransformerStep>
{
    private readonly FtColumns columns = new() { Categorical = options.CategoricalColumn, Continuous = options.ContinuousColumn };

    /// <inheritdoc/>
    public FittedFtTransformerStep Fit(IDataView input)
    {
        var fitted = Estimator(Cardinalities(input)).Fit(input);
        return new(fitted.Model, columns);
    }

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

/// <summary>The trained network of a <c>ft_transformer</c> step.</summary>
internal sealed class FittedFtTransformerStep(FtTransformerModel model, FtColumns columns) : ColumnTransformer, IStatefulTransformer
{
    private const string WeightsFile = "network.safetensors";
    private readonly FtTransformerTransformer inner = new(model, columns);

    /// <summary>Makes the transformer again.</summary>
    public static FittedFtTransformerStep FromState(StepState state) => new(
        FtTransformerModel.Load(state.Blobs[WeightsFile]),
        new() { Categorical = (string)state.Json["categorical_column"]!, Continuous = (string)state.Json["continuous_column"]! });

    /// <inheritdoc/>
    public StepState ToState() => new(
        new JsonObject { ["categorical_column"] = columns.Categorical, ["continuous_column"] = columns.Continuous },
        new Dictionary<string, byte[]> { [WeightsFile] = model.Save() });

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, Microsoft.ML.Data.DataViewType Type)> OutputColumns(DataViewSchema input) =>
        [.. inner.GetOutputSchema(input).Skip(input.Count).Select(c => (c.Name, c.Type))];

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var added = inner.Transform(input);
        return
        [
            ValueColumn.Doubles(columns.Prediction, model.TargetCount, added.ReadVectors(columns.Prediction)),
            ValueColumn.Singles(columns.Embedding, model.Backbone.EmbeddingSize, [.. added.ReadVectors(columns.Embedding).Select(v => Array.ConvertAll(v, x => (float)x))]),
        ];
    }
}
