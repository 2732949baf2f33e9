using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>A residual layer of a block in one pass over the rows: x plus dropout of the layer's function of norm(x).</summary>
/// <remarks>
/// Sixteen rows at a time go through the whole layer while they lie in the nearest caches, forward and backward; backward computes
/// again what is cheap. A row's result depends on the fifteen rows beside it by rounding only: the softmax takes its shifted form for all sixteen as soon
/// as one of them needs it. Weight gradients are summed in an order that the number of threads fixes.
/// </remarks>
/// <param name="weights">The weights, single precision and contiguous.</param>
/// <param name="tokens">Tokens of a row.</param>
/// <param name="dropout">What is dropped.</param>
internal abstract unsafe class LaneLayer(LaneWeights weights, int tokens, LaneDropout dropout)
{
    /// <summary>Whether this processor has what makes the kernels worth their while: vectors of 256 bits, better 512.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>The weights.</summary>
    public LaneWeights Weights => weights;

    /// <summary>What is dropped.</summary>
    public LaneDropout Dropout => dropout;

    /// <summary>Vectors of a group that backward needs from forward.</summary>
    protected abstract int SavedVectors { get; }

    /// <summary>Vectors of scratch memory that a group needs, its input and output not counted.</summary>
    protected abstract int ScratchVectors { get; }

    /// <summary>The number of tokens of a row.</summary>
    protected int Tokens => tokens;

    private int RowSize => tokens * weights.Width;

    /// <summary>The layer's output [B, T, d].</summary>
    /// <param name="x">Input [B, T, d].</param>
    /// <param name="saved">For <see cref="Backward"/>; null when it will not be called.</param>
    public Tensor Forward(Tensor x, Tensor? saved)
    {
        using var contiguous = x.contiguous();
        var output = empty(x.shape, ScalarType.Float32);
        using var packed = empty(LaneMatrix.PackedSize(weights.Hidden, weights.Width) + LaneMatrix.PackedSize(weights.Width, weights.Inner));
        var matrices = Floats(packed);
        var second = matrices + LaneMatrix.PackedSize(weights.Hidden, weights.Width);
        LaneMatrix.Pack(Floats(weights.In), weights.Width, 1, weights.Hidden, weights.Width, matrices);
        LaneMatrix.Pack(Floats(weights.Out), weights.Inner, 1, weights.Width, weights.Inner, second);
        var from = Floats(contiguous);
        var to = Floats(output);
        var keep = saved is null ? null : (V*)Floats(saved);
        var pointers = new LanePointers(weights, matrices, second, null, null);
        Each(x.shape[0], Parts(x.shape[0]), (_, first, last, rows) =>
        {
            var scratch = new LaneScratch((2 * RowSize) + ScratchVectors + SavedVectors);
            var input = scratch.Take(RowSize);
            var result = scratch.Take(RowSize);
            var unsaved = scratch.Take(SavedVectors);
            var temporary = scratch.Take(ScratchVectors);
            for (var group = first; group < last; group++)
            {
                var present = Present(group, rows);
                LaneRows.Load(from + Start(group), present, RowSize, input);
                ForwardGroup(pointers, group, input, result, keep == null ? unsaved : keep + ((long)group * SavedVectors), temporary);
                LaneRows.Store(result, RowSize, to + Start(group), present);
            }
        });
        return output;
    }

    /// <summary>Gradients of the input and of <see cref="LaneWeights.All"/>, null where there is no norm.</summary>
    /// <param name="x">Input of <see cref="Forward"/>.</param>
    /// <param name="saved">What <see cref="Forward"/> wrote there.</param>
    /// <param name="gradient">Gradient of the output.</param>
    public List<Tensor?> Backward(Tensor x, Tensor saved, Tensor gradient)
    {
        using var contiguous = x.contiguous();
        using var slope = gradient.contiguous();
        var inputGradient = empty(x.shape, ScalarType.Float32);
        int[] sizes =
        [
            LaneMatrix.PackedSize(weights.Hidden, weights.Width), LaneMatrix.PackedSize(weights.Width, weights.Inner),
            LaneMatrix.PackedSize(weights.Width, weights.Hidden), LaneMatrix.PackedSize(weights.Inner, weights.Width),
        ];
        using var packed = empty(sizes.Sum());
        var first = Floats(packed);
        var second = first + sizes[0];
        var third = first + sizes[0] + sizes[1];
        var fourth = first + sizes[0] + sizes[1] + sizes[2];
        LaneMatrix.Pack(Floats(weights.In), weights.Width, 1, weights.Hidden, weights.Width, first);
        LaneMatrix.Pack(Floats(weights.Out), weights.Inner, 1, weights.Width, weights.Inner, second);
        LaneMatrix.Pack(Floats(weights.In), 1, weights.Width, weights.Width, weights.Hidden, third);
        LaneMatrix.Pack(Floats(weights.Out), 1, weights.Inner, weights.Inner, weights.Width, fourth);
        var pointers = new LanePointers(weights, first, second, third, fourth);
        var from = Floats(contiguous);
        var slopes = Floats(slope);
        var to = Floats(inputGradient);
        var kept = (V*)Floats(saved);
        var parts = Parts(x.shape[0]);
        using var sums = zeros((long)parts * weights.Count * LaneRows.Count, ScalarType.Float32);
        var lanes = (V*)Floats(sums);
        Each(x.shape[0], parts, (part, begin, last, rows) =>
        {
            var scratch = new LaneScratch((3 * RowSize) + ScratchVectors);
            var input = scratch.Take(RowSize);
            var outer = scratch.Take(RowSize);
            var result = scratch.Take(RowSize);
            var temporary = scratch.Take(ScratchVectors);
            var gradients = new LaneGradients(weights, lanes + ((long)part * weights.Count));
            for (var group = begin; group < last; group++)
            {
                var present = Present(group, rows);
                LaneRows.Load(from + Start(group), present, RowSize, input);
                LaneRows.Load(slopes + Start(group), present, RowSize, outer);
                Unsafe.CopyBlock(result, outer, (uint)(RowSize * sizeof(V)));
                BackwardGroup(pointers, gradients, group, input, outer, result, kept + ((long)group * SavedVectors), temporary);
                LaneRows.Store(result, RowSize, to + Start(group), present);
            }
        });
        return [inputGradient, .. Sum(lanes, parts)];
    }

