using ClusterML.Learning.Scaling;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Training;

/// <summary>Rows of a training in torch's memory: scaled, on the network's device.</summary>
/// <param name="Count">Number of rows.</param>
/// <param name="Codes">[rows, C], offsets added.</param>
/// <param name="Numbers">[rows, N], scaled.</param>
/// <param name="Targets">[rows, T], scaled.</param>
/// <param name="Weights">[rows, 1], mean 1 over these rows; null for equal weights.</param>
internal sealed record LoadedRows(int Count, Tensor Codes, Tensor Numbers, Tensor Targets, Tensor? Weights)
{
    /// <summary>Embeddings [rows, E] of a network whose part below the head is frozen; null when they change.</summary>
    public Tensor? Embeddings { get; private set; }

    public static LoadedRows Of(FtBatches batches, TrainingRows rows, RobustScaler targets, Device device)
    {
        var width = targets.Center.Length;
        var scaled = new float[rows.Count * width];
        foreach (var (index, row) in rows.Targets.Index())
        {
            SinglePrecision.Scale(targets, [.. row.Select(v => (float)v)], scaled.AsSpan(index * width, width));
        }

        var mean = rows.Weights?.Average() ?? 1;
        return new LoadedRows(
            rows.Count,
            batches.Codes(rows.Categorical, 0, rows.Count),
            batches.Numbers(rows.Continuous, 0, rows.Count),
            tensor(scaled, [rows.Count, width]).to(device),
            rows.Weights is { } weights ? tensor([.. weights.Select(w => (float)(w / mean))], [rows.Count, 1]).to(device) : null);
    }

    /// <summary>Computes what a frozen network makes of the rows, once.</summary>
    public void Freeze(FtNetwork network)
    {
        using var noGradient = no_grad();
        var parts = new List<Tensor>();
        for (var start = 0; start < Count; start += FtBatches.InferenceRows)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(FtBatches.InferenceRows, Count - start);
            parts.Add(network.Embed(Codes.narrow(0, start, count), Numbers.narrow(0, start, count)).MoveToOuterDisposeScope());
        }

        Embeddings = cat(parts, 0);
    }

    /// <summary>Embeddings of some rows.</summary>
    public Tensor Embed(FtNetwork network, Func<Tensor, Tensor> choose, DropoutStream? dropout = null) =>
        Embeddings is { } frozen ? choose(frozen) : network.Embed(choose(Codes), choose(Numbers), dropout);
}
