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

    /// <summary>W x + b for several rows x, two rows and two outputs at a time; the same bits as one by one.</summary>
    internal double[][] Apply(double[][] rows)
    {
        double[][] result = [.. rows.Select(_ => new double[Biases.Length])];
        var i = 0;
        for (; i + 1 < rows.Length; i += 2)
        {
            var (first, second) = (result[i], result[i + 1]);
            var o = 0;
            for (; o + 1 < Biases.Length; o += 2)
            {
                var (ac, ad, bc, bd) = VectorKernels.DotTwoByTwo(rows[i], rows[i + 1], Weights[o], Weights[o + 1]);
                (first[o], first[o + 1]) = (ac + Biases[o], ad + Biases[o + 1]);
                (second[o], second[o + 1]) = (bc + Biases[o], bd + Biases[o + 1]);
            }

            for (; o < Biases.Length; o++)
            {
                first[o] = VectorKernels.Dot(Weights[o], rows[i]) + Biases[o];
                second[o] = VectorKernels.Dot(Weights[o], rows[i + 1]) + Biases[o];
            }
        }

        if (i < rows.Length)
        {
            Apply(rows[i], result[i]);
        }

        return result;
    }
}
