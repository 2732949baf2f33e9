using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Training;

/// <summary>The loss on scaled targets, each row counted by its weight.</summary>
internal static class TargetLoss
{
    /// <summary>Mean over rows and targets.</summary>
    /// <param name="loss">Which loss.</param>
    /// <param name="predicted">[B, targets].</param>
    /// <param name="wanted">[B, targets].</param>
    /// <param name="weights">[B, 1] with mean 1 over the training rows; null counts all alike.</param>
    public static Tensor Of(FtLoss loss, Tensor predicted, Tensor wanted, Tensor? weights)
    {
        var reduction = weights is null ? nn.Reduction.Mean : nn.Reduction.None;
        var value = loss switch
        {
            FtLoss.Mse => F.mse_loss(predicted, wanted, reduction),
            FtLoss.Mae => F.l1_loss(predicted, wanted, reduction),
            _ => F.huber_loss(predicted, wanted, reduction: reduction),
        };
        return weights is null ? value : (value * weights).mean();
    }
}
