using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Memory of a thread for the kernels, handed out piece by piece and taken again at the next start.</summary>
/// <remarks>It grows to what the largest call needs, about 2 MB with the paper's sizes, and stays with the thread.</remarks>
internal sealed unsafe class LaneScratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static float[]? memory;

    private readonly V* end;
    private V* next;

    /// <summary>Takes the thread's memory.</summary>
    /// <param name="vectors">Vectors that will be asked for.</param>
    public LaneScratch(long vectors)
    {
        var floats = checked((int)((vectors + 1) * LaneRows.Count));
        if (memory is null || memory.Length < floats)
        {
            memory = GC.AllocateUninitializedArray<float>(floats, pinned: true);
        }

        var start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        next = (V*)((start + Alignment - 1) / Alignment * Alignment);
        end = (V*)(start + ((nint)memory.Length * sizeof(float)));
    }

    /// <summary>The next vectors, with whatever is in them.</summary>
    public V* Take(long vectors)
    {
        var piece = next;
        next += vectors;
        return next <= end ? piece : throw new InvalidOperationException("more scratch memory is taken than was announced");
    }

    /// <summary>The next vectors, all 0.</summary>
    public V* Zeros(int vectors)
    {
        var piece = Take(vectors);
        new Span<V>(piece, vectors).Clear();
        return piece;
    }
}
