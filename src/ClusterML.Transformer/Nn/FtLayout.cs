using ClusterML.Data.Randomness;

namespace ClusterML.Transformer.Nn;

/// <summary>Names, shapes and first values of a network's weights.</summary>
internal static class FtLayout
{
    public const string Head = "head.";
    public const string Tokens = "tokens.";
    public const string Cls = "tokens.cls";
    public const string Categorical = "tokens.categorical.weight";
    public const string ContinuousWeight = "tokens.continuous.weight";
    public const string ContinuousBias = "tokens.continuous.bias";
    public const string Missing = "tokens.continuous.missing";
    public const string Frequencies = "tokens.continuous.frequencies";
    public const string Restoring = "restoring.";

    /// <summary>Shapes of the weights below the head, about 32 thousand values with the paper's sizes.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Backbone(FtSizes sizes, FtTransformerOptions options)
    {
        var d = options.DToken;
        if (sizes.Cardinalities.Count > 0)
        {
            yield return (Categorical, [sizes.Cardinalities.Sum(), d]);
        }

        foreach (var weight in sizes.ContinuousCount > 0 ? Continuous(sizes.ContinuousCount, options) : [])
        {
            yield return weight;
        }

        if (options.Readout == FtReadout.Cls)
        {
            yield return (Cls, [1, d]);
        }

        for (var block = 0; block < options.NBlocks; block++)
        {
            // The paper says "normalization" and no more. As in rtdl's pre-norm network the first block's attention reads the
            // tokens as they are: they have just been initialised on one scale.
            var norms = block == 0 && options.Norm == FtNorm.Pre ? new[] { "feed_forward" } : ["attention", "feed_forward"];
            foreach (var norm in norms)
            {
                yield return ($"blocks.{block}.{norm}.norm.weight", [d]);
                yield return ($"blocks.{block}.{norm}.norm.bias", [d]);
            }

            foreach (var (name, output, input) in new[]
            {
                ("attention.qkv", 3 * d, d),
                ("attention.out", d, d),
                ("feed_forward.in", options.IsGated ? 2 * options.DFeedForward : options.DFeedForward, d),
                ("feed_forward.out", d, options.DFeedForward),
            })
            {
                yield return ($"blocks.{block}.{name}.weight", [output, input]);
                yield return ($"blocks.{block}.{name}.bias", [output]);
            }
        }

        if (options.Norm == FtNorm.Pre)
        {
            yield return ("norm.weight", [d]);
            yield return ("norm.bias", [d]);
        }
    }

    /// <summary>Shapes of the head: hidden layers as multiples of the embedding's width, then the targets.</summary>
    public static IEnumerable<(string Name, int[] Shape)> HeadLayers(FtSizes sizes, FtTransformerOptions options, int targets)
    {
        var width = options.EmbeddingSize(sizes.Tokens);
        var input = width;
        foreach (var (layer, output) in options.HeadFactors.Select(f => Math.Max(1, (int)Math.Round(f * width))).Append(targets).Index())
        {
            yield return ($"{Head}{layer}.weight", [output, input]);
            yield return ($"{Head}{layer}.bias", [output]);
            input = output;
        }
    }

    /// <summary>Shapes of what restores hidden numbers from their tokens in training; no model keeps it.</summary>
    public static IEnumerable<(string Name, int[] Shape)> RestoringLayer(FtSizes sizes, FtTransformerOptions options) =>
    [
        ($"{Restoring}weight", [sizes.ContinuousCount, options.DToken]),
        ($"{Restoring}bias", [sizes.ContinuousCount]),
    ];

    /// <summary>
    /// First values: norms 1 and 0, frequencies normal with the given deviation, all else uniform in +-1/sqrt(fan-in), tokens in
    /// +-1/sqrt(d_token).
    /// </summary>
    /// <remarks>
    /// Each tensor has its own stream <c>init NAME</c>, so a head or a block more does not change the others. Bins are those of no rows
    /// (<see cref="PiecewiseBins.Even"/>) until a training sets them.
    /// </remarks>
    public static List<WeightTensor> Initial(IEnumerable<(string Name, int[] Shape)> layout, FtTransformerOptions options, SeedStreams seeds)
    {
        var tensors = new List<WeightTensor>();
        var fanIn = 1;
        foreach (var (name, shape) in layout)
        {
            var values = new float[shape.Aggregate(1, (product, size) => product * size)];
            if (IsFixed(name))
            {
                values = PiecewiseBins.Even(shape[0], shape[1]).Single(bins => bins.Name == name).Values;
            }
            else if (IsNorm(name))
            {
                Array.Fill(values, name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f);
            }
            else if (name == Frequencies)
            {
                var random = seeds.Generator($"init {name}");
                for (var i = 0; i < values.Length; i++)
                {
                    // Box and Muller 1958.
                    values[i] = (float)(options.FrequencyScale
                        * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
                }
            }
            else
            {
                // A layer's bias follows its weight and shares its fan-in; columns with layers of their own have three axes.
                fanIn = shape.Length >= 2 ? shape[1] : fanIn;
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

    /// <summary>Whether the optimiser's decay applies: to the matrices of linear layers, not to tokens, norms and biases (as in rtdl).</summary>
    public static bool IsDecayed(string name) =>
        name.EndsWith(".weight", StringComparison.Ordinal) && !IsNorm(name) && !name.StartsWith(Tokens, StringComparison.Ordinal);

    /// <summary>Whether a weight is data of the tokenizer (edges of bins), which no training changes.</summary>
    public static bool IsFixed(string name) => name.StartsWith(PiecewiseBins.Prefix, StringComparison.Ordinal);

    private static IEnumerable<(string Name, int[] Shape)> Continuous(int columns, FtTransformerOptions options)
    {
        var d = options.DToken;
        switch (options.Tokenizer)
        {
            case FtTokenizer.PiecewiseLinear:
                yield return (ContinuousWeight, [columns, options.Bins, d]);
                foreach (var name in PiecewiseBins.Names)
                {
                    yield return (name, [columns, options.Bins]);
                }

                break;
            case FtTokenizer.Periodic:
                yield return (Frequencies, [columns, options.Frequencies]);
                yield return (ContinuousWeight, [columns, 2 * options.Frequencies, d]);
                break;
            default:
                yield return (ContinuousWeight, [columns, d]);
                break;
        }

        yield return (ContinuousBias, [columns, d]);
        if (options.Missing == FtMissing.Token)
        {
            yield return (Missing, [columns, d]);
        }
    }

    private static bool IsNorm(string name) => name.Contains("norm.", StringComparison.Ordinal);
}
