using System.Numerics;
using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace ClusterML.Transformer.Tests;

// Torch counts tensors and sets threads for the whole process, so tests that touch it run one at a time.
[Collection("torch")]
public sealed class FtTransformerEstimatorTests
{
    private static readonly FtTrainingOptions Short = new() { MaxEpochs = 4, BatchSize = 16, Patience = 100, LearningRate = 5e-3 };

    [Fact]
    public void Fit_LearnableTargets_ErrorFallsFarBelowSpread()
    {
        var rows = SampleRows.Make(300);
        var epochs = new Recorder();

        var trained = Fit(rows, Short with { MaxEpochs = 40 }, SampleRows.Setup() with { Progress = epochs });

        var predictions = trained.Transform(rows.View()).ReadVectors("prediction");
        foreach (var target in new[] { 0, 1 })
        {
            double[] truth = [.. rows.Targets.Select(t => t[target])];
            var error = predictions.Select((p, i) => Math.Abs(p[target] - truth[i])).Average();
            var spread = truth.Select(t => Math.Abs(t - truth.Average())).Average();
            Assert.True(error < 0.4 * spread, $"target {target}: error {error:g3}, spread {spread:g3}");
        }

        var best = epochs.Reports.MinBy(e => e.ValidationLoss)!;
        Assert.Equal(best.Epoch, epochs.Reports[^1].BestEpoch);
        Assert.Equal(2, best.ValidationMae.Count);
    }

    [Fact]
    public void Fit_TwiceWithOneThread_GivesSameWeights_OtherSeedOtherWeights()
    {
        var rows = SampleRows.Make(80);

        var hashes = new[] { 1, 1, 2 }.Select(seed => Fit(rows, Short, SampleRows.Setup(seed)).Model.WeightsHash).ToList();

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Fit_KilledAfterAnEpochAndResumed_EndsWithSameBits(int killedAfter)
    {
        var rows = SampleRows.Make(80);
        var whole = Fit(rows, Short, SampleRows.Setup()).Model;
        var kept = new KeptInMemory { FailAfterSaves = killedAfter };
        Assert.Throws<IOException>(() => Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept }));
        var epochs = new Recorder();

