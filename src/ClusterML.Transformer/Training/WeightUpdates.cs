using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Training;

/// <summary>One step of the optimiser over all weights that change: the gradient clipped, rows of frozen tokens left alone.</summary>
internal sealed class WeightUpdates(FtNetwork network, TrainingState state, FtTrainingOptions options, TrainableWeights trainable)
{
    /// <summary>Updates the weights from their gradients, and forgets those.</summary>
    public void Apply(AdamOptimizer adam)
    {
        using var noGradient = no_grad();
        var gradients = new List<(string Name, Tensor Weight, Tensor Gradient)>();
        foreach (var (name, weight) in network.Weights)
        {
            // A weight that the loss does not reach (a missing-value token without a missing value) has no gradient.
            if (weight.requires_grad && weight.grad is { } gradient)
            {
                var own = TensorMemory.OnProcessor(gradient);
                KeepFrozenRows(name, own);
                gradients.Add((name, weight, own));
            }
        }

        var scale = options.GradientClip == 0 ? 1f : Shortening(gradients.Select(g => g.Gradient));
        foreach (var (name, weight, gradient) in gradients)
        {
            var own = weight.device_type == TorchSharp.DeviceType.CPU ? weight : weight.cpu();
            adam.Update(
                TensorMemory.Floats(own), TensorMemory.Floats(gradient), state.First[name], state.Second[name], FtLayout.IsDecayed(name), scale);
            if (!ReferenceEquals(own, weight))
            {
                weight.copy_(own);
            }

            weight.grad = null;
        }
    }

    private void KeepFrozenRows(string name, Tensor gradient)
    {
        if (trainable.RowsOf(name) is not { } rows)
        {
            return;
        }

        var values = TensorMemory.Floats(gradient);
        var (width, changing) = ((int)(values.Length / gradient.shape[0]), rows.ToHashSet());
        for (var row = 0; row < gradient.shape[0]; row++)
        {
            if (!changing.Contains(row))
            {
                values.Slice(row * width, width).Clear();
            }
        }
    }

    private float Shortening(IEnumerable<Tensor> gradients)
    {
        var sum = 0.0;
        foreach (var gradient in gradients)
        {
            foreach (var value in TensorMemory.Floats(gradient))
            {
                sum += (double)value * value;
            }
        }

        return (float)Math.Min(1, options.GradientClip / (Math.Sqrt(sum) + 1e-6));
    }
}
