using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Training;

/// <summary>Trains an FT-Transformer: Adam, a held-out split, early stopping, the best epoch restored.</summary>
/// <remarks>
/// Every draw is derived from the seed and the number of the epoch or step (<c>shuffle EPOCH</c>, <c>dropout STEP</c>), never
/// from a running generator: what happens after epoch k depends only on the weights and moments after it, so a resumed
/// training ends with the same bits as an uninterrupted one.
/// </remarks>
internal sealed class FtTrainer(FtTransformerOptions network, FtTrainingOptions options, FtTrainingSetup setup)
{
    /// <summary>The trained model.</summary>
    /// <exception cref="OperationCanceledException">The training was cancelled; the checkpoint of the last whole epoch stays.</exception>
    /// <exception cref="ArithmeticException">The loss is no longer a number.</exception>
    public FtTransformerModel Train(TrainingRows rows, FtSizes sizes)
    {
        var (trainRows, heldOutRows) = Split(rows);
        var scaler = setup.Scaler ?? FitScaler(trainRows.Continuous, sizes.ContinuousCount);
        var targetCount = rows.Targets[0].Length;
        var targets = RobustScaler.Fit(trainRows.Targets);
        var initial = FtLayout.Initial(
            FtLayout.Backbone(sizes, network).Concat(FtLayout.HeadLayers(sizes, network, targetCount)), setup.Seeds);

        var training = Fingerprint(rows, sizes, scaler);
        var state = setup.Checkpoints?.TryLoad() is { } kept ? TrainingState.Load(kept, training, initial) : TrainingState.Start(initial);

        using (TorchThreads.Use(options.Threads, setup.Cancellation))
        {
            using var scope = NewDisposeScope();
            using var net = new FtNetwork(sizes, network, state.Weights, trainable: true);
            var batches = new FtBatches(sizes, scaler);
            var run = new Run(net, state, Load(batches, trainRows, targets), Load(batches, heldOutRows, targets), targets);
            while (state.Epoch < options.MaxEpochs && (state.BestEpoch == 0 || state.Epoch - state.BestEpoch < options.Patience))
            {
                Epoch(run, training);
            }
        }

        var isHead = state.Best.ToLookup(w => w.Name.StartsWith(FtLayout.Head, StringComparison.Ordinal));
        return new FtTransformerModel(new FtBackbone(sizes, network, scaler, isHead[false]), targets, isHead[true]);
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
        var adam = new AdamOptimizer(options.LearningRate, options.WeightDecay) { Steps = run.State.Steps };
        var sum = 0.0;
        foreach (var batch in order.Chunk(options.BatchSize))
        {
            setup.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            adam.Advance();
            var rows = tensor(batch);
            var dropout = new DropoutStream(setup.Seeds.Seed($"dropout {adam.Steps}"));
            var embedding = run.Network.Embed(run.Train.Codes.index_select(0, rows), run.Train.Numbers.index_select(0, rows), dropout);
            var loss = Loss(run.Network.Predict(embedding, dropout), run.Train.Targets.index_select(0, rows));
            loss.backward();
            Update(run, adam);
            sum += loss.item<float>() * (double)batch.Length;
        }

        run.State.Steps = adam.Steps;
        return sum / run.Train.Count;
    }

    private static void Update(Run run, AdamOptimizer adam)
    {
        foreach (var (name, weight) in run.Network.Weights)
        {
            var gradient = weight.grad!.contiguous();
            adam.Update(
                TensorMemory.Floats(weight),
                TensorMemory.Floats(gradient),
                run.State.First[name],
                run.State.Second[name],
                FtLayout.IsDecayed(name));
            weight.grad = null;
        }
    }

    private (double Loss, double[] Mae) Validate(Run run)
    {
        var (sum, errors) = (0.0, new double[run.Targets.Center.Length]);
        using var noGradient = no_grad();
        for (var start = 0; start < run.HeldOut.Count; start += FtBatches.InferenceRows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(FtBatches.InferenceRows, run.HeldOut.Count - start);
            var embedding = run.Network.Embed(run.HeldOut.Codes.narrow(0, start, count), run.HeldOut.Numbers.narrow(0, start, count));
            var (predicted, wanted) = (run.Network.Predict(embedding), run.HeldOut.Targets.narrow(0, start, count));
            sum += Loss(predicted, wanted).item<float>() * (double)count;
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

    private Tensor Loss(Tensor predicted, Tensor wanted) => options.Loss switch
    {
        FtLoss.Mse => F.mse_loss(predicted, wanted),
        FtLoss.Mae => F.l1_loss(predicted, wanted),
        _ => F.huber_loss(predicted, wanted),
    };

    private (TrainingRows Train, TrainingRows HeldOut) Split(TrainingRows rows)
    {
        if (rows.Count < 2)
        {
            throw new ArgumentException($"{rows.Count} rows: a training needs one row to learn from and one to hold out");
        }

        var order = Enumerable.Range(0, rows.Count).ToArray();
        setup.Seeds.Generator("split").Shuffle(order);
        var heldOut = Math.Clamp((int)Math.Round(options.ValidationFraction * rows.Count), 1, rows.Count - 1);
        return (rows.Take(order[heldOut..]), rows.Take(order[..heldOut]));
    }

    private RobustScaler FitScaler(float[][] rows, int width) => width == 0
        ? new RobustScaler([], [])
        : RobustScaler.Fit([.. rows.Select(row => row.Select(v => (double)v).ToArray())], setup.ScalerFallback);

    private static Loaded Load(FtBatches batches, TrainingRows rows, RobustScaler targets)
    {
        var width = targets.Center.Length;
        var scaled = new float[rows.Count * width];
        foreach (var (index, row) in rows.Targets.Index())
        {
            SinglePrecision.Scale(targets, [.. row.Select(v => (float)v)], scaled.AsSpan(index * width, width));
        }

        return new Loaded(
            rows.Count,
            batches.Codes(rows.Categorical, 0, rows.Count),
            batches.Numbers(rows.Continuous, 0, rows.Count),
            tensor(scaled, [rows.Count, width]));
    }

    /// <summary>SHA-256 over all that decides the next step; the most epochs and the patience may change between two runs.</summary>
    private string Fingerprint(TrainingRows rows, FtSizes sizes, RobustScaler scaler)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fixedOptions = options with { MaxEpochs = 1, Patience = 1 };
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
            new { network, fixedOptions, setup.Seeds, sizes.Cardinalities, sizes.ContinuousCount, scaler.Center, scaler.Scale })));
        var row = new MemoryStream();
        using (var writer = new BinaryWriter(row))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Array.ForEach(rows.Categorical[i], writer.Write);
                Array.ForEach(rows.Continuous[i], writer.Write);
                Array.ForEach(rows.Targets[i], writer.Write);
            }
        }

        hash.AppendData(row.ToArray());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Loaded(int Count, Tensor Codes, Tensor Numbers, Tensor Targets);

    private sealed record Run(FtNetwork Network, TrainingState State, Loaded Train, Loaded HeldOut, RobustScaler Targets);
}
