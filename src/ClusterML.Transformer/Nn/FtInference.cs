using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>Runs a network over rows without gradients, a chunk at a time.</summary>
internal static class FtInference
{
    /// <summary>Embeddings [rows][T * d] and, when the network has a head, scaled predictions [rows][targets].</summary>
    public static (float[][] Embeddings, float[][] Predictions) Run(
        FtNetwork network,
        FtBatches batches,
        IReadOnlyList<int[]> categorical,
        IReadOnlyList<float[]> continuous)
    {
        if (categorical.Count != continuous.Count)
        {
            throw new ArgumentException($"{categorical.Count} rows of codes and {continuous.Count} rows of numbers", nameof(continuous));
        }

        var (embeddings, predictions) = (new List<float[]>(), new List<float[]>());
        using var noGradient = no_grad();
        for (var start = 0; start < categorical.Count; start += FtBatches.InferenceRows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(FtBatches.InferenceRows, categorical.Count - start);
            var embedding = network.Embed(batches.Codes(categorical, start, count), batches.Numbers(continuous, start, count));
            embeddings.AddRange(TensorMemory.Rows(embedding));
            if (network.HasHead)
            {
                predictions.AddRange(TensorMemory.Rows(network.Predict(embedding)));
            }
        }

        return ([.. embeddings], [.. predictions]);
    }
}
