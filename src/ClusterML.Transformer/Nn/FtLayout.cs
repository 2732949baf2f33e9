using ClusterML.Data.Randomness;

namespace ClusterML.Transformer.Nn;

/// <summary>Names, shapes and first values of a network's weights.</summary>
internal static class FtLayout
{
    public const string Head = "head.";
    public const string Categorical = "tokens.categorical.weight";
    public const string ContinuousWeight = "tokens.continuous.weight";
    public const string ContinuousBias = "tokens.continuous.bias";

    /// <summary>Shapes of the weights below the head, about 32 thousand values with the paper's sizes.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Backbone(FtSizes sizes, FtTransformerOptions options)
    {
        var d = options.DToken;
        if (sizes.Cardinalities.Count > 0)
        {
            yield return (Categorical, [sizes.Cardinalities.Sum(), d]);
        }

        if (sizes.ContinuousCount > 0)
        {
            yield return (ContinuousWeight, [sizes.ContinuousCount, d]);
            yield return (ContinuousBias, [sizes.ContinuousCount, d]);
        }

        for (var block = 0; block < options.NBlocks; block++)
        {
            // The paper says "normalization" and no more. As in rtdl's pre-norm network the first block's attention reads the
            // tokens as they are: they have just been initialised on one scale.
            var norms = block == 0 ? new[] { "feed_forward" } : ["attention", "feed_forward"];
            foreach (var norm in norms)
            {
                yield return ($"blocks.{block}.{norm}.norm.weight", [d]);
                yield return ($"blocks.{block}.{norm}.norm.bias", [d]);
            }

            foreach (var (name, output, input) in new[]
            {
                ("attention.qkv", 3 * d, d),
                ("attention.out", d, d),
                ("feed_forward.in", options.DFeedForward, d),
                ("feed_forward.out", d, options.DFeedForward),
            })
            {
                yield return ($"blocks.{block}.{name}.weight", [output, input]);
                yield return ($"blocks.{block}.{name}.bias", [output]);
            }
        }

        yield return ("norm.weight", [d]);
        yield return ("norm.bias", [d]);
    }

    /// <summary>Shapes of the pretraining head: hidden layers as multiples of the flattened width, then the targets.</summary>
    public static IEnumerable<(string Name, int[] Shape)> HeadLayers(FtSizes sizes, FtTransformerOptions options, int targets)
    {
        var flat = sizes.Tokens * options.DToken;
        var input = flat;
        foreach (var (layer, output) in options.HeadFactors.Select(f => Math.Max(1, (int)Math.Round(f * flat))).Append(targets).Index())
        {
            yield return ($"{Head}{layer}.weight", [output, input]);
            yield return ($"{Head}{layer}.bias", [output]);
            input = output;
        }
    }

    /// <summary>First values: norms 1 and 0, all else uniform in +-1/sqrt(fan-in), tokens in +-1/sqrt(d_token).</summary>
    /// <remarks>Each tensor has its own stream <c>init NAME</c>, so a head or a block more does not change the others.</remarks>
    public static List<WeightTensor> Initial(IEnumerable<(string Name, int[] Shape)> layout, SeedStreams seeds)
    {
        var tensors = new List<WeightTensor>();
        var fanIn = 1;
        foreach (var (name, shape) in layout)
        {
            var values = new float[shape.Aggregate(1, (product, size) => product * size)];
            if (IsNorm(name))
            {
                Array.Fill(values, name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f);
            }
            else
            {
                // A layer's bias follows its weight and shares its fan-in.
                fanIn = shape.Length == 2 ? shape[1] : fanIn;
                var bound = 1 / Math.Sqrt(fanIn);
                var random = seeds.Generator($"init {name}");
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
                }
            }

            tensors.Add(new WeightTensor(name, shape, values));
        }

        return tensors;
    }

    /// <summary>Whether Adam's L2 penalty applies: to the matrices of linear layers, not to tokens, norms and biases.</summary>
    public static bool IsDecayed(string name) =>
        name.EndsWith(".weight", StringComparison.Ordinal) && !IsNorm(name) && !name.StartsWith("tokens.", StringComparison.Ordinal);

    private static bool IsNorm(string name) => name.Contains("norm.", StringComparison.Ordinal);
}
