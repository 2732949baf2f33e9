using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Moves rows between memory, row after row, and lanes: element e of sixteen rows side by side in vector e.</summary>
/// <remarks>
/// All kernels compute in lanes: what they write for one row happens to sixteen rows at once, without a sum across a vector and
/// for any width of tokens and heads. Rows that are missing to sixteen read as 0 and are not written.
/// </remarks>
internal static unsafe class LaneRows
{
    /// <summary>Rows in a group.</summary>
    public const int Count = 16;

    /// <summary>Groups that hold <paramref name="rows"/> rows.</summary>
    public static int Groups(long rows) => (int)((rows + Count - 1) / Count);

    /// <summary>Sixteen rows of <paramref name="width"/> values into lanes.</summary>
    public static void Load(float* rows, int present, int width, V* lanes)
    {
        var e = 0;
        if (Avx512F.IsSupported && present == Count)
        {
            var block = stackalloc V[Count];
            for (; e + Count <= width; e += Count)
            {
                for (var row = 0; row < Count; row++)
                {
                    block[row] = Vector512.Load(rows + ((long)row * width) + e);
                }

                Transpose(block, lanes + e);
            }
        }

        var values = (float*)lanes;
        for (; e < width; e++)
        {
            for (var row = 0; row < Count; row++)
            {
                values[(e * Count) + row] = row < present ? rows[((long)row * width) + e] : 0;
            }
        }
    }

    /// <summary>Lanes back into the rows that are present.</summary>
    public static void Store(V* lanes, int width, float* rows, int present)
    {
        var e = 0;
        if (Avx512F.IsSupported && present == Count)
        {
            var block = stackalloc V[Count];
            for (; e + Count <= width; e += Count)
            {
                Transpose(lanes + e, block);
                for (var row = 0; row < Count; row++)
                {
                    block[row].Store(rows + ((long)row * width) + e);
                }
            }
        }

        var values = (float*)lanes;
        for (; e < width; e++)
        {
            for (var row = 0; row < present; row++)
            {
                rows[((long)row * width) + e] = values[(e * Count) + row];
            }
        }
    }

    /// <summary>The transpose of sixteen by sixteen values: pairs of rows, then pairs of pairs, then quarters of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(V* from, V* to)
    {
        var quads = stackalloc V[Count];
        for (var i = 0; i < Count; i += 4)
        {
            var a = Avx512F.UnpackLow(from[i], from[i + 1]).AsDouble();
            var b = Avx512F.UnpackHigh(from[i], from[i + 1]).AsDouble();
            var c = Avx512F.UnpackLow(from[i + 2], from[i + 3]).AsDouble();
            var d = Avx512F.UnpackHigh(from[i + 2], from[i + 3]).AsDouble();
            quads[i] = Avx512F.UnpackLow(a, c).AsSingle();
            quads[i + 1] = Avx512F.UnpackHigh(a, c).AsSingle();
            quads[i + 2] = Avx512F.UnpackLow(b, d).AsSingle();
            quads[i + 3] = Avx512F.UnpackHigh(b, d).AsSingle();
        }

        for (var i = 0; i < 4; i++)
        {
            var a = Avx512F.Shuffle4x128(quads[i], quads[i + 4], 0x88);
            var b = Avx512F.Shuffle4x128(quads[i], quads[i + 4], 0xdd);
            var c = Avx512F.Shuffle4x128(quads[i + 8], quads[i + 12], 0x88);
            var d = Avx512F.Shuffle4x128(quads[i + 8], quads[i + 12], 0xdd);
            to[i] = Avx512F.Shuffle4x128(a, c, 0x88);
            to[i + 4] = Avx512F.Shuffle4x128(b, d, 0x88);
            to[i + 8] = Avx512F.Shuffle4x128(a, c, 0xdd);
            to[i + 12] = Avx512F.Shuffle4x128(b, d, 0xdd);
        }
    }
}
