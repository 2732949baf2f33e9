using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Baselines.Neural;

/// <summary>One dense layer: W x + b.</summary>
/// <param name="Weights">[out][in].</param>
/// <param name="Biases">[out].</param>
public sealed record MlpLayer(double[][] Weights, double[] Biases)
{
    /// <summary>A layer with uniform weights within 1 / sqrt(in) of zero, and biases of zero.</summary>
    internal static MlpLayer Random(int inputs, int outputs, Random random)
    {
        var bound = 1 / Math.Sqrt(inputs);
        return new(
            [.. Enumerable.Range(0, outputs).Select(_ => Enumerable.Range(0, inputs).Select(_ => bound * ((2 * random.NextDouble()) - 1)).ToArray())],
            new double[outputs]);
    }

    /// <summary>A layer of the same shape, all zero.</summary>
    internal MlpLayer Zeros() => new([.. Weights.Select(row => new double[row.Length])], new double[Biases.Length]);

    /// <summary>W x + b.</summary>
    internal void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var o = 0; o < y.Length; o++)
        {
            y[o] = VectorKernels.Dot(Weights[o], x) + Biases[o];
        }
    }
}