        var resumed = Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept with { FailAfterSaves = int.MaxValue }, Progress = epochs }).Model;

        Assert.Equal(whole.WeightsHash, resumed.WeightsHash);
        Assert.Equal(Enumerable.Range(killedAfter + 1, 4 - killedAfter), epochs.Reports.Select(e => e.Epoch));
    }

    [Fact]
    public void Fit_KilledBetweenReportAndCheckpoint_ReportsTheEpochAgain()
    {
        var rows = SampleRows.Make(80);
        var whole = new Recorder();
        var model = Fit(rows, Short, SampleRows.Setup() with { Progress = whole }).Model;
        var kept = new KeptInMemory();
        var killed = new Recorder { Then = e => _ = e.Epoch == 3 ? throw new IOException("killed") : 0 };
        Assert.Throws<IOException>(() => Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept, Progress = killed }));
        var resumed = new Recorder();

        var again = Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept, Progress = resumed }).Model;

        Assert.Equal(model.WeightsHash, again.WeightsHash);
        Assert.Equal([1, 2, 3], killed.Reports.Select(e => e.Epoch));
        Assert.Equal([3, 4], resumed.Reports.Select(e => e.Epoch));
        Assert.Equal(whole.Reports[2].ValidationLoss, resumed.Reports[0].ValidationLoss);
    }

    [Fact]
    public void Fit_CancelledInAnEpochAndResumed_EndsWithSameBits()
    {
        var rows = SampleRows.Make(80);
        var whole = Fit(rows, Short, SampleRows.Setup()).Model;
        var kept = new KeptInMemory();
        using var cancel = new CancellationTokenSource();
        var stop = new Recorder { Then = e => Stop(e.Epoch, cancel) };
        Assert.Throws<OperationCanceledException>(
            () => Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept, Progress = stop, Cancellation = cancel.Token }));

        var resumed = Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept }).Model;

        Assert.Equal(whole.WeightsHash, resumed.WeightsHash);

        static void Stop(int epoch, CancellationTokenSource cancel)
        {
            if (epoch == 2)
            {
                cancel.Cancel();
            }
        }
    }

    [Fact]
    public void Fit_CheckpointOfAnotherTrainingOrDamaged_IsRefused()
    {
        var rows = SampleRows.Make(40);
        var kept = new KeptInMemory();
        Fit(rows, Short with { MaxEpochs = 1 }, SampleRows.Setup() with { Checkpoints = kept });

        var other = Assert.Throws<InvalidDataException>(() => Fit(rows, Short, SampleRows.Setup(2) with { Checkpoints = kept }));
        kept.State![^1] ^= 1;
        var damaged = Assert.Throws<InvalidDataException>(() => Fit(rows, Short, SampleRows.Setup() with { Checkpoints = kept }));

        Assert.Contains("another training", other.Message, StringComparison.Ordinal);
        Assert.Contains("sha256", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NoBetterEpochWithinPatience_StopsAndRestoresTheBest()
    {
        var rows = SampleRows.Make(60);
        var epochs = new Recorder();
        var options = Short with { MaxEpochs = 200, Patience = 3, LearningRate = 0.05 };

        var trained = Fit(rows, options, SampleRows.Setup() with { Progress = epochs });

        var best = epochs.Reports.MinBy(e => e.ValidationLoss)!;
        Assert.Equal(best.Epoch + 3, epochs.Reports.Count);
        var upToBest = Fit(rows, options with { MaxEpochs = best.Epoch }, SampleRows.Setup());
        Assert.Equal(upToBest.Model.WeightsHash, trained.Model.WeightsHash);
    }

    [Fact]
    public void Fit_Scaler_IsFittedOnTrainingRowsOnlyUnlessGiven()
    {
        var rows = SampleRows.Make(40);
        Array.ForEach(rows.Continuous, r => r[2] = 5);
        var options = Short with { MaxEpochs = 1 };
        var given = new RobustScaler([1, 2, 3], [4, 5, 6]);
        var fallback = new RobustScaler([0, 0, 7], [1, 1, 11]);

        var own = Fit(rows, options, SampleRows.Setup()).Model.Backbone.Scaler;
        var all = RobustScaler.Fit(rows.View().ReadVectors("continuous"));
        var helped = Fit(rows, options, SampleRows.Setup() with { ScalerFallback = fallback }).Model.Backbone.Scaler;

        Assert.NotEqual(all.Center[0], own.Center[0]);
        Assert.Equal((5.0, 1.0), (own.Center[2], own.Scale[2]));
        Assert.Equal((7.0, 11.0), (helped.Center[2], helped.Scale[2]));
        Assert.Same(given, Fit(rows, options, SampleRows.Setup() with { Scaler = given }).Model.Backbone.Scaler);
    }

    [Fact]
    public void Fit_Reports_TimesByTheGivenClock()
    {
        var epochs = new Recorder();

        Fit(SampleRows.Make(20), Short with { MaxEpochs = 1 }, SampleRows.Setup() with { Progress = epochs, Clock = new TickingClock() });

        Assert.Equal(1.0, Assert.Single(epochs.Reports).Seconds);
    }

    [Fact]
    public void Fit_LeavesNoTensorAndNoThreadSettingBehind()
    {
        var rows = SampleRows.Make(40);
        var trained = Fit(rows, Short with { MaxEpochs = 1 }, SampleRows.Setup());
        _ = trained.Transform(rows.View()).ReadVectors("prediction");
        var threads = torch.get_num_threads();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var all = torch.Tensor.TotalCount;

        trained = Fit(rows, Short with { Threads = 2 }, SampleRows.Setup());
        _ = trained.Transform(rows.View()).ReadVectors("prediction");

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(all, torch.Tensor.TotalCount);
        Assert.Equal(threads, torch.get_num_threads());
    }

    [Fact]
    public async Task Fit_TwoAtOnceWithDifferentThreads_GiveTheWeightsOfOneAfterTheOther()
    {
        var rows = SampleRows.Make(60);
        var counts = new[] { 1, 2 };
        string Train(int threads) => Fit(rows, Short with { Threads = threads }, SampleRows.Setup()).Model.WeightsHash;
        var oneAfterTheOther = counts.Select(Train).ToList();

        var atOnce = await Task.WhenAll(counts.Select(threads => Task.Run(() => Train(threads))));

        Assert.Equal(oneAfterTheOther, atOnce);
    }

    [Fact]
    public void Use_WhileAnotherHoldsIt_WaitsAndCanBeCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var threads = torch.get_num_threads();
        using (TorchThreads.Use(threads + 1, TestContext.Current.CancellationToken))
        {
            // A training that reports its progress may embed rows meanwhile: the same thread gets in again.
            using (TorchThreads.Use(threads + 2, TestContext.Current.CancellationToken))
            {
                Assert.Equal(threads + 2, torch.get_num_threads());
            }

            Assert.Equal(threads + 1, torch.get_num_threads());
            Exception? outcome = null;
            var waiting = new Thread(() => outcome = Record.Exception(() => TorchThreads.Use(1, cancel.Token).Dispose()));
            waiting.Start();
            cancel.Cancel();
            waiting.Join();
            Assert.IsType<OperationCanceledException>(outcome);
        }

        Assert.Equal(threads, torch.get_num_threads());
    }

    [Fact]
    public void Fit_MissingTarget_NamesTheRow()
    {
        var rows = SampleRows.Make(10);
        rows.Targets[3][1] = double.NaN;

        var error = Assert.Throws<ArgumentException>(() => Fit(rows, Short, SampleRows.Setup()));

        Assert.Contains("row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneRow_SaysThatTwoAreNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(SampleRows.Make(1), Short, SampleRows.Setup()));

        Assert.Contains("one to hold out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ContinuousColumnsOnly_Works()
    {
        var rows = SampleRows.Make(30);
        var view = new ColumnarView([ValueColumn.Singles("continuous", 3, rows.Continuous), ValueColumn.Doubles("targets", 2, rows.Targets)]);
        var setup = SampleRows.Setup() with { Cardinalities = null };

        var trained = new FtTransformerEstimator(SampleRows.TinyNetwork, Short with { MaxEpochs = 1 }, setup, new FtColumns { Categorical = [] }).Fit(view);

        Assert.Equal(30, trained.Transform(view).ReadVectors("embedding").Length);
    }

    [Fact]
    public void GetOutputSchema_MissingOrWrongColumn_IsRefused()
    {
        var rows = SampleRows.Make(4);
        var estimator = new FtTransformerEstimator(SampleRows.TinyNetwork, Short, SampleRows.Setup());
        var wrong = new ColumnarView(
        [
            ValueColumn.Singles("categorical", 3, rows.Continuous),
            ValueColumn.Singles("continuous", 3, rows.Continuous),
            ValueColumn.Doubles("targets", 2, rows.Targets),
        ]);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(Shape(wrong)));
        var shape = estimator.GetOutputSchema(Shape(rows.View()));

        Assert.Contains("categorical", error.Message, StringComparison.Ordinal);
        Assert.Equal(["categorical", "continuous", "targets", "prediction", "embedding"], shape.Select(c => c.Name));
    }

    [Fact]
    public void Transform_AfterStateRoundTrip_IsIdentical()
    {
        var rows = SampleRows.Make(200);
        var trained = Fit(rows, Short with { MaxEpochs = 1 }, SampleRows.Setup());

        var again = FtTransformerTransformer.FromState(trained.ToState());

        foreach (var column in new[] { "prediction", "embedding" })
        {
            Assert.Equal(trained.Transform(rows.View()).ReadVectors(column), again.Transform(rows.View()).ReadVectors(column));
        }

        Assert.Equal(trained.Model.WeightsHash, again.Model.WeightsHash);
        Assert.Equal(trained.Model.Backbone.Embed(rows.Categorical, rows.Continuous).Select(e => (double)e[0]), again.Transform(rows.View()).ReadVectors("embedding").Select(e => e[0]));
    }

    [Fact]
    public void Transform_ViewWithoutTargetsOrRows_Works()
    {
        var rows = SampleRows.Make(20);
        var trained = Fit(rows, Short with { MaxEpochs = 1 }, SampleRows.Setup());
        var view = new ColumnarView([ValueColumn.Int32s("categorical", 2, []), ValueColumn.Singles("continuous", 3, [])]);

        Assert.Empty(trained.Transform(view).ReadVectors("prediction"));
    }

    [Fact]
    public void ToOnnx_TrainedModel_PredictsTheSame()
    {
        var rows = SampleRows.Make(60);
        var model = Fit(rows, Short, SampleRows.Setup()).Model;
        var (predictions, _) = model.Predict(rows.Categorical, rows.Continuous);
        using var session = new InferenceSession(model.ToOnnx());

        var onnx = OnnxRows.Run(session, rows.Categorical, rows.Continuous, "prediction");

        for (var row = 0; row < predictions.Length; row++)
        {
            Assert.Equal(predictions[row][0], onnx[row][0], 1e-4);
            Assert.Equal(predictions[row][1], onnx[row][1], 1e-4);
        }
    }

    [Fact]
    public void DropoutMask_SharesAndValues_AreThoseOfTheRate()
    {
        var mask = new float[100_003];

        new DropoutStream(5).Fill(mask, 0.1);

        Assert.Equal([0f, (float)(1 / 0.9)], mask.Distinct().Order());
        Assert.InRange(mask.Count(v => v == 0) / (double)mask.Length, 0.097, 0.103);
        var again = new float[mask.Length];
        new DropoutStream(5).Fill(again, 0.1);
        Assert.Equal(mask, again);
        new DropoutStream(6).Fill(again, 0.1);
        Assert.NotEqual(mask, again);
    }

    [Fact]
    public void AdamUpdate_ManySteps_MatchesTorch()
    {
        // Not a multiple of any vector width, so that both loops run.
        const int Size = 37;
        Assert.NotEqual(0, Size % Vector<float>.Count);
        var random = new Random(1);
        float[] weight = [.. Enumerable.Range(0, Size).Select(_ => (float)random.NextDouble())];
        var (first, second) = (new float[Size], new float[Size]);
        var ours = new AdamOptimizer(1e-2, 0.1);
        using var scope = torch.NewDisposeScope();
        using var theirs = new TorchSharp.Modules.Parameter(torch.tensor((float[])weight.Clone()));
        using var adam = torch.optim.Adam([theirs], 1e-2, weight_decay: 0.1);
        for (var step = 0; step < 50; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, Size).Select(_ => (float)(random.NextDouble() - 0.3))];
            theirs.grad = torch.tensor(gradient);
            adam.step();
            ours.Advance();
            ours.Update(weight, gradient, first, second, decayed: true);
        }

        var expected = theirs.data<float>().ToArray();
        Assert.True(expected.Zip(weight, (e, w) => Math.Abs(e - w)).Max() < 1e-5);
    }

    [Theory]
    [InlineData("blocks.1.attention.qkv.weight", true)]
    [InlineData("head.0.weight", true)]
    [InlineData("blocks.1.attention.qkv.bias", false)]
    [InlineData("blocks.1.feed_forward.norm.weight", false)]
    [InlineData("norm.weight", false)]
    [InlineData("tokens.categorical.weight", false)]
    [InlineData("tokens.continuous.weight", false)]
    public void IsDecayed_LinearMatricesOnly(string name, bool expected) => Assert.Equal(expected, FtLayout.IsDecayed(name));

    private static FtTransformerTransformer Fit(SampleRows rows, FtTrainingOptions options, FtTrainingSetup setup) =>
        new FtTransformerEstimator(SampleRows.TinyNetwork, options, setup).Fit(rows.View());

    private static SchemaShape Shape(IDataView view) =>
        SchemaShapes.Extend(new SchemaShape([]), view.Schema.Select(c => (c.Name, c.Type)));

    private sealed class Recorder : IProgress<EpochProgress>
    {
        public List<EpochProgress> Reports { get; } = [];

        public Action<EpochProgress> Then { get; init; } = _ => { };

        public void Report(EpochProgress value)
        {
            Reports.Add(value);
            Then(value);
        }
    }

    private sealed record KeptInMemory : ITrainingCheckpoints
    {
        private int saves;

        public byte[]? State { get; private set; }

        public int FailAfterSaves { get; init; } = int.MaxValue;

        public byte[]? TryLoad() => State;

        public void Save(byte[] state)
        {
            State = state;
            if (++saves >= FailAfterSaves)
            {
                throw new IOException("killed");
            }
        }
    }

    private sealed class TickingClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ticks++;
    }
}
