using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Ridge;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;
using Microsoft.ML;
using TorchSharp;

namespace ClusterML.Transformer.Tests;

/// <summary>What a training must be able to do, and its parts against torch's own or against their formulas.</summary>
[Collection("torch")]
public sealed class TrainingOracleTests
{
    private static readonly FtTransformerOptions Still = SampleRows.TinyNetwork with { Dropout = 0, HeadDropout = 0, DToken = 8, DFeedForward = 16 };

    [Fact]
    public void Fit_SixtyFourRowsOfNoise_LearnsThemByHeart()
    {
        var random = new Random(3);
        var rows = SampleRows.Make(65, 5);
        for (var i = 0; i < 65; i++)
        {
            rows.Targets[i] = [random.NextDouble(), random.NextDouble()];
        }

        var epochs = new Epochs();
        var options = new FtTrainingOptions { MaxEpochs = 400, Patience = 400, BatchSize = 64, LearningRate = 3e-3, WeightDecay = 0, Loss = FtLoss.Mse };
        Fit(View(rows, ValueColumn.Boolean("held_out", [.. Enumerable.Range(0, 65).Select(i => i == 64)])), Still, options, epochs, new() { Validation = "held_out" });

        Assert.Equal(64, epochs.Reports[0].TrainingRows);
        Assert.True(epochs.Reports[^1].TrainLoss < 1e-3, $"loss {epochs.Reports[^1].TrainLoss:g3} at first {epochs.Reports[0].TrainLoss:g3}");
    }

    [Theory]
    [InlineData(FtTokenizer.Linear, FtReadout.Flatten)]
    [InlineData(FtTokenizer.PiecewiseLinear, FtReadout.Cls)]
    public void Fit_ProductOfTwoNumbers_BeatsALinearModelByFar(FtTokenizer tokenizer, FtReadout readout)
    {
        var random = new Random(8);
        float[][] numbers = [.. Enumerable.Range(0, 700).Select(_ => new[] { (float)((2 * random.NextDouble()) - 1), (float)((2 * random.NextDouble()) - 1), (float)random.NextDouble() })];
        double[][] targets = [.. numbers.Select(n => new[] { (double)(n[0] * n[1]) })];
        IDataView Part(Range part) => new ColumnarView([ValueColumn.Singles("continuous", 3, numbers[part]), ValueColumn.Doubles("targets", 1, targets[part])]);
        var network = Still with { Tokenizer = tokenizer, Readout = readout, Bins = tokenizer == FtTokenizer.PiecewiseLinear ? 6 : Still.Bins };
        var options = new FtTrainingOptions { MaxEpochs = 60, Patience = 60, BatchSize = 32, LearningRate = 4e-3 };

        var trained = new FtTransformerEstimator(network, options, new FtTrainingSetup { Seeds = new(1) }, new() { Categorical = [] }).Fit(Part(..500));
        var linear = new RidgeEstimator(new RidgeOptions { Features = ["continuous"] }).Fit(Part(..500));

        double Error(ITransformer model) => model.Transform(Part(500..)).ReadVectors("prediction").Select((p, i) => Math.Abs(p[0] - targets[500 + i][0])).Average();
        Assert.True(Error(trained) < 0.4 * Error(linear), $"network {Error(trained):g3}, ridge {Error(linear):g3}");
    }

    [Fact]
    public void Fit_RowsOfAlmostNoWeight_DoNotCount()
    {
        var rows = SampleRows.Make(240, 5);
        float[] weights = [.. Enumerable.Range(0, 240).Select(i => i % 3 == 0 ? 1e-6f : 1f)];
        var spoilt = rows with { Targets = [.. rows.Targets.Select((t, i) => i % 3 == 0 ? new[] { -t[0], 50 - t[1] } : t)] };
        var options = new FtTrainingOptions { MaxEpochs = 40, BatchSize = 16, LearningRate = 5e-3 };

        double Error(string? weight) => Fit(View(spoilt, ValueColumn.Single("w", weights)), Still, options, null, new() { Weight = weight })
            .Transform(rows.View()).ReadVectors("prediction").Select((p, i) => Math.Abs(p[0] - rows.Targets[i][0])).Average();

        Assert.True(Error("w") < 0.5 * Error(null));
    }

    [Fact]
    public void Fit_ConstantWeights_ChangeNothing()
    {
        var rows = SampleRows.Make(60);
        var options = new FtTrainingOptions { MaxEpochs = 2, BatchSize = 16 };
        var view = View(rows, ValueColumn.Single("w", [.. Enumerable.Repeat(7f, 60)]));

        var (weighted, plain) = (Fit(view, Still, options, null, new() { Weight = "w" }), Fit(view, Still, options, null, new()));

        Assert.All(
            weighted.Transform(view).ReadVectors("prediction").Zip(plain.Transform(view).ReadVectors("prediction")), p => Assert.Equal(p.First[0], p.Second[0], 1e-4));
    }

