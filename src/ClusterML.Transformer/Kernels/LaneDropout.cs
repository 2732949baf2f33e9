using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Kernels;

/// <summary>What a layer's dropouts keep in one step, as bits in the order of <see cref="DropoutBits"/>; null bits drop nothing.</summary>
/// <param name="Hidden">Bits of the hidden values.</param>
/// <param name="HiddenRate">Share of them that is dropped.</param>
/// <param name="Outer">Bits of the layer's output.</param>
/// <param name="OuterRate">Share of them that is dropped.</param>
internal sealed record LaneDropout(Tensor? Hidden, double HiddenRate, Tensor? Outer, double OuterRate)
{
    /// <summary>Bits of a group, null without a tensor.</summary>
    public static unsafe int* Group(Tensor? bits, int group, int width) => bits is null
        ? null
        : (int*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bits.bytes)) + DropoutBits.Size((long)group * LaneRows.Count, width);

    /// <summary>Factor of what stays.</summary>
    public static Vector512<float> Kept(double rate) => Vector512.Create((float)(1 / (1 - rate)));
}
