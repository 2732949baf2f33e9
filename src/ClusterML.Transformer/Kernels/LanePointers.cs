using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClusterML.Transformer.Nn;
using static TorchSharp.torch;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Where the weights of a layer lie, with its matrices as <see cref="LaneMatrix.Pack"/> puts them.</summary>
internal readonly unsafe struct LanePointers(LaneWeights weights, float* first, float* second, float* firstTransposed, float* secondTransposed)
{
    public readonly float* Norm = Start(weights.Norm);
    public readonly float* NormBias = Start(weights.NormBias);
    public readonly float* In = first;
    public readonly float* InBias = Start(weights.InBias);
    public readonly float* Out = second;
    public readonly float* OutBias = Start(weights.OutBias);
    public readonly float* InTransposed = firstTransposed;
    public readonly float* OutTransposed = secondTransposed;

    private static float* Start(Tensor? tensor) =>
        tensor is null ? null : (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(TensorMemory.Floats(tensor)));
}

/// <summary>Where a thread sums the gradients of a layer's weights, each value in its own lanes.</summary>
internal readonly unsafe struct LaneGradients
{
    public readonly V* Norm;
    public readonly V* NormBias;
    public readonly V* In;
    public readonly V* InBias;
    public readonly V* Out;
    public readonly V* OutBias;

    public LaneGradients(LaneWeights weights, V* start)
    {
        var offsets = weights.Offsets;
        Norm = start + offsets.Norm;
        NormBias = start + offsets.NormBias;
        In = start + offsets.In;
        InBias = start + offsets.InBias;
        Out = start + offsets.Out;
        OutBias = start + offsets.OutBias;
    }
}
