using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer.Tests;

/// <summary>Small networks that between them have every option of the architecture, with random weights and rows with gaps.</summary>
internal static class OptionMatrix
{
    private static readonly FtTransformerOptions Small = new() { NBlocks = 2, NHeads = 2, DToken = 8, DFeedForward = 12, HeadFactors = [0.5] };

    private static readonly Dictionary<string, FtTransformerOptions> Networks = new()
    {
        ["paper"] = Small,
        ["cls"] = Small with { Readout = FtReadout.Cls },
        ["mean"] = Small with { Readout = FtReadout.Mean },
        ["piecewise"] = Small with { Tokenizer = FtTokenizer.PiecewiseLinear, Bins = 5 },
        ["periodic"] = Small with { Tokenizer = FtTokenizer.Periodic, Frequencies = 3 },
        ["missing token"] = Small with { Missing = FtMissing.Token },
        ["relu"] = Small with { Activation = FtActivation.Relu, HeadActivation = FtActivation.Relu },
        ["gelu"] = Small with { Activation = FtActivation.Gelu },
        ["reglu"] = Small with { Activation = FtActivation.Reglu, HeadActivation = FtActivation.Swish },
        ["geglu"] = Small with { Activation = FtActivation.Geglu },
        ["post-norm"] = Small with { Norm = FtNorm.Post },
        ["linear head"] = Small with { HeadFactors = [] },
        ["cls, piecewise, missing token, geglu, post-norm"] = Small with
        {
            Readout = FtReadout.Cls,
            Tokenizer = FtTokenizer.PiecewiseLinear,
            Missing = FtMissing.Token,
            Activation = FtActivation.Geglu,
            Norm = FtNorm.Post,
        },
        ["mean, periodic, missing token, reglu"] = Small with
        {
            Readout = FtReadout.Mean,
            Tokenizer = FtTokenizer.Periodic,
            Missing = FtMissing.Token,
            Activation = FtActivation.Reglu,
        },
    };

    /// <summary>Names of the networks.</summary>
    public static TheoryData<string> Names => [.. Networks.Keys];

    /// <summary>The options of one.</summary>
    public static FtTransformerOptions Options(string name) => Networks[name];

    /// <summary>A whole model of it, every weight random, bins fitted to made-up rows.</summary>
    public static FtTransformerModel Model(string name, int targets = 2)
    {
        var (options, sizes) = (Options(name), new FtSizes([5, 3], 4));
        var backbone = SampleRows.Backbone(options, sizes);
        if (options.Tokenizer == FtTokenizer.PiecewiseLinear)
        {
            // The last column has one value and so one bin.
            var rows = Rows(sizes, 200, 5).Continuous
                .Select(row => row.Select((v, i) => i == 3 ? 1f : (v - (float)backbone.Scaler.Center[i]) / (float)backbone.Scaler.Scale[i]).ToArray()).ToArray();
            var bins = PiecewiseBins.Fit(rows, sizes.ContinuousCount, options.Bins).ToDictionary(b => b.Name);
            backbone = new FtBackbone(sizes, options, backbone.Scaler, backbone.Weights.Select(w => bins.GetValueOrDefault(w.Name, w)));
        }

        var head = FtLayout.Initial(FtLayout.HeadLayers(sizes, options, targets), options, new(9));
        return new FtTransformerModel(backbone, new RobustScaler([.. Enumerable.Repeat(0.5, targets)], [.. Enumerable.Repeat(2.0, targets)]), head);
    }

    /// <summary>Rows with codes out of range and missing numbers.</summary>
    public static (int[][] Categorical, float[][] Continuous) Rows(FtSizes sizes, int count, int seed = 11)
    {
        var random = new Random(seed);
        int[][] codes = [.. Enumerable.Range(0, count).Select(_ => sizes.Cardinalities.Select(c => random.Next(-1, c + 1)).ToArray())];
        float[][] numbers = [.. codes.Select(_ => Enumerable.Range(0, sizes.ContinuousCount)
            .Select(_ => random.Next(8) == 0 ? float.NaN : (float)((random.NextDouble() * 400) - 100)).ToArray())];
        return (codes, numbers);
    }
}
