using System.Diagnostics;
using ClusterML.Data.Randomness;
using ClusterML.Transformer;
using ClusterML.Transformer.Kernels;
using ClusterML.Transformer.Nn;
using ClusterML.Transformer.Training;
using static TorchSharp.torch;

namespace ClusterML.Benchmarks.Transformer;

internal static class StepParts
{
    public static void Print(TextWriter o, int batch)
    {
        using var right = TorchThreads.Use(1);
        var (sizes, options, seeds) = (PaperModel.Sizes, new FtTransformerOptions(), new SeedStreams(1));
        var layout = FtLayout.Backbone(sizes, options).Concat(FtLayout.HeadLayers(sizes, options, 2));
        using var net = new FtNetwork(sizes, options, FtLayout.Initial(layout, options, seeds), _ => true);
        using var scope0 = NewDisposeScope();
        var x = rand(batch, 66, 16);
        var w = net.Weights;
        LaneWeights W(string l, string f) => new(w.GetValueOrDefault($"{l}norm.weight"), w.GetValueOrDefault($"{l}norm.bias"), w[$"{l}{f}.weight"], w[$"{l}{f}.bias"], w[$"{l}out.weight"], w[$"{l}out.bias"]);
        var ds = new DropoutStream(1);
        void Time(string name, Action a, double flops = 0)
        {
            for (var i = 0; i < 3; i++) { using var s = NewDisposeScope(); a(); }
            var best = double.MaxValue;
            for (var i = 0; i < 20; i++) { using var s = NewDisposeScope(); var t = Process.GetCurrentProcess().TotalProcessorTime; a(); a(); best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - t).TotalMilliseconds / 2); }
            o.WriteLine($"{name,-28} {best,8:f2} ms {(flops > 0 ? $"{flops / best / 1e6:f0} GFLOPS" : "")}");
        }
        Time("bits hidden", () => ds.Bits(batch, 66 * 128, 0.1));
        Time("bits outer", () => ds.Bits(batch, 66 * 16, 0.1));
        var drop = new LaneDropout(ds.Bits(batch, 66 * 128, 0.1), 0.1, ds.Bits(batch, 66 * 16, 0.1), 0.1);
        var att = new AttentionLayer(W("blocks.1.attention.", "qkv"), new AttentionShape(66, 8, 2), drop);
        var ff = new FeedForwardLayer(W("blocks.1.feed_forward.", "in"), 66, drop);
        var p = batch * 66.0;
        using (no_grad())
        {
            var sa = att.NewSaved(batch); var sf = ff.NewSaved(batch);
            Time("attention forward", () => att.Forward(x, sa), p * 2 * 1024);
            Time("attention backward", () => att.Backward(x, sa, x), p * 6 * 1024);
            Time("ff forward", () => ff.Forward(x, sf), p * 2 * 4096);
            Time("ff backward", () => ff.Backward(x, sf, x), p * 2 * 4096 * 2.5);
        }
        var e = rand(new long[] { batch, 1056 }, requires_grad: true);
        Time("head forward+backward", () => { net.Predict(e, ds).sum().backward(); foreach (var (_, t) in net.Weights) { t.grad = null; } }, batch * 4.47e6 * 6);
        Time("head forward+backward nodrop", () => { net.Predict(e).sum().backward(); foreach (var (_, t) in net.Weights) { t.grad = null; } }, batch * 4.47e6 * 6);
        var a = rand(batch, 1056); var b = rand(2112, 1056); var c = rand(batch, 2112);
        Time("gemm f", () => a.matmul(b.t()), 2.0 * batch * 1056 * 2112);
        Time("gemm dx", () => c.matmul(b), 2.0 * batch * 1056 * 2112);
        Time("gemm dw", () => c.t().matmul(a), 2.0 * batch * 1056 * 2112);
        var adam = new AdamOptimizer(1e-3, 1e-5); adam.Advance();
        float[] q = new float[4_500_000], r = new float[4_500_000], u = new float[4_500_000], v = new float[4_500_000];
        Time("adam", () => adam.Update(q, r, u, v, true));
    }
}