    [Fact]
    public void Fit_BadWeightOrValidationColumn_SaysWhich()
    {
        var rows = SampleRows.Make(10);
        var weight = Assert.Throws<ArgumentException>(() => Fit(View(rows, ValueColumn.Single("w", [.. Enumerable.Repeat(0f, 10)])), Still, new(), null, new() { Weight = "w" }));
        var heldOut = Assert.Throws<ArgumentException>(() => Fit(View(rows, ValueColumn.Boolean("v", [.. Enumerable.Repeat(true, 10)])), Still, new(), null, new() { Validation = "v" }));

        Assert.Contains("row 0", weight.Message, StringComparison.Ordinal);
        Assert.Contains("true in all 10 rows", heldOut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdamWUpdate_ManySteps_MatchesTorch()
    {
        var random = new Random(1);
        float[] weight = [.. Enumerable.Range(0, 37).Select(_ => (float)random.NextDouble())];
        var (first, second) = (new float[37], new float[37]);
        var ours = new AdamOptimizer(1e-2, 0.1, decoupled: true);
        using var scope = torch.NewDisposeScope();
        using var theirs = new TorchSharp.Modules.Parameter(torch.tensor((float[])weight.Clone()));
        using var adam = torch.optim.AdamW([theirs], 1e-2, weight_decay: 0.1);
        for (var step = 0; step < 50; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, 37).Select(_ => (float)(random.NextDouble() - 0.3))];
            theirs.grad = torch.tensor(gradient);
            adam.step();
            ours.Advance();
            ours.Update(weight, gradient, first, second, decayed: true);
        }

        Assert.True(theirs.data<float>().ToArray().Zip(weight, (e, w) => Math.Abs(e - w)).Max() < 1e-5);
    }

    [Fact]
    public void Apply_GradientClip_MatchesTorch()
    {
        var model = OptionMatrix.Model("paper");
        WeightTensor[] weights = [.. model.Backbone.Weights, .. model.Head];
        using var scope = torch.NewDisposeScope();
        using var net = new FtNetwork(model.Backbone.Sizes, model.Backbone.Options, weights, _ => true);
        var random = new Random(4);
        var copies = new Dictionary<string, TorchSharp.Modules.Parameter>();
        foreach (var (name, weight) in net.Weights)
        {
            weight.grad = torch.tensor([.. Enumerable.Range(0, (int)weight.numel()).Select(_ => (float)random.NextDouble())], weight.shape);
            copies.Add(name, new(weight.detach().clone()) { grad = weight.grad.clone() });
        }

        torch.nn.utils.clip_grad_norm_(copies.Values, 0.25);
        using var theirs = torch.optim.Adam(copies.Values, 1e-2, weight_decay: 0);
        theirs.step();
        var ours = new AdamOptimizer(1e-2, 0);
        ours.Advance();
        var options = new FtTrainingOptions { GradientClip = 0.25 };
        new WeightUpdates(net, TrainingState.Start(weights), options, new TrainableWeights(model.Backbone.Sizes, model.Backbone.Options, null)).Apply(ours);

        Assert.All(copies, c => Assert.True((c.Value - net.Weights[c.Key]).abs().max().item<float>() < 2e-6));
    }

    [Theory]
    [InlineData(FtSchedule.Constant)]
    [InlineData(FtSchedule.Linear)]
    [InlineData(FtSchedule.Cosine)]
    public void Of_WarmUpThenSchedule_FollowsItsFormula(FtSchedule schedule)
    {
        var options = new FtTrainingOptions { LearningRate = 0.5, MaxEpochs = 10, WarmupEpochs = 2, FinalLearningRate = 0.1, Schedule = schedule };
        var rates = new LearningRates(options, 5);

        double[] course = [.. Enumerable.Range(1, 50).Select(rates.Of)];

        Assert.Equal([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5], course[..10].Select(r => Math.Round(r, 12)));
        Assert.Equal(0.5, course[10], 1e-12);
        Assert.Equal(schedule == FtSchedule.Constant ? 0.5 : 0.05, course[^1], 1e-12);
        if (schedule != FtSchedule.Constant)
        {
            // Step 25 of 11..50 is 14 thirty-ninths of the way.
            var share = 14.0 / 39;
            var falling = schedule == FtSchedule.Linear ? 1 - share : (1 + Math.Cos(Math.PI * share)) / 2;
            Assert.Equal(0.05 + (0.45 * falling), course[24], 1e-12);
            Assert.True(course[10..].Zip(course[11..]).All(p => p.First > p.Second));
        }
    }

    [Fact]
    public void Fit_ScheduleTowardMaxEpochs_BindsTheCheckpointToThem()
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-schedule-");
        var rows = SampleRows.Make(40);
        FtTransformerModel Train(FtSchedule schedule, int epochs) => new FtTransformerEstimator(
            Still, new FtTrainingOptions { MaxEpochs = epochs, Schedule = schedule }, SampleRows.Setup() with { Checkpoints = new KeptInAFile(Path.Combine(folder.FullName, $"{schedule}")) }).Fit(rows.View()).Model;

