using ClusterML.Data.Randomness;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Tests.Kernels;

/// <summary>The fused blocks against the same network of torch's own operators (scaled_dot_product_attention, layer_norm, silu) and its autograd.</summary>
public sealed class LaneBlockTests
{
    /// <summary>Heads, width of a head, hidden width, continuous columns, rows: every head width, and sizes that fill no vector.</summary>
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 8, 2, 128, 64, 64 },
        { 8, 2, 128, 64, 19 },
        { 8, 1, 24, 7, 16 },
        { 2, 3, 10, 5, 33 },
        { 4, 4, 32, 30, 16 },
        { 2, 5, 7, 1, 1 },
        { 2, 8, 64, 25, 40 },
        { 1, 16, 33, 48, 17 },
        { 2, 32, 16, 12, 5 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShape_GivesTorchsOutputAndGradients(int heads, int width, int hidden, int columns, int rows)
    {
        AssertSame(new FtTransformerOptions { NHeads = heads, DToken = heads * width, DFeedForward = hidden, NBlocks = 2, Dropout = 0 }, columns, rows, 1, 1e-5);
    }

    [Theory]
    [InlineData(8, 2, 128, 64, 64)]
    [InlineData(2, 3, 10, 5, 33)]
    public void Run_WithDropout_DropsWhatTheMasksDrop(int heads, int width, int hidden, int columns, int rows)
    {
        AssertSame(new FtTransformerOptions { NHeads = heads, DToken = heads * width, DFeedForward = hidden, NBlocks = 2, Dropout = 0.3 }, columns, rows, 1, 1e-5);
    }

    [Fact]
    public void Run_LogitsFarBeyondTheRangeOfTheExponential_GivesTorchsOutputAndGradients()
    {
        // Logits of some hundreds: the rounding of one of them alone changes its weight by some 1e-5.
        AssertSame(new FtTransformerOptions { NBlocks = 1, Dropout = 0 }, 20, 16, 60, 1e-4);
        AssertSame(new FtTransformerOptions { NBlocks = 1, Dropout = 0, NHeads = 4 }, 20, 16, 60, 1e-4);
    }

    [Fact]
    public void Run_TwoThreads_GivesTheSameOutputAndRepeatsItself()
    {
        var options = new FtTransformerOptions { NBlocks = 1, Dropout = 0.1 };
        var one = Compute(options, 10, 100, 1, fused: true, threads: 1);
        var two = Compute(options, 10, 100, 1, fused: true, threads: 2);
        var again = Compute(options, 10, 100, 1, fused: true, threads: 2);
        Assert.Equal(one.Output, two.Output);
        Assert.Equal(two.Gradients.SelectMany(g => g.Value), again.Gradients.SelectMany(g => g.Value));
        foreach (var (name, gradient) in one.Gradients)
        {
            AssertClose(gradient, two.Gradients[name], name, 1e-5);
        }
    }

    [Fact]
    public void Run_ManySteps_LeavesNoTensorBehind()
    {
        var options = new FtTransformerOptions { NBlocks = 2, DFeedForward = 16 };
        Compute(options, 6, 20, 1, fused: true, threads: 1);
        var before = Live();
        for (var step = 0; step < 50; step++)
        {
            Compute(options, 6, 20, 1, fused: true, threads: 1);
        }

        Assert.Equal(before, Live());

        // Tensors outside scopes go with the nodes of the graph, which torch lets go with the output.
        static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
    }

    private static void AssertSame(FtTransformerOptions options, int columns, int rows, float spread, double tolerance)
    {
        var expected = Compute(options, columns, rows, spread, fused: false, threads: 1);
        var actual = Compute(options, columns, rows, spread, fused: true, threads: 1);
        AssertClose(expected.Output, actual.Output, "output", tolerance);
        Assert.Equal(expected.Gradients.Keys, actual.Gradients.Keys);
        foreach (var (name, gradient) in expected.Gradients)
        {
            AssertClose(gradient, actual.Gradients[name], name, tolerance);
        }
    }

    /// <summary>The output, and the gradients of its sum of products with fixed numbers.</summary>
    private static (float[] Output, SortedDictionary<string, float[]> Gradients) Compute(
        FtTransformerOptions options, int columns, int rows, float spread, bool fused, int threads)
    {
        var sizes = new FtSizes([5, 7], columns);
        var seeds = new SeedStreams(7);
        using var right = TorchThreads.Use(threads);
        using var scope = NewDisposeScope();
        using var network = new FtNetwork(sizes, options, FtLayout.Initial(FtLayout.Backbone(sizes, options), options, seeds), _ => true) { IsFused = fused };
        using (no_grad())
        {
            foreach (var (name, weight) in network.Weights.Where(w => w.Key.Contains("qkv.weight", StringComparison.Ordinal)))
            {
                weight.mul_(spread);
            }
        }

        var random = seeds.Generator("inputs");
        var codes = tensor(Enumerable.Range(0, rows * 2).Select(i => (long)((i % 2 * 5) + random.Next(5))).ToArray(), [rows, 2]);
        var numbers = tensor(Enumerable.Range(0, rows * columns).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray(), [rows, columns]);
        var output = network.Embed(codes, numbers, options.Dropout > 0 ? new DropoutStream(3) : null);
        var factors = tensor(Enumerable.Range(0, (int)output.numel()).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray(), output.shape);
        (output * factors).sum().backward();
        return (
            TensorMemory.Floats(output.detach()).ToArray(),
            new(network.Weights.ToDictionary(w => w.Key, w => TensorMemory.Floats(w.Value.grad!.contiguous()).ToArray()), StringComparer.Ordinal));
    }

    /// <summary>Compares by the largest value, since gradients are sums over rows and tokens.</summary>
    private static void AssertClose(float[] expected, float[] actual, string what, double tolerance)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance * scale, $"{what}: {worst} off, largest value {scale}");
    }
}
