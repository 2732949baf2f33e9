using System.ComponentModel.DataAnnotations;
using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer.Tests;

/// <summary>Training that goes on from a pretrained network.</summary>
[Collection("torch")]
public sealed class TransferTests
{
    private static readonly FtTrainingOptions Short = new() { MaxEpochs = 2, BatchSize = 16, LearningRate = 1e-2, WeightDecay = 0.1 };
    private static readonly FtSizes Sizes = new(SampleRows.Cardinalities, 3);

    [Fact]
    public void Fit_AllFrozen_KeepsTheEmbeddingAndTrainsTheHead()
    {
        var rows = SampleRows.Make(150);
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);
        var epochs = new Epochs();

        var tuned = Fit(rows, backbone, FtFreezing.All, Short with { MaxEpochs = 60, Patience = 60, WeightDecay = 0 }, epochs);

        Assert.Equal(backbone.WeightsHash, tuned.Backbone.WeightsHash);
        Assert.Equal(backbone.Embed(rows.Categorical, rows.Continuous), tuned.Predict(rows.Categorical, rows.Continuous).Embeddings);
        Assert.True(epochs.Reports[^1].TrainLoss < 0.5 * epochs.Reports[0].TrainLoss);
    }

    [Fact]
    public void Fit_TokenizerAndFirstBlockFrozen_ChangesTheRestOnly()
    {
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);

        var changed = Changed(backbone, Fit(SampleRows.Make(60), backbone, new() { Blocks = 1 }, Short).Backbone);

        Assert.NotEmpty(changed);
        Assert.All(changed, name => Assert.True(name.StartsWith("blocks.1.", StringComparison.Ordinal) || name.StartsWith("norm.", StringComparison.Ordinal), name));
        Assert.Contains("norm.weight", changed);
        Assert.Contains("blocks.1.attention.qkv.weight", changed);
    }

    [Fact]
    public void Fit_NothingFrozen_ChangesEveryWeight()
    {
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);

        var changed = Changed(backbone, Fit(SampleRows.Make(60), backbone, FtFreezing.None, Short).Backbone);

        Assert.Equal(backbone.Weights.Select(w => w.Name).Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fit_UntrainedTokens_ChangesTheirRowsAlone()
    {
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);
        var freezing = new FtFreezing { TrainUntrainedTokens = true };

        var tuned = Fit(SampleRows.Make(60), backbone, freezing, Short, untrained: new([1], [(0, 3), (1, 1)])).Backbone;

        Assert.Equal([FtLayout.Categorical, FtLayout.ContinuousWeight], Changed(backbone, tuned).Order(StringComparer.Ordinal));
        Assert.Equal([1], ChangedRows(FtLayout.ContinuousWeight));
        Assert.Equal([3, 5], ChangedRows(FtLayout.Categorical));

        int[] ChangedRows(string name)
        {
            var (before, after) = (Values(backbone, name).Chunk(4).ToArray(), Values(tuned, name).Chunk(4).ToArray());
            return [.. Enumerable.Range(0, before.Length).Where(row => !before[row].SequenceEqual(after[row]))];
        }
    }

    [Fact]
    public void Fit_OtherArchitectureAsked_KeepsThePretrainedOneWithTheNewHead()
    {
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);
        var asked = new FtTransformerOptions { NBlocks = 5, DToken = 32, HeadFactors = [], Dropout = 0 };

        var tuned = new FtTransformerEstimator(asked, Short, SampleRows.Setup() with { Start = new(backbone, FtFreezing.All) }).Fit(SampleRows.Make(40).View()).Model;

        Assert.Equal((2, 4, 0), (tuned.Backbone.Options.NBlocks, tuned.Backbone.Options.DToken, tuned.Backbone.Options.HeadFactors.Count));
        Assert.Equal(2, tuned.TargetCount);
        Assert.Same(backbone.Scaler, tuned.Backbone.Scaler);
    }

    [Fact]
    public void Fit_StartInTheFingerprint_NoCheckpointOfAnotherStartIsTaken()
    {
        var rows = SampleRows.Make(40);
        var path = Path.GetTempFileName();
        File.Delete(path);
        void Train(int seed, FtFreezing freezing) => new FtTransformerEstimator(
            SampleRows.TinyNetwork, Short, SampleRows.Setup() with { Start = new(SampleRows.Backbone(SampleRows.TinyNetwork, Sizes, seed), freezing), Checkpoints = new KeptInAFile(path) }).Fit(rows.View());
        Train(3, FtFreezing.None);

        Assert.Throws<InvalidDataException>(() => Train(4, FtFreezing.None));
        Assert.Throws<InvalidDataException>(() => Train(3, new() { Blocks = 1 }));
        File.Delete(path);
    }

    [Fact]
    public void Fit_MaskingWithAllFrozen_IsRefused()
    {
        var backbone = SampleRows.Backbone(SampleRows.TinyNetwork, Sizes);

        Assert.Throws<ValidationException>(() => Fit(SampleRows.Make(20), backbone, FtFreezing.All, Short with { MaskProbability = 0.2 }));
    }

    [Fact]
    public void WithRandomWeights_KeepsScalerAndBins()
    {
        var backbone = OptionMatrix.Model("piecewise").Backbone;

        var random = backbone.WithRandomWeights(4);

        Assert.NotEqual(backbone.WeightsHash, random.WeightsHash);
        Assert.Same(backbone.Scaler, random.Scaler);
        Assert.All(PiecewiseBins.Names, name => Assert.Equal(Values(backbone, name), Values(random, name)));
    }

    private static FtTransformerModel Fit(
        SampleRows rows, FtBackbone backbone, FtFreezing freezing, FtTrainingOptions options, Epochs? epochs = null, FtUntrainedTokens? untrained = null) =>
        new FtTransformerEstimator(SampleRows.TinyNetwork, options, SampleRows.Setup() with { Start = new(backbone, freezing, untrained), Progress = epochs }).Fit(rows.View()).Model;

    private static List<string> Changed(FtBackbone before, FtBackbone after) =>
        [.. before.Weights.Where(w => !w.Values.SequenceEqual(Values(after, w.Name))).Select(w => w.Name)];

    private static float[] Values(FtBackbone backbone, string name) => backbone.Weights.Single(w => w.Name == name).Values;
}