        Train(FtSchedule.Constant, 1);
        Train(FtSchedule.Cosine, 1);

        Assert.NotEmpty(Train(FtSchedule.Constant, 2).WeightsHash);
        Assert.Throws<InvalidDataException>(() => Train(FtSchedule.Cosine, 2));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Fit_FiftyEpochsWithEveryPart_LeavesNoTensorBehind()
    {
        var rows = SampleRows.Make(40);
        var network = Still with { Missing = FtMissing.Token, Readout = FtReadout.Cls, AttentionDropout = 0.1, Dropout = 0.1, Tokenizer = FtTokenizer.PiecewiseLinear };
        var options = new FtTrainingOptions { MaxEpochs = 50, Patience = 50, BatchSize = 16, GradientClip = 1, MaskProbability = 0.3, Optimizer = FtOptimizer.AdamW };
        var backbone = Fit(rows.View(), network, options with { MaxEpochs = 1 }, null, new()).Model.Backbone;
        var counts = new List<(long, long)>();
        var watch = new Watch(() => counts.Add((DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount)));
        var before = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount);

        Fit(rows.View(), network, options, watch, new());
        var afterTraining = (DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount);
        new FtTransformerEstimator(network, options with { MaxEpochs = 3, MaskProbability = 0 }, SampleRows.Setup() with { Start = new(backbone, FtFreezing.All) }).Fit(rows.View());

        Assert.Equal(50, counts.Count);
        Assert.All(counts, c => Assert.Equal(counts[0], c));
        Assert.Equal(before, afterTraining);
        Assert.Equal(before, (DisposeScopeManager.Statistics.ThreadTotalLiveCount, torch.Tensor.TotalCount));
    }

    [Fact]
    public void Fit_MaskedFeatures_TrainsTokensThatLabelledRowsDoNot()
    {
        var rows = SampleRows.Make(60);
        Array.ForEach(rows.Continuous, r => r[2] = 5);
        var free = SampleRows.Make(200, 9);
        var options = new FtTrainingOptions { MaxEpochs = 3, BatchSize = 16, WeightDecay = 0 };
        float[] Token(double mask) => new FtTransformerEstimator(
            Still, options with { MaskProbability = mask }, SampleRows.Setup() with { Unlabelled = new(free.Categorical, free.Continuous) })
            .Fit(rows.View()).Model.Backbone.Weights.Single(w => w.Name == FtLayout.ContinuousWeight).Values[16..];
        var initial = FtLayout.Initial(FtLayout.Backbone(new FtSizes(SampleRows.Cardinalities, 3), Still), Still, new SeedStreams(1))
            .Single(w => w.Name == FtLayout.ContinuousWeight).Values[16..];

        // Column 2 has one value, its median: scaled it is 0 in every row, and its weight gets no gradient.
        Assert.Equal(initial, Token(0));
        Assert.NotEqual(initial, Token(0.4));
    }

    // Without a token for them missing numbers read as the median: there is nothing to restore, and training is that without masks.
    [Theory]
    [InlineData(FtMissing.Median)]
    [InlineData(FtMissing.Token)]
    public void Fit_MaskedFeaturesThatWereNeverMeasured_ChangesNothing(FtMissing missing)
    {
        var rows = SampleRows.Make(40);
        var free = SampleRows.Make(50, 9);
        float[][] nothing = [.. free.Continuous.Select(r => r.Select(_ => float.NaN).ToArray())];
        var options = new FtTrainingOptions { MaxEpochs = 2, BatchSize = 16, WeightDecay = 0 };
        IEnumerable<float[]> Weights(double mask, float[][] numbers) => new FtTransformerEstimator(
            Still with { Missing = missing }, options with { MaskProbability = mask }, SampleRows.Setup() with { Unlabelled = new(free.Categorical, numbers) })
            .Fit(rows.View()).Model.Backbone.Weights.Select(w => w.Values);

        var plain = Weights(0, nothing).ToList();

        Assert.Equal(plain, Weights(0.4, nothing));
        Assert.NotEqual(plain, Weights(0.4, free.Continuous));
    }

    private static FtTransformerTransformer Fit(IDataView view, FtTransformerOptions network, FtTrainingOptions options, IProgress<EpochProgress>? progress, FtColumns columns) =>
        new FtTransformerEstimator(network, options, SampleRows.Setup() with { Progress = progress }, columns).Fit(view);

    private static ColumnarView View(SampleRows rows, ValueColumn more) => new(
    [
        ValueColumn.Int32s("categorical", 2, rows.Categorical),
        ValueColumn.Singles("continuous", 3, rows.Continuous),
        ValueColumn.Doubles("targets", 2, rows.Targets),
        more,
    ]);

    private sealed class Watch(Action look) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value) => look();
    }
}
