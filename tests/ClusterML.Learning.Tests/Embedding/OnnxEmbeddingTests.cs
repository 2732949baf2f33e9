using ClusterML.Data.Views;
using ClusterML.Learning.Embedding;
using ClusterML.Learning.Steps;

namespace ClusterML.Learning.Tests.Embedding;

public sealed class OnnxEmbeddingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(64)]
    public void Transform_AnyBatchSize_KeepsRowsAndOrder(int batchSize)
    {
        var codes = Enumerable.Range(0, 10).Select(i => new[] { i, 2 * i }).ToArray();
        var numbers = Enumerable.Range(0, 10).Select(i => new[] { i + 0.5f }).ToArray();
        var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, codes), ValueColumn.Singles("continuous", 1, numbers)]);
        using var transformer = new OnnxEmbeddingEstimator(ConcatenationGraph.Bytes(2, 1), new OnnxEmbeddingOptions { BatchSize = batchSize }).Fit(view);

        var embedding = transformer.Transform(view).ReadVectors("embedding");

        Assert.Equal(Enumerable.Range(0, 10).Select(i => new[] { i, 2 * i, i + 0.5 }), embedding);
    }

    [Fact]
    public void Dispose_LeavesNoFile_AndEndsTheTransformer()
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-tests-");
        try
        {
            var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[1, 2]]), ValueColumn.Singles("continuous", 1, [[1f]])]);
            var embedding = new OnnxEmbeddingTransformer(ConcatenationGraph.Bytes(2, 1), new()) { TemporaryFolder = folder.FullName };
            var sequence = new StepSequenceTransformer([("onnx_embedding", embedding)]);

            Assert.Equal([[1.0, 2.0, 1.0]], sequence.Transform(view).ReadVectors("embedding"));
            Assert.Empty(folder.EnumerateFileSystemInfos());

            sequence.Dispose();
            sequence.Dispose();
            Assert.Empty(folder.EnumerateFileSystemInfos());
            Assert.Throws<ObjectDisposedException>(() => embedding.Transform(view).ReadVectors("embedding"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Fit_ColumnOfAnotherWidth_IsRefused()
    {
        var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[1, 2]]), ValueColumn.Singles("continuous", 1, [[1f]])]);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxEmbeddingEstimator(ConcatenationGraph.Bytes(2, 3), new()).Fit(view));

        Assert.Contains("continuous have 1 values a row, fitted to 3", refusal.Message, StringComparison.Ordinal);
    }
}
