using System.Globalization;

namespace ClusterML.Transformer.Training;

/// <summary>All that a training carries from one epoch to the next; randomness needs none of it, being derived from step numbers.</summary>
internal sealed class TrainingState
{
    private const string Format = "clusterml-ft-training-1";

    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    /// <summary>Optimiser steps done.</summary>
    public int Steps { get; set; }

    /// <summary>The epoch with the lowest validation loss, 0 before the first.</summary>
    public int BestEpoch { get; set; }

    /// <summary>That loss.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>Weights now.</summary>
    public required IReadOnlyList<WeightTensor> Weights { get; set; }

    /// <summary>Weights after the best epoch.</summary>
    public required IReadOnlyList<WeightTensor> Best { get; set; }

    /// <summary>Adam's running means of gradients, by weight.</summary>
    public required IReadOnlyDictionary<string, float[]> First { get; init; }

    /// <summary>Adam's running means of squared gradients, by weight.</summary>
    public required IReadOnlyDictionary<string, float[]> Second { get; init; }

    /// <summary>The state before the first epoch.</summary>
    public static TrainingState Start(IReadOnlyList<WeightTensor> weights) => new()
    {
        Weights = weights,
        Best = weights,
        First = weights.ToDictionary(w => w.Name, w => new float[w.Values.Length]),
        Second = weights.ToDictionary(w => w.Name, w => new float[w.Values.Length]),
    };

    /// <summary>The state as bytes.</summary>
    /// <param name="training">Fingerprint of options, seeds and data, so that no other training goes on from it.</param>
    public byte[] Save(string training) => Safetensors.Write(
        [
            .. Weights.Select(w => w with { Name = $"now/{w.Name}" }),
            .. Best.Select(w => w with { Name = $"best/{w.Name}" }),
            .. Weights.Select(w => w with { Name = $"first/{w.Name}", Values = First[w.Name] }),
            .. Weights.Select(w => w with { Name = $"second/{w.Name}", Values = Second[w.Name] }),
        ],
        new Dictionary<string, string>
        {
            ["format"] = Format,
            ["training"] = training,
            ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
            ["steps"] = Steps.ToString(CultureInfo.InvariantCulture),
            ["best_epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
            ["best_loss"] = BestLoss.ToString("R", CultureInfo.InvariantCulture),
        });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or belong to another training.</exception>
    public static TrainingState Load(byte[] bytes, string training, IReadOnlyList<WeightTensor> like)
    {
        var (tensors, metadata) = Safetensors.Read(bytes);
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw new InvalidDataException("the checkpoint is no state of a training");
        }

        if (metadata.GetValueOrDefault("training") != training)
        {
            throw new InvalidDataException(
                "the checkpoint belongs to another training (options, seed or data differ); remove it to start anew");
        }

        try
        {
            return new TrainingState
            {
                Epoch = int.Parse(metadata["epoch"], CultureInfo.InvariantCulture),
                Steps = int.Parse(metadata["steps"], CultureInfo.InvariantCulture),
                BestEpoch = int.Parse(metadata["best_epoch"], CultureInfo.InvariantCulture),
                BestLoss = double.Parse(metadata["best_loss"], CultureInfo.InvariantCulture),
                Weights = [.. like.Select(w => w with { Values = tensors[$"now/{w.Name}"].Values })],
                Best = [.. like.Select(w => w with { Values = tensors[$"best/{w.Name}"].Values })],
                First = like.ToDictionary(w => w.Name, w => tensors[$"first/{w.Name}"].Values),
                Second = like.ToDictionary(w => w.Name, w => tensors[$"second/{w.Name}"].Values),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"the checkpoint is damaged: {e.Message}", e);
        }
    }
}
