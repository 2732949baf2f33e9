using System.ComponentModel.DataAnnotations;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Training;

/// <summary>Trains an FT-Transformer: Adam, a held-out split, early stopping, the best epoch restored.</summary>
/// <remarks>
/// Every draw is derived from the seed and the number of the epoch or step (<c>shuffle EPOCH</c>, <c>dropout STEP</c>), never
/// from a running generator: what happens after epoch k depends only on the weights and moments after it, so a resumed
/// training ends with the same bits as an uninterrupted one.
/// </remarks>
internal sealed class FtTrainer
{
    private readonly FtTransformerOptions network;
    private readonly FtTrainingOptions options;
    private readonly FtTrainingSetup setup;

    public FtTrainer(FtTransformerOptions network, FtTrainingOptions options, FtTrainingSetup setup)
    {
        // A network that is gone on from keeps its architecture; the head is new, and dropout is a matter of training.
        this.network = setup.Start is not { Backbone.Options: var kept } ? network : kept with
        {
            HeadFactors = network.HeadFactors,
            HeadActivation = network.HeadActivation,
            HeadDropout = network.HeadDropout,
            Dropout = network.Dropout,
            FeedForwardDropout = network.FeedForwardDropout,
            ResidualDropout = network.ResidualDropout,
            AttentionDropout = network.AttentionDropout,
        };
        this.options = options;
        this.setup = setup;
        if (options.MaskProbability > 0 && IsFrozen)
        {
            throw new ValidationException("MaskProbability is above 0 and everything below the head is frozen: masked features would train nothing");
        }
    }

    private bool IsFrozen => setup.Start is { } start && start.Freezing.IsWhole(network.NBlocks);

    /// <summary>The trained model.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="sizes">Columns that go in.</param>
    /// <param name="heldOut">True for the rows held out for early stopping; null draws them.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled; the checkpoint of the last whole epoch stays.</exception>
    /// <exception cref="ArithmeticException">The loss is no longer a number.</exception>
    public FtTransformerModel Train(TrainingRows rows, FtSizes sizes, bool[]? heldOut = null)
    {
        var (trainRows, heldOutRows) = heldOut is null ? Split(rows) : Split(rows, heldOut);
        var scaler = setup.Start?.Backbone.Scaler ?? setup.Scaler ?? FitScaler(trainRows.Continuous, sizes.ContinuousCount);
        var targets = RobustScaler.Fit(trainRows.Targets);
        var initial = Initial(trainRows, sizes, scaler, targets.Center.Length);
        var training = TrainingFingerprint.Of(network, options, setup, sizes, scaler, rows, heldOut);
        var state = setup.Checkpoints?.TryLoad() is { } kept ? TrainingState.Load(kept, training, initial) : TrainingState.Start(initial);

        using (TorchThreads.Use(options.Threads, setup.Cancellation))
        {
            var device = TorchDevice.Of(options.Device);
            using var scope = NewDisposeScope();
            var trainable = new TrainableWeights(sizes, network, setup.Start);
            using var net = new FtNetwork(sizes, network, state.Weights, trainable.Contains, device);
            var batches = new FtBatches(sizes, scaler, network.Missing, device);
            var (train, validation) = (LoadedRows.Of(batches, trainRows, targets, device), LoadedRows.Of(batches, heldOutRows, targets, device));
            if (IsFrozen)
            {
                train.Freeze(net);
                validation.Freeze(net);
            }

            var masking = options.MaskProbability == 0 || sizes.ContinuousCount == 0 ? null : new FeatureMasking(
                options, setup.Seeds, batches, setup.Unlabelled ?? new FtRows(trainRows.Categorical, trainRows.Continuous), sizes, network.Missing);
            var run = new Run(net, new WeightUpdates(net, state, options, trainable), state, train, validation, targets, masking);
            while (state.Epoch < options.MaxEpochs && (state.BestEpoch == 0 || state.Epoch - state.BestEpoch < options.Patience))
            {
                Epoch(run, training);
            }
        }

        var best = state.Best.Where(w => !w.Name.StartsWith(FtLayout.Restoring, StringComparison.Ordinal));
        var isHead = best.ToLookup(w => w.Name.StartsWith(FtLayout.Head, StringComparison.Ordinal));
        return new FtTransformerModel(new FtBackbone(sizes, network, scaler, isHead[false]), targets, isHead[true]);
    }

    private List<WeightTensor> Initial(TrainingRows rows, FtSizes sizes, RobustScaler scaler, int targets)
    {
        var backbone = setup.Start?.Backbone.Weights ?? FtLayout.Initial(FtLayout.Backbone(sizes, network), network, setup.Seeds);
        if (setup.Start is null && network.Tokenizer == FtTokenizer.PiecewiseLinear)
        {
            var bins = PiecewiseBins.Fit([.. rows.Continuous.Select(Scaled)], sizes.ContinuousCount, network.Bins).ToDictionary(b => b.Name);
            backbone = [.. backbone.Select(w => bins.GetValueOrDefault(w.Name, w))];
        }

        var more = FtLayout.HeadLayers(sizes, network, targets);
        more = options.MaskProbability > 0 && sizes.ContinuousCount > 0 ? more.Concat(FtLayout.RestoringLayer(sizes, network)) : more;
        return [.. backbone, .. FtLayout.Initial(more, network, setup.Seeds)];

        float[] Scaled(float[] row)
        {
            var scaled = new float[row.Length];
            SinglePrecision.Scale(scaler, row, scaled, float.NaN);
            return scaled;
        }
    }

