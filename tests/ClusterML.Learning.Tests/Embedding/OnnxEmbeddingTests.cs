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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_AnyRowsChunksAndThreads_ReadsAndWritesEachRowOnce(int threads)
    {
        using var runner = new OnnxBatchRunner(ConcatenationGraph.Bytes(2, 1), chunkRows: 4, threads);
        foreach (var rows in (int[])[0, 1, 3, 4, 5, 1000, 7])
        {
            var results = new float[rows][];
            runner.Run(
                rows,
                (first, codes, numbers) =>
                {
                    for (var row = 0; row < numbers.Length; row++)
                    {
                        (codes[2 * row], codes[(2 * row) + 1], numbers[row]) = (first + row, 7, -first - row);
                    }
                },
                (first, embeddings) =>
                {
                    for (var row = 0; row < embeddings.Length / 3; row++)
                    {
                        Assert.Null(results[first + row]);
                        results[first + row] = embeddings.Slice(3 * row, 3).ToArray();
                    }
                });

            Assert.Equal(Enumerable.Range(0, rows).Select(i => new float[] { i, 7, -i }), results);
        }
    }

    // Buffers that are neither idle nor in use hold native views that nobody frees.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_DelegateThatThrows_ReturnsItsBuffers(bool reading)
    {
        using var runner = new OnnxBatchRunner(ConcatenationGraph.Bytes(2, 1), chunkRows: 4, threads: 1);

        Assert.Throws<TimeoutException>(() => runner.Run(
            3, (_, _, _) => ThrowIf(reading), (_, _) => ThrowIf(!reading)));

        Assert.Equal(1, runner.IdleBuffers);
        static void ThrowIf(bool now)
        {
            if (now)
            {
                throw new TimeoutException();
            }
        }
    }

    [Fact]
    public void Dispose_EndsTheTransformer()
    {
        var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[1, 2]]), ValueColumn.Singles("continuous", 1, [[1f]])]);
        var embedding = new OnnxEmbeddingTransformer(ConcatenationGraph.Bytes(2, 1), new());
        var sequence = new StepSequenceTransformer([("onnx_embedding", embedding)]);

        Assert.Equal([[1.0, 2.0, 1.0]], sequence.Transform(view).ReadVectors("embedding"));

        sequence.Dispose();
        sequence.Dispose();
        Assert.Throws<ObjectDisposedException>(() => embedding.Transform(view).ReadVectors("embedding"));
    }

    [Fact]
    public void Fit_ColumnOfAnotherWidth_IsRefused()
    {
        var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, [[1, 2]]), ValueColumn.Singles("continuous", 1, [[1f]])]);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxEmbeddingEstimator(ConcatenationGraph.Bytes(2, 3), new()).Fit(view));

        Assert.Contains("continuous have 1 values a row, fitted to 3", refusal.Message, StringComparison.Ordinal);
    }
}
