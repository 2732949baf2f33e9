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
    private readonly double[][] outputs;
    private readonly double[][] errors;

    internal MlpTraining(IReadOnlyList<MlpLayer> layers)
    {
        this.layers = layers;
        gradients = [.. layers.Select(l => l.Zeros())];
        means = [.. layers.Select(l => l.Zeros())];
        squares = [.. layers.Select(l => l.Zeros())];
        outputs = [.. layers.Select(l => new double[l.Biases.Length])];
        errors = [.. layers.Select(l => new double[l.Biases.Length])];
    }

    /// <summary>Gradients of the last rows that were given to <see cref="Accumulate"/>.</summary>
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
                Clear();
                foreach (var i in batch)
                {
                    Accumulate(rows[i], targets[i], (weights is null ? 1 : weights[i] / mean) / batch.Length);
                }

                var rate = options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                Update(++step, rate, options.WeightDecay);
            }
        }
    }

    /// <summary>Adds one row's part of the gradient; its part of the loss.</summary>
    internal double Accumulate(double[] row, double[] target, double share)
    {
        for (var l = 0; l < layers.Count; l++)
        {
            layers[l].Apply(l == 0 ? row : outputs[l - 1], outputs[l]);
            for (var o = 0; l < layers.Count - 1 && o < outputs[l].Length; o++)
            {
                outputs[l][o] = Math.Max(0, outputs[l][o]);
            }
        }

        var (last, loss) = (layers.Count - 1, 0.0);
        for (var t = 0; t < target.Length; t++)
        {
            errors[last][t] = share * (outputs[last][t] - target[t]);
            loss += 0.5 * errors[last][t] * (outputs[last][t] - target[t]);
        }

        for (var l = last; l >= 0; l--)
        {
            Backward(l, l == 0 ? row : outputs[l - 1]);
        }

        return loss;
    }

    private void Backward(int l, double[] input)
    {
        if (l > 0)
        {
            Array.Clear(errors[l - 1]);
        }

        for (var o = 0; o < errors[l].Length; o++)
        {
            var error = errors[l][o];
            if (error == 0)
            {
                continue;
            }

            gradients[l].Biases[o] += error;
            VectorKernels.AddScaled(gradients[l].Weights[o], error, input);
            if (l > 0)
            {
                VectorKernels.AddScaled(errors[l - 1], error, layers[l].Weights[o]);
            }
        }

        for (var i = 0; l > 0 && i < input.Length; i++)
        {
            errors[l - 1][i] = input[i] > 0 ? errors[l - 1][i] : 0;
        }
    }

    private void Clear()
    {
        foreach (var layer in gradients)
        {
            Array.Clear(layer.Biases);
            foreach (var row in layer.Weights)
            {
                Array.Clear(row);
            }
        }
    }

    private void Update(int step, double rate, double decay)
    {
        var (first, second) = (1 - Math.Pow(Beta1, step), 1 - Math.Pow(Beta2, step));
        void Move(double[] values, double[] gradient, double[] mean, double[] square, double shrink)
        {
            for (var i = 0; i < values.Length; i++)
            {
                mean[i] = (Beta1 * mean[i]) + ((1 - Beta1) * gradient[i]);
                square[i] = (Beta2 * square[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
                values[i] = (values[i] * shrink) - (rate * mean[i] / first / (Math.Sqrt(square[i] / second) + Epsilon));
            }
        }

        for (var l = 0; l < layers.Count; l++)
        {
            Move(layers[l].Biases, gradients[l].Biases, means[l].Biases, squares[l].Biases, 1);
            for (var o = 0; o < layers[l].Weights.Length; o++)
            {
                Move(layers[l].Weights[o], gradients[l].Weights[o], means[l].Weights[o], squares[l].Weights[o], 1 - (rate * decay));
            }
        }
    }
}
