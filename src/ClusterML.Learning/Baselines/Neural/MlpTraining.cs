using System.Numerics;
using System.Runtime.InteropServices;
using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Baselines.Neural;

/// <summary>Trains the layers of a multilayer perceptron in place, in double precision on one thread: the same seed gives the same weights.</summary>
/// <remarks>
/// Half the mean of the squared error of a batch, rows weighted, summed over targets, by Adam with decoupled weight decay: D. P. Kingma, J. Ba, ICLR 2015;
/// I. Loshchilov, F. Hutter, ICLR 2019, whose half-cosine fall of the learning rate is used, too.
/// </remarks>
internal sealed class MlpTraining
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly IReadOnlyList<MlpLayer> layers;
    private readonly MlpLayer[] gradients;
    private readonly MlpLayer[] means;
    private readonly MlpLayer[] squares;

    internal MlpTraining(IReadOnlyList<MlpLayer> layers)
    {
        this.layers = layers;
        gradients = [.. layers.Select(l => l.Zeros())];
        means = [.. layers.Select(l => l.Zeros())];
        squares = [.. layers.Select(l => l.Zeros())];
    }

    /// <summary>Gradients of the last rows that were given to <see cref="Differentiate"/>.</summary>
    internal IReadOnlyList<MlpLayer> Gradients => gradients;

    /// <summary>Trains on all rows.</summary>
    /// <param name="rows">[n][p], scaled.</param>
    /// <param name="targets">[n][T], scaled.</param>
    /// <param name="weights">[n], or null for equal ones.</param>
    /// <param name="options">Epochs, batch size, learning rate and decay.</param>
    /// <param name="random">The order of rows.</param>
    internal void Run(double[][] rows, double[][] targets, double[]? weights, MlpOptions options, Random random)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        var steps = options.Epochs * (((rows.Length - 1) / options.BatchSize) + 1);
        var step = 0;

        // Weights of mean 1 over all rows, not over a batch: a row then counts the same in whichever batch it is.
        var mean = weights?.Average() ?? 1;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            for (var from = 0; from < order.Length; from += options.BatchSize)
            {
                var batch = order[from..Math.Min(order.Length, from + options.BatchSize)];
                Differentiate(
                    [.. batch.Select(i => rows[i])],
                    [.. batch.Select(i => targets[i])],
                    [.. batch.Select(i => (weights is null ? 1 : weights[i] / mean) / batch.Length)]);

                var rate = options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                Update(++step, rate, options.WeightDecay);
            }
        }
    }

    /// <summary>The gradient of a batch; its loss.</summary>
    /// <param name="rows">[n][p], scaled.</param>
    /// <param name="targets">[n][T], scaled.</param>
    /// <param name="shares">[n]: what each row counts.</param>
    internal double Differentiate(double[][] rows, double[][] targets, double[] shares)
    {
        // [layer][row]: what goes into each layer, and what comes out of the last.
        var values = new double[layers.Count + 1][][];
        values[0] = rows;
        for (var l = 0; l < layers.Count; l++)
        {
            values[l + 1] = layers[l].Apply(values[l]);
            foreach (var row in l < layers.Count - 1 ? values[l + 1] : [])
            {
                Rectify(row);
            }
        }

        var loss = 0.0;
        var errors = values[^1];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var t = 0; t < targets[i].Length; t++)
            {
                var difference = errors[i][t] - targets[i][t];
                errors[i][t] = shares[i] * difference;
                loss += 0.5 * errors[i][t] * difference;
            }
        }

        for (var l = layers.Count - 1; l >= 0; l--)
        {
            Gradient(gradients[l], values[l], errors);
            errors = l > 0 ? Backward(layers[l], values[l], errors) : errors;
        }

        return loss;
    }

    private static void Rectify(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Max(0, values[i]);
        }
    }

    /// <summary>Σ over rows of error times input. Half of the errors behind a ReLU are 0, so rows are gathered before they are added.</summary>
    private static void Gradient(MlpLayer gradient, double[][] inputs, double[][] errors)
    {
        Array.Clear(gradient.Biases);
        var (at, error) = (new int[inputs.Length], new double[inputs.Length]);
        for (var o = 0; o < gradient.Biases.Length; o++)
        {
            var count = 0;
            for (var i = 0; i < inputs.Length; i++)
            {
                if (errors[i][o] != 0)
                {
                    (at[count], error[count++]) = (i, errors[i][o]);
                    gradient.Biases[o] += errors[i][o];
                }
            }

            var row = gradient.Weights[o];
            Array.Clear(row);
            var k = 0;
            for (; k + 3 < count; k += 4)
            {
                VectorKernels.AddScaled(row, (error[k], error[k + 1], error[k + 2], error[k + 3]), inputs[at[k]], inputs[at[k + 1]], inputs[at[k + 2]], inputs[at[k + 3]]);
            }

            for (; k < count; k++)
            {
                VectorKernels.AddScaled(row, error[k], inputs[at[k]]);
            }
        }
    }

    /// <summary>Errors of a layer's inputs, 0 where ReLU was.</summary>
    private static double[][] Backward(MlpLayer layer, double[][] inputs, double[][] errors)
    {
        var result = new double[inputs.Length][];
        for (var i = 0; i < inputs.Length; i++)
        {
            var row = result[i] = new double[inputs[i].Length];
            for (var o = 0; o < errors[i].Length; o++)
            {
                if (errors[i][o] != 0)
                {
                    VectorKernels.AddScaled(row, errors[i][o], layer.Weights[o]);
                }
            }

            for (var j = 0; j < row.Length; j++)
            {
                row[j] = inputs[i][j] > 0 ? row[j] : 0;
            }
        }

        return result;
    }

    private void Update(int step, double rate, double decay)
    {
        var (first, second) = (1 - Math.Pow(Beta1, step), 1 - Math.Pow(Beta2, step));
        for (var l = 0; l < layers.Count; l++)
        {
            Move(layers[l].Biases, gradients[l].Biases, means[l].Biases, squares[l].Biases, 1, rate, first, second);
            for (var o = 0; o < layers[l].Weights.Length; o++)
            {
                Move(layers[l].Weights[o], gradients[l].Weights[o], means[l].Weights[o], squares[l].Weights[o], 1 - (rate * decay), rate, first, second);
            }
        }
    }

    /// <summary>One step of Adam; vectors and the rest do the same operations in the same order, so the width of a vector changes no bit.</summary>
    private static void Move(Span<double> values, Span<double> gradient, Span<double> mean, Span<double> square, double shrink, double rate, double first, double second)
    {
        var vv = MemoryMarshal.Cast<double, Vector<double>>(values);
        var vg = MemoryMarshal.Cast<double, Vector<double>>(gradient);
        var vm = MemoryMarshal.Cast<double, Vector<double>>(mean);
        var vs = MemoryMarshal.Cast<double, Vector<double>>(square);
        var (divideFirst, divideSecond, epsilon) = (new Vector<double>(first), new Vector<double>(second), new Vector<double>(Epsilon));
        for (var i = 0; i < vv.Length; i++)
        {
            var g = vg[i];
            var m = vm[i] = (Beta1 * vm[i]) + ((1 - Beta1) * g);
            var s = vs[i] = (Beta2 * vs[i]) + ((1 - Beta2) * g * g);
            vv[i] = (vv[i] * shrink) - (rate * m / divideFirst / (Vector.SquareRoot(s / divideSecond) + epsilon));
        }

        for (var i = vv.Length * Vector<double>.Count; i < values.Length; i++)
        {
            mean[i] = (Beta1 * mean[i]) + ((1 - Beta1) * gradient[i]);
            square[i] = (Beta2 * square[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            values[i] = (values[i] * shrink) - (rate * mean[i] / first / (Math.Sqrt(square[i] / second) + Epsilon));
        }
    }
}