    /// <summary>A tensor for what <see cref="Backward"/> needs of <paramref name="rows"/> rows.</summary>
    public Tensor NewSaved(long rows) => empty(LaneRows.Groups(rows) * (long)SavedVectors * LaneRows.Count, ScalarType.Float32);

    /// <summary>Computes a group.</summary>
    protected abstract void ForwardGroup(LanePointers pointers, int group, V* x, V* y, V* saved, V* scratch);

    /// <summary>Adds a group's gradients: of x to <paramref name="dx"/>, which holds dy at first, and of the weights.</summary>
    protected abstract void BackwardGroup(LanePointers pointers, LaneGradients gradients, int group, V* x, V* dy, V* dx, V* saved, V* scratch);

    /// <summary>The norm's output, or x itself without a norm.</summary>
    protected V* Normalised(LanePointers pointers, V* x, V* normalised, V* inverse, V* scaled)
    {
        if (pointers.Norm == null)
        {
            return x;
        }

        LaneNorm.Normalise(x, weights.Width, tokens, normalised, inverse);
        LaneNorm.Scale(normalised, pointers.Norm, pointers.NormBias, weights.Width, tokens, scaled);
        return scaled;
    }

    /// <summary>Adds the gradient behind the norm to that of x.</summary>
    protected void AddThroughNorm(LanePointers pointers, LaneGradients gradients, V* slope, V* normalised, V* inverse, V* dx)
    {
        if (pointers.Norm != null)
        {
            LaneNorm.Backward(slope, normalised, inverse, pointers.Norm, weights.Width, tokens, dx, gradients.Norm, gradients.NormBias);
            return;
        }

        for (var e = 0; e < RowSize; e++)
        {
            dx[e] += slope[e];
        }
    }

    private static float* Floats(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(TensorMemory.Floats(tensor)));

    private static int Parts(long rows) => Math.Min(get_num_threads(), LaneRows.Groups(rows));

    private static int Present(int group, long rows) => (int)Math.Min(LaneRows.Count, rows - ((long)group * LaneRows.Count));

    /// <summary>Gives each thread a run of groups; which one depends on the number of threads alone.</summary>
    private static void Each(long rows, int parts, Action<int, int, int, long> run)
    {
        var groups = LaneRows.Groups(rows);
        if (parts <= 1)
        {
            run(0, 0, groups, rows);
            return;
        }

        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
            run(part, (int)((long)groups * part / parts), (int)((long)groups * (part + 1) / parts), rows));
    }

    private long Start(int group) => (long)group * LaneRows.Count * RowSize;

    private List<Tensor?> Sum(V* lanes, int parts)
    {
        var sums = new List<Tensor?>();
        var offsets = weights.Offsets;
        foreach (var (tensor, start) in weights.All.Zip([offsets.Norm, offsets.NormBias, offsets.In, offsets.InBias, offsets.Out, offsets.OutBias]))
        {
            if (tensor is null)
            {
                sums.Add(null);
                continue;
            }

            var sum = empty(tensor.shape, ScalarType.Float32);
            var values = Floats(sum);
            for (var i = 0; i < tensor.numel(); i++)
            {
                var total = lanes[start + i];
                for (var part = 1; part < parts; part++)
                {
                    total += lanes[(part * weights.Count) + start + i];
                }

                values[i] = Vector512.Sum(total);
            }

            sums.Add(sum);
        }

        return sums;
    }
}
