namespace ClusterML.Transformer.Tests;

/// <summary>The network once more, in plain loops and double precision: the oracle for the torch and the ONNX one.</summary>
/// <remarks>Written from the formulas of Gorishniy et al. 2021; shares nothing with the code under test but the names of the weights.</remarks>
internal sealed class ReferenceNetwork(FtBackbone backbone)
{
    private readonly Dictionary<string, WeightTensor> weights = backbone.Weights.ToDictionary(w => w.Name);

    public double[] Embed(int[] codes, float[] numbers)
    {
        var options = backbone.Options;
        var tokens = Tokens(codes, numbers);
        for (var block = 0; block < options.NBlocks; block++)
        {
            var name = $"blocks.{block}.";
            double[][] read = block == 0 ? tokens : [.. tokens.Select(t => Norm($"{name}attention.norm", t))];
            tokens = [.. Attention(name, read).Zip(tokens, Sum)];
            tokens = [.. tokens.Select(t => Sum(t, FeedForward(name, Norm($"{name}feed_forward.norm", t))))];
        }

        return [.. tokens.SelectMany(t => Norm("norm", t))];
    }

    private double[][] Tokens(int[] codes, float[] numbers)
    {
        var sizes = backbone.Sizes;
        var (tokens, first) = (new List<double[]>(), 0);
        for (var column = 0; column < codes.Length; column++)
        {
            var code = codes[column] >= 0 && codes[column] < sizes.Cardinalities[column] ? codes[column] : 0;
            tokens.Add(Row("tokens.categorical.weight", first + code));
            first += sizes.Cardinalities[column];
        }

        for (var column = 0; column < numbers.Length; column++)
        {
            var x = float.IsNaN(numbers[column]) ? 0 : (numbers[column] - backbone.Scaler.Center[column]) / backbone.Scaler.Scale[column];
            var bias = Row("tokens.continuous.bias", column);
            tokens.Add([.. Row("tokens.continuous.weight", column).Select((w, i) => (w * x) + bias[i])]);
        }

        return [.. tokens];
    }

    private double[][] Attention(string block, double[][] tokens)
    {
        var (d, heads) = (backbone.Options.DToken, backbone.Options.NHeads);
        var width = d / heads;
        double[][] qkv = [.. tokens.Select(t => Linear($"{block}attention.qkv", t))];
        var mixed = tokens.Select(_ => new double[d]).ToArray();
        for (var head = 0; head < heads; head++)
        {
            for (var i = 0; i < tokens.Length; i++)
            {
                var scores = new double[tokens.Length];
                for (var j = 0; j < tokens.Length; j++)
                {
                    for (var k = 0; k < width; k++)
                    {
                        scores[j] += qkv[i][(head * width) + k] * qkv[j][d + (head * width) + k] / Math.Sqrt(width);
                    }
                }

                var largest = scores.Max();
                double[] shares = [.. scores.Select(s => Math.Exp(s - largest))];
                for (var j = 0; j < tokens.Length; j++)
                {
                    for (var k = 0; k < width; k++)
                    {
                        mixed[i][(head * width) + k] += shares[j] / shares.Sum() * qkv[j][(2 * d) + (head * width) + k];
                    }
                }
            }
        }

        return [.. mixed.Select(m => Linear($"{block}attention.out", m))];
    }

    private double[] FeedForward(string block, double[] token) =>
        Linear($"{block}feed_forward.out", [.. Linear($"{block}feed_forward.in", token).Select(h => h / (1 + Math.Exp(-h)))]);

    private double[] Norm(string name, double[] token)
    {
        var mean = token.Average();
        var deviation = Math.Sqrt(token.Average(v => (v - mean) * (v - mean)) + 1e-5);
        var (weight, bias) = (weights[$"{name}.weight"].Values, weights[$"{name}.bias"].Values);
        return [.. token.Select((v, i) => ((v - mean) / deviation * weight[i]) + bias[i])];
    }

    private double[] Linear(string name, double[] x)
    {
        var bias = weights[$"{name}.bias"].Values;
        return [.. bias.Select((b, row) => b + Row($"{name}.weight", row).Zip(x, (w, v) => w * v).Sum())];
    }

    private double[] Row(string name, int row)
    {
        var width = weights[name].Shape[1];
        return [.. weights[name].Values.Skip(row * width).Take(width).Select(v => (double)v)];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
