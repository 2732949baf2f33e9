using System.Diagnostics;
using ClusterML.Data.Randomness;
using ClusterML.Transformer;
using ClusterML.Transformer.Kernels;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;
using static TorchSharp.torch;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>Where a training step's time goes: each part alone, processor time of the best of twenty rounds on one thread.</summary>
internal static class StepParts
{
    private const int Tokens = 66;
    private const int HeadWeights = 4_467_778;

    public static void Print(TextWriter writer, int batch)
    {
        using var right = TorchThreads.Use(1);
        using var scope = NewDisposeScope();
        var (sizes, options, seeds) = (PaperModel.Sizes, new FtTransformerOptions(), new SeedStreams(1));
        var layout = FtLayout.Backbone(sizes, options).Concat(FtLayout.HeadLayers(sizes, options, 2));
        using var network = new FtNetwork(sizes, options, FtLayout.Initial(layout, options, seeds), _ => true);
        var dropout = new DropoutStream(1);
        var (rate, row) = (options.Dropout, Tokens * options.DToken);
        var (hidden, outer) = (dropout.Bits(batch, Tokens * options.DFeedForward, rate), dropout.Bits(batch, row, rate));
        var attention = new AttentionLayer(Weights("attention", "qkv"), new AttentionShape(Tokens, options.NHeads, 2), new LaneDropout(null, 0, outer, rate));
        var feedForward = new FeedForwardLayer(Weights("feed_forward", "in"), Tokens, new LaneDropout(hidden, rate, outer, rate));
        var x = rand(batch, Tokens, options.DToken);
        var (savedAttention, savedFeedForward) = (attention.NewSaved(batch), feedForward.NewSaved(batch));
        var embedding = rand([batch, row], requires_grad: true);
        var adam = new AdamOptimizer(1e-3, 1e-5) { Steps = 1 };
        var (first, second) = (new float[HeadWeights], new float[HeadWeights]);
        writer.WriteLine($"ms of processor time on one thread, {batch} rows");
        using (no_grad())
        {
            Time("masks of a block", () => (dropout.Bits(batch, row, rate), dropout.Bits(batch, row, rate), dropout.Bits(batch, Tokens * options.DFeedForward, rate)));
            Time("attention, forward", () => attention.Forward(x, savedAttention));
            Time("attention, backward", () => attention.Backward(x, savedAttention, x));
            Time("feed-forward, forward", () => feedForward.Forward(x, savedFeedForward));
            Time("feed-forward, backward", () => feedForward.Backward(x, savedFeedForward, x));
        }

        Time("head, both ways", () =>
        {
            network.Predict(embedding, dropout).sum().backward();
            network.Weights.Values.ToList().ForEach(w => w.grad = null);
            return 0;
        });
        Time("Adam on the head", () =>
        {
            adam.Update(first, first, second, second, decayed: true);
            return 0;
        });

        LaneWeights Weights(string layer, string matrix)
        {
            Tensor Of(string name) => network.Weights[$"blocks.1.{layer}.{name}"];
            return new(Of("norm.weight"), Of("norm.bias"), Of($"{matrix}.weight"), Of($"{matrix}.bias"), Of("out.weight"), Of("out.bias"));
        }

        void Time<T>(string name, Func<T> run)
        {
            var best = double.MaxValue;
            for (var round = 0; round < 20; round++)
            {
                using var step = NewDisposeScope();
                var start = Process.GetCurrentProcess().TotalProcessorTime;
                run();
                run();
                best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds / 2);
            }

            writer.WriteLine(FormattableString.Invariant($"{name,-24}{best,8:F2}"));
        }
    }
}
