using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>A trained FT-Transformer as an ML.NET transformer: adds predictions in target units and embeddings.</summary>
/// <remarks>
/// Holds no native memory: torch's copy of the weights lives only while a view is computed, so there is nothing to dispose.
/// </remarks>
public sealed class FtTransformerTransformer : ColumnTransformer
{
    private readonly FtColumns columns;

    /// <summary>A transformer over a trained model.</summary>
    public FtTransformerTransformer(FtTransformerModel model, FtColumns? columns = null)
    {
        Model = model;
        this.columns = columns ?? new FtColumns();
    }

    /// <summary>The trained model.</summary>
    public FtTransformerModel Model { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        FtInputs.Require(input, columns, Model.Backbone.Sizes);
        return FtInputs.Outputs(columns, Model.TargetCount, Model.Backbone.EmbeddingSize);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var (categorical, continuous) = FtInputs.Read(input, columns, Model.Backbone.Sizes);
        var (predictions, embeddings) = Model.Predict(categorical, continuous);
        return
        [
            ValueColumn.Doubles(columns.Prediction, Model.TargetCount, predictions),
            ValueColumn.Singles(columns.Embedding, Model.Backbone.EmbeddingSize, embeddings),
        ];
    }
}
