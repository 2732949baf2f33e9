using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>A trained FT-Transformer as an ML.NET transformer: adds predictions in target units and embeddings.</summary>
/// <remarks>
/// Holds no native memory: torch's copy of the weights lives only while a view is computed, so there is nothing to dispose.
/// </remarks>
public sealed class FtTransformerTransformer : ColumnTransformer, IStatefulTransformer, IOnnxExportable
{
    private const string Weights = "ft_transformer.safetensors";
    private readonly FtColumns columns;

    /// <summary>A transformer over a trained model.</summary>
    public FtTransformerTransformer(FtTransformerModel model, FtColumns? columns = null)
    {
        Model = model;
        this.columns = columns ?? new FtColumns();
    }

    /// <summary>The trained model.</summary>
    public FtTransformerModel Model { get; }

    /// <summary>Makes the transformer again.</summary>
    /// <exception cref="InvalidDataException">The weights are missing or damaged.</exception>
    public static FtTransformerTransformer FromState(StepState state) =>
        new(FtTransformerModel.Load(state.Blob(Weights)), state.Read<FtColumns>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(columns, new Dictionary<string, byte[]> { [Weights] = Model.Save() });

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var sizes = Model.Backbone.Sizes;
        var codes = sizes.Cardinalities.Count == 0 ? null : columns.Features(graph, this.columns.Categorical, OnnxElementType.Int64);
        var numbers = sizes.ContinuousCount == 0 ? null : columns.Features(graph, this.columns.Continuous, OnnxElementType.Single);
        var (embedding, prediction) = FtOnnx.Append(graph, Model, codes, numbers);
        columns.Set(this.columns.Prediction, graph.Cast(prediction, OnnxElementType.Double), Model.TargetCount);
        foreach (var (target, score) in this.columns.Scores.Index())
        {
            columns.Set(score, graph.Columns($"{score}.target", prediction, [target]), 1);
        }

        columns.Set(this.columns.Embedding, embedding, Model.Backbone.EmbeddingSize);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FtInputs.Require(input, nameof(FtTransformerTransformer), columns, Model.Backbone.Sizes);
        return FtInputs.Outputs(columns, Model.TargetCount, Model.Backbone.EmbeddingSize);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var (categorical, continuous) = FtInputs.Read(input, columns);
        var (predictions, embeddings) = Model.Predict(categorical, continuous);
        return
        [
            ValueColumn.Doubles(columns.Prediction, Model.TargetCount, predictions),
            ValueColumn.Singles(columns.Embedding, Model.Backbone.EmbeddingSize, embeddings),
            .. columns.Scores.Select((score, target) => ValueColumn.Single(score, [.. predictions.Select(row => (float)row[target])])),
        ];
    }
}