    private void Epoch(Run run, string training)
    {
        var started = setup.Clock.GetTimestamp();
        var state = run.State;
        var trainLoss = Pass(run, state.Epoch + 1);
        var (validationLoss, mae) = Validate(run);
        if (!double.IsFinite(trainLoss) || !double.IsFinite(validationLoss))
        {
            throw new ArithmeticException(
                $"the loss is not finite in epoch {state.Epoch + 1} (training {trainLoss}, validation {validationLoss}); lower the learning rate or check the inputs");
        }

        state.Epoch++;
        state.Weights = run.Network.Read();
        var isBest = validationLoss < state.BestLoss;
        if (isBest)
        {
            (state.BestEpoch, state.BestLoss, state.Best) = (state.Epoch, validationLoss, state.Weights);
        }

        // Reported first: a kill between the two repeats the epoch and its report, where the other order would lose the report.
        setup.Progress?.Report(new EpochProgress(
            state.Epoch, options.MaxEpochs, trainLoss, validationLoss, mae, setup.Clock.GetElapsedTime(started).TotalSeconds, isBest, state.BestEpoch, run.Train.Count, run.HeldOut.Count));
        setup.Checkpoints?.Save(state.Save(training));
    }

    /// <summary>One pass over the training rows; the mean loss.</summary>
    private double Pass(Run run, int epoch)
    {
        var order = Enumerable.Range(0, run.Train.Count).Select(i => (long)i).ToArray();
        setup.Seeds.Generator($"shuffle {epoch}").Shuffle(order);
        var rates = new LearningRates(options, (order.Length + options.BatchSize - 1) / options.BatchSize);
        var adam = new AdamOptimizer(options.LearningRate, options.WeightDecay, options.Optimizer == FtOptimizer.AdamW) { Steps = run.State.Steps };
        var sum = 0.0;
        foreach (var batch in order.Chunk(options.BatchSize))
        {
            setup.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            adam.Advance();
            adam.LearningRate = rates.Of(adam.Steps);
            var rows = tensor(batch).to(run.Train.Targets.device);
            var dropout = new DropoutStream(setup.Seeds.Seed($"dropout {adam.Steps}"));
            var embedding = run.Train.Embed(run.Network, all => all.index_select(0, rows), dropout);
            var loss = TargetLoss.Of(
                options.Loss, run.Network.Predict(embedding, dropout), run.Train.Targets.index_select(0, rows), run.Train.Weights?.index_select(0, rows));
            var restoring = run.Masking?.Loss(run.Network, adam.Steps, batch.Length, dropout);
            (restoring is null ? loss : loss + restoring).backward();
            run.Updates.Apply(adam);
            sum += TensorMemory.Value(loss) * (double)batch.Length;
        }

        run.State.Steps = adam.Steps;
        return sum / run.Train.Count;
    }

    private (double Loss, double[] Mae) Validate(Run run)
    {
        var (sum, errors) = (0.0, new double[run.Targets.Center.Length]);
        using var noGradient = no_grad();
        for (var start = 0; start < run.HeldOut.Count; start += FtBatches.InferenceRows)
        {
            using var scope = NewDisposeScope();
            var (first, count) = (start, Math.Min(FtBatches.InferenceRows, run.HeldOut.Count - start));
            var embedding = run.HeldOut.Embed(run.Network, all => all.narrow(0, first, count));
            var (predicted, wanted) = (run.Network.Predict(embedding), run.HeldOut.Targets.narrow(0, start, count));
            sum += TensorMemory.Value(TargetLoss.Of(options.Loss, predicted, wanted, run.HeldOut.Weights?.narrow(0, start, count))) * (double)count;
            foreach (var row in TensorMemory.Rows((predicted - wanted).abs()))
            {
                for (var target = 0; target < errors.Length; target++)
                {
                    errors[target] += row[target] * run.Targets.Scale[target];
                }
            }
        }

        return (sum / run.HeldOut.Count, [.. errors.Select(e => e / run.HeldOut.Count)]);
    }

    private (TrainingRows Train, TrainingRows HeldOut) Split(TrainingRows rows)
    {
        var (train, heldOut) = FtHeldOut.Order(setup.Seeds, rows.Count, options.ValidationFraction);
        return (rows.Take(train), rows.Take(heldOut));
    }

    private static (TrainingRows Train, TrainingRows HeldOut) Split(TrainingRows rows, bool[] heldOut)
    {
        var parts = Enumerable.Range(0, rows.Count).ToLookup(row => heldOut[row]);
        return parts[true].Any() && parts[false].Any()
            ? (rows.Take([.. parts[false]]), rows.Take([.. parts[true]]))
            : throw new ArgumentException(
                $"the validation column is {(parts[true].Any() ? "true" : "false")} in all {rows.Count} rows: a training needs one row to learn from and one to hold out");
    }

    private RobustScaler FitScaler(float[][] rows, int width) => width == 0
        ? new RobustScaler([], [])
        : RobustScaler.Fit([.. rows.Select(row => row.Select(v => (double)v).ToArray())], setup.ScalerFallback);

    private sealed record Run(
        FtNetwork Network, WeightUpdates Updates, TrainingState State, LoadedRows Train, LoadedRows HeldOut, RobustScaler Targets, FeatureMasking? Masking);
}
