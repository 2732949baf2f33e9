using ClusterML.Data.Randomness;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;
using static TorchSharp.torch;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>One step of training with the paper's network, as the trainer takes it: forward, Huber loss, backward, Adam.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly FtNetwork network;
    private readonly AdamOptimizer adam = new(1e-3, 1e-5);
    private readonly Dictionary<string, (float[] First, float[] Second)> moments;
    private readonly Tensor codes;
    private readonly Tensor numbers;
    private readonly Tensor targets;

    public TrainingStep(int batch, bool fused)
    {
        NativeLibraryLoader.EnsureLoaded();
        var (sizes, options, seeds) = (PaperModel.Sizes, new FtTransformerOptions(), new SeedStreams(1));
        var layout = FtLayout.Backbone(sizes, options).Concat(FtLayout.HeadLayers(sizes, options, 2));
        network = new FtNetwork(sizes, options, FtLayout.Initial(layout, options, seeds), _ => true) { IsFused = fused };
        moments = network.Weights.ToDictionary(w => w.Key, w => (new float[w.Value.numel()], new float[w.Value.numel()]));
        var rows = PaperModel.Rows(batch);
        var batches = new FtBatches(sizes, new RobustScaler(new double[PaperModel.Continuous], [.. Enumerable.Repeat(1.0, PaperModel.Continuous)]), FtMissing.Median);
        codes = batches.Codes(rows.Categorical, 0, batch);
        numbers = batches.Numbers(rows.Continuous, 0, batch);
        targets = tensor([.. rows.Targets.SelectMany(r => r.Select(v => (float)v))], [batch, 2]);
    }

    /// <summary>Takes a step; the loss before it.</summary>
    public float Run()
    {
        using var scope = NewDisposeScope();
        adam.Advance();
        var dropout = new DropoutStream(adam.Steps);
        var loss = nn.functional.huber_loss(network.Predict(network.Embed(codes, numbers, dropout), dropout), targets);
        loss.backward();
        foreach (var (name, weight) in network.Weights)
        {
            var (first, second) = moments[name];
            adam.Update(TensorMemory.Floats(weight), TensorMemory.Floats(weight.grad!.contiguous()), first, second, FtLayout.IsDecayed(name));
            weight.grad = null;
        }

        return loss.item<float>();
    }

    /// <summary>Embeds the rows.</summary>
    public void Embed()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        network.Embed(codes, numbers);
    }

    public void Dispose()
    {
        network.Dispose();
        codes.Dispose();
        numbers.Dispose();
        targets.Dispose();
    }
}
