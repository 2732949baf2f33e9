using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Tests;

/// <summary>Every option of the architecture: ONNX, gradients, files, memory.</summary>
[Collection("torch")]
public sealed class FtOptionsTests
{
    public static TheoryData<string> Networks => OptionMatrix.Names;

    [Theory]
    [MemberData(nameof(Networks))]
    public void ToOnnx_EveryOption_MatchesTorchForBatchesFromOneToAThousand(string network)
    {
        var model = OptionMatrix.Model(network);
        using var session = new InferenceSession(model.ToOnnx());
        foreach (var count in new[] { 1, 7, 64, 1000 })
        {
            var (codes, numbers) = OptionMatrix.Rows(model.Backbone.Sizes, count, count);
            var (predictions, embeddings) = model.Predict(codes, numbers);
            var (prediction, embedding) = (OnnxRows.Run(session, codes, numbers, "prediction"), OnnxRows.Run(session, codes, numbers, "embedding"));
            for (var row = 0; row < count; row++)
            {
                Assert.All(predictions[row].Zip(prediction[row]), p => Assert.Equal(p.First, p.Second, 1e-5));
                Assert.All(embeddings[row].Zip(embedding[row]), p => Assert.Equal(p.First, p.Second, 1e-5f));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Backward_EveryOption_MatchesCentralDifferencesInDoublePrecision(string network)
    {
        var model = OptionMatrix.Model(network);
        var (sizes, options) = (model.Backbone.Sizes, model.Backbone.Options);
        var (codeRows, numberRows) = OptionMatrix.Rows(sizes, 6);
        using var scope = NewDisposeScope();
        var batches = new FtBatches(sizes, model.Backbone.Scaler, options.Missing);
        var (codes, numbers) = (batches.Codes(codeRows, 0, 6), batches.Numbers(numberRows, 0, 6).to(ScalarType.Float64));
        using var net = new FtNetwork(sizes, options, model.Backbone.Weights.Concat(model.Head), name => !FtLayout.IsFixed(name), precision: ScalarType.Float64);
        Tensor Loss() => net.Predict(net.Embed(codes, numbers, new DropoutStream(3)), new DropoutStream(4)).square().sum();
        Loss().backward();
        var random = new Random(1);
        foreach (var (name, weight) in net.Weights.Where(w => w.Value.requires_grad))
        {
            var gradient = weight.grad is { } given ? given.data<double>().ToArray() : new double[weight.numel()];
            for (var probe = 0; probe < 4; probe++)
            {
                var at = random.Next(gradient.Length);
                var numeric = (At(at, 1e-6) - At(at, -1e-6)) / 2e-6;
                Assert.True(Math.Abs(numeric - gradient[at]) <= 1e-6 * (1 + Math.Abs(numeric)), $"{name}[{at}]: {gradient[at]:g8}, by differences {numeric:g8}");
            }

            double At(int at, double step)
            {
                using var quiet = no_grad();
                using var inner = NewDisposeScope();
                var flat = weight.view(-1);
                flat[at] = flat[at] + step;
                var value = Loss().item<double>();
                flat[at] = flat[at] - step;
                return value;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Load_Saved_PredictsTheSameBits(string network)
    {
        var model = OptionMatrix.Model(network);
        var (codes, numbers) = OptionMatrix.Rows(model.Backbone.Sizes, 9);

        var loaded = FtTransformerModel.Load(model.Save());

        Assert.Equal(model.WeightsHash, loaded.WeightsHash);
        Assert.Equal(model.Backbone.Options with { HeadFactors = [] }, loaded.Backbone.Options with { HeadFactors = [] });
        Assert.Equal(model.Predict(codes, numbers).Predictions, loaded.Predict(codes, numbers).Predictions);
        Assert.Equal(model.ToOnnx(), loaded.ToOnnx());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Embed_EveryOption_LeavesNoTensorBehind(string network)
    {
        var model = OptionMatrix.Model(network);
        var (codes, numbers) = OptionMatrix.Rows(model.Backbone.Sizes, 300);
        _ = model.Predict(codes, numbers);
        var before = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount);

        for (var i = 0; i < 3; i++)
        {
            _ = model.Predict(codes, numbers);
            _ = model.Backbone.Embed(codes, numbers);
        }

        Assert.Equal(before, (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Embed_ColumnsPermutedWithTheirWeights_GivesTheSame(string network)
    {
        var backbone = OptionMatrix.Model(network).Backbone;
        var (codes, numbers) = OptionMatrix.Rows(backbone.Sizes, 20);
        int[] order = [2, 0, 3, 1];
        var sizes = new FtSizes([.. backbone.Sizes.Cardinalities.Reverse()], 4);
        var scaler = new RobustScaler([.. order.Select(c => backbone.Scaler.Center[c])], [.. order.Select(c => backbone.Scaler.Scale[c])]);
        var permuted = new FtBackbone(sizes, backbone.Options, scaler, backbone.Weights.Select(w =>
        {
            var width = w.Values.Length / w.Shape[0];
            float[] Row(int row) => w.Values[(row * width)..((row + 1) * width)];
            return w.Name == FtLayout.Categorical ? w with { Values = [.. Enumerable.Range(5, 3).Concat(Enumerable.Range(0, 5)).SelectMany(Row)] }
                : w.Name.StartsWith("tokens.continuous", StringComparison.Ordinal) ? w with { Values = [.. order.SelectMany(Row)] }
                : w;
        }));

        var expected = backbone.Embed(codes, numbers);
        var actual = permuted.Embed([.. codes.Select(r => r.Reverse().ToArray())], [.. numbers.Select(r => order.Select(c => r[c]).ToArray())]);

        int[] tokens = [1, 0, .. order.Select(c => 2 + c)];
        var d = backbone.Options.DToken;
        for (var row = 0; row < codes.Length; row++)
        {
            // A flattened embedding is permuted as its columns are; another readout does not change.
            var moved = backbone.Options.Readout == FtReadout.Flatten ? tokens.SelectMany(t => expected[row][(t * d)..((t + 1) * d)]).ToArray() : expected[row];
            Assert.All(moved.Zip(actual[row]), p => Assert.Equal(p.First, p.Second, 2e-6f));
        }
    }

    [Fact]
    public void Fit_Bins_EncodeByTheDefinition()
    {
        float[] column = [.. Enumerable.Range(0, 101).Select(i => (float)(i * i) / 100)];
        double[] edges = [.. Enumerable.Range(0, 5).Select(q => ClusterML.Learning.Numerics.Quantiles.Linear(column.Select(v => (double)v), q / 4.0))];

        var bins = PiecewiseBins.Fit([.. column.Select(v => new[] { v })], 1, 4).ToDictionary(b => b.Name, b => b.Values);

        foreach (var x in new[] { -7f, 0, 3.3f, 30, 99, 250 })
        {
            for (var t = 0; t < 4; t++)
            {
                // Equation 1 of arXiv:2203.05556.
                var expected = x < edges[t] && t > 0 ? 0 : x >= edges[t + 1] && t < 3 ? 1 : (x - edges[t]) / (edges[t + 1] - edges[t]);
                var actual = Math.Min(Math.Max((x - bins[PiecewiseBins.Start][t]) * bins[PiecewiseBins.Scale][t], bins[PiecewiseBins.Low][t]), bins[PiecewiseBins.High][t]);
                Assert.Equal(expected, actual, 1e-5);
            }
        }
    }

    [Fact]
    public void Embed_MissingNumber_ReadsAsMedianOrAsItsToken()
    {
        var (median, token) = (OptionMatrix.Model("paper").Backbone, OptionMatrix.Model("missing token").Backbone);
        float[] center = [.. median.Scaler.Center.Select(v => (float)v)];
        float[][] rows = [[float.NaN, .. center[1..]], center];

        var (asMedian, asToken) = (median.Embed([[1, 1], [1, 1]], rows), token.Embed([[1, 1], [1, 1]], rows));

        Assert.All(asMedian[0].Zip(asMedian[1]), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.NotEqual(asToken[0], asToken[1]);
    }

    [Fact]
    public void Options_GatedHead_IsRefused()
    {
        var error = Assert.Throws<ValidationException>(() => FtBackbone.Random(
            new FtSizes([2], 1), new FtTransformerOptions { HeadActivation = FtActivation.Geglu }, new RobustScaler([0], [1]), 1));

        Assert.Contains("HeadActivation is Geglu", error.Message, StringComparison.Ordinal);
    }
}
