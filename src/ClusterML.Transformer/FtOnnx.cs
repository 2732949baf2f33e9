using ClusterML.Learning.Onnx;
using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer;

/// <summary>Writes a network as ONNX: raw columns in, embedding (and predictions of a whole model) out.</summary>
/// <remarks>
/// Inputs: <c>x_cat</c> int64 [batch, C], where a code outside its column's range reads as unknown (0); <c>x_num</c> float
/// [batch, N], raw, where NaN is missing. Outputs: <c>embedding</c> float [batch, <see cref="FtBackbone.EmbeddingSize"/>] and, for a
/// model with its head, <c>prediction</c> float [batch, targets] in the targets' units. Without categorical (continuous) columns
/// the input of that kind is left out.
/// </remarks>
public static class FtOnnx
{
    /// <summary>The ONNX model of a backbone, or of <paramref name="model"/> around it.</summary>
    internal static byte[] Export(FtBackbone backbone, FtTransformerModel? model = null)
    {
        var graph = new OnnxGraphBuilder(model is null ? "ft_backbone" : "ft_transformer")
        {
            Documentation = $"FT-Transformer over {backbone.Sizes.Cardinalities.Count} categorical and {backbone.Sizes.ContinuousCount} continuous columns",
        };
        graph.AddMetadata("weights_sha256", model?.WeightsHash ?? backbone.WeightsHash);
        graph.AddMetadata("categorical_columns", string.Join('\n', backbone.Sizes.CategoricalNames));
        graph.AddMetadata("categorical_codes", string.Join('\n', backbone.Sizes.Cardinalities));
        graph.AddMetadata("continuous_columns", string.Join('\n', backbone.Sizes.ContinuousNames));
        var sizes = backbone.Sizes;
        var codes = sizes.Cardinalities.Count == 0 ? null : graph.Input("x_cat", OnnxElementType.Int64, OnnxDimension.Batch, sizes.Cardinalities.Count);
        var numbers = sizes.ContinuousCount == 0 ? null : graph.Input("x_num", OnnxElementType.Single, OnnxDimension.Batch, sizes.ContinuousCount);
        var (embedding, prediction) = model is null ? (Append(graph, backbone, codes, numbers), null) : Append(graph, model, codes, numbers);
        graph.Output("embedding", embedding, OnnxDimension.Batch, backbone.EmbeddingSize);
        if (prediction is not null)
        {
            graph.Output("prediction", prediction, OnnxDimension.Batch, model!.TargetCount);
        }

        return graph.ToModel();
    }

    /// <summary>Adds a backbone to a graph that has more in it, such as descriptors before and a ridge head behind.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="backbone">The backbone.</param>
    /// <param name="codes">int64 [batch, C]; null when there are no categorical columns.</param>
    /// <param name="numbers">float [batch, N], raw; null when there are no continuous columns.</param>
    /// <returns>float [batch, <see cref="FtBackbone.EmbeddingSize"/>].</returns>
    public static OnnxValue Append(OnnxGraphBuilder graph, FtBackbone backbone, OnnxValue? codes, OnnxValue? numbers) =>
        new FtGraph(graph, backbone, backbone.Weights).Embed(codes, numbers);

    /// <summary>Adds a model with its head to a graph.</summary>
    /// <returns>The embedding, float [batch, tokens * d_token], and the prediction in the targets' units, float [batch, targets].</returns>
    internal static (OnnxValue Embedding, OnnxValue Prediction) Append(OnnxGraphBuilder graph, FtTransformerModel model, OnnxValue? codes, OnnxValue? numbers)
    {
        var embedding = Append(graph, model.Backbone, codes, numbers);
        return (embedding, new FtGraph(graph, model.Backbone, model.Head).Predict(embedding, model.Targets));
    }
}
