using static TorchSharp.torch;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>The matrix products of a training step and nothing else, by torch: what is left when all between them costs nothing.</summary>
internal sealed class MatrixFloor : IDisposable
{
    private const int Tokens = 66;
    private const int Width = 16;
    private const int Blocks = 6;
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();
    private readonly List<(int Times, Tensor X, Tensor Weight, Tensor Slope)> linear = [];
    private readonly Tensor query;
    private readonly Tensor scores;

    public MatrixFloor(int batch)
    {
        foreach (var (times, rows, outputs, inputs) in new[]
        {
            (Blocks, batch * Tokens, 3 * Width, Width), (Blocks, batch * Tokens, Width, Width),
            (Blocks, batch * Tokens, 128, Width), (Blocks, batch * Tokens, Width, 128),
            (1, batch, 2112, 1056), (1, batch, 1056, 2112), (1, batch, 2, 1056),
        })
        {
            linear.Add((times, rand(rows, inputs), rand(outputs, inputs), rand(rows, outputs)));
        }

        query = rand(batch * 8, Tokens, 2);
        scores = rand(batch * 8, Tokens, Tokens);
    }

    /// <summary>Forward, gradient of the input and gradient of the weight of every linear layer.</summary>
    public void Linear()
    {
        using var step = NewDisposeScope();
        foreach (var (times, x, weight, slope) in linear)
        {
            for (var i = 0; i < times; i++)
            {
                x.matmul(weight.t()).Dispose();
                slope.matmul(weight).Dispose();
                slope.t().matmul(x).Dispose();
            }
        }
    }

    /// <summary>The same and the six products of each attention.</summary>
    public void Run()
    {
        Linear();
        using var step = NewDisposeScope();
        for (var i = 0; i < Blocks; i++)
        {
            // Scores and their gradient; the mixed values and the gradients of queries, keys and values.
            bmm(query, query.transpose(1, 2)).Dispose();
            bmm(query, query.transpose(1, 2)).Dispose();
            bmm(scores, query).Dispose();
            bmm(scores, query).Dispose();
            bmm(scores.transpose(1, 2), query).Dispose();
            bmm(scores.transpose(1, 2), query).Dispose();
        }
    }

    public void Dispose() => scope.Dispose();
}
