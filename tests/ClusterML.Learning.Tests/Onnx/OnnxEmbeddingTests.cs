using ClusterML.Data.Views;
using ClusterML.Learning.Onnx;

namespace ClusterML.Learning.Tests.Onnx;

public sealed class OnnxEmbeddingTests
{
    [Fact]
    public void Transform_ManyRows_GivesTheNetworksOutputInOrder()
    {
        var view = View(300);

        var embeddings = new OnnxEmbeddingEstimator(new OnnxEmbeddingOptions(), Network()).Fit(view).Transform(view).ReadVectors("embedding");

        Assert.Equal(Enumerable.Range(0, 300).Select(i => new[] { i + 1.0, i + 2.0 }), embeddings);
    }

    [Fact]
    public void Transform_AfterStateRoundTrip_IsIdentical()
    {
        var view = View(5);
        using var transformer = new OnnxEmbeddingEstimator(new OnnxEmbeddingOptions { OutputColumn = "e" }, Network()).Fit(view);

        using var again = OnnxEmbeddingTransformer.FromState(transformer.ToState());

        Assert.Equal(transformer.Transform(view).ReadVectors("e"), again.Transform(view).ReadVectors("e"));
        Assert.Equal("abc", again.Metadata["weights_sha256"]);
        Assert.Equal(2, again.Size);
    }

    [Fact]
    public void Transform_OtherWidth_IsRefused()
    {
        using var transformer = new OnnxEmbeddingTransformer(new OnnxEmbeddingOptions(), Network());
        var narrow = new ColumnarView([ValueColumn.Int32s("categorical", 1, [[1]]), ValueColumn.Singles("continuous", 1, [[1f]])]);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => transformer.GetOutputSchema(narrow.Schema));

        Assert.Contains("continuous", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_NoRows_GivesNone()
    {
        using var transformer = new OnnxEmbeddingTransformer(new OnnxEmbeddingOptions(), Network());

        Assert.Empty(transformer.Transform(View(0)).ReadVectors("embedding"));
    }

    [Fact]
    public void Constructor_NoModelOrOtherInputs_SaysWhatIsExpected()
    {
        var graph = new OnnxGraphBuilder("other");
        graph.Output("y", graph.Input("x", OnnxElementType.Single, OnnxDimension.Batch, 2), OnnxDimension.Batch, 2);

        Assert.Throws<InvalidDataException>(() => new OnnxEmbeddingTransformer(new OnnxEmbeddingOptions(), [1, 2, 3]));
        var error = Assert.Throws<InvalidDataException>(() => new OnnxEmbeddingTransformer(new OnnxEmbeddingOptions(), graph.ToModel()));

        Assert.Contains("x_cat and x_num", error.Message, StringComparison.Ordinal);
    }

    /// <summary>code + numbers.</summary>
    private static byte[] Network()
    {
        var graph = new OnnxGraphBuilder("sum");
        graph.AddMetadata("weights_sha256", "abc");
        var codes = graph.Input("x_cat", OnnxElementType.Int64, OnnxDimension.Batch, 1);
        var numbers = graph.Input("x_num", OnnxElementType.Single, OnnxDimension.Batch, 2);
        graph.Output("embedding", graph.Add(graph.Cast(codes, OnnxElementType.Single), numbers), OnnxDimension.Batch, 2);
        return graph.ToModel();
    }

    private static ColumnarView View(int rows) => new(
    [
        ValueColumn.Int32s("categorical", 1, [.. Enumerable.Range(0, rows).Select(i => new[] { i })]),
        ValueColumn.Singles("continuous", 2, [.. Enumerable.Range(0, rows).Select(_ => new[] { 1f, 2f })]),
    ]);
}
