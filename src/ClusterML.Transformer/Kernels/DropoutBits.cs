using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>What a dropout keeps, one bit for each value, in the order in which groups of sixteen rows are computed.</summary>
/// <remarks>
/// Sixteen words of 32 bits, one for each row of a group, hold 32 values of these rows. The bits are those that
/// <see cref="Nn.DropoutStream"/> would multiply by as numbers.
/// </remarks>
internal static unsafe class DropoutBits
{
    /// <summary>Words for <paramref name="width"/> values of a row.</summary>
    public static int Words(int width) => (width + 31) / 32;

    /// <summary>Integers that <paramref name="rows"/> rows take.</summary>
    public static long Size(long rows, int width) => (long)LaneRows.Groups(rows) * Words(width) * LaneRows.Count;

    /// <summary>Sets what was dropped in <paramref name="count"/> values from number <paramref name="first"/> on to 0 and scales the rest.</summary>
    /// <param name="bits">Bits of a group; null drops nothing.</param>
    /// <param name="first">Number of the first value within its row.</param>
    /// <param name="values">The values, in lanes; overwritten.</param>
    /// <param name="count">Their count.</param>
    /// <param name="kept">Factor of what stays.</param>
    public static void Apply(int* bits, int first, V* values, int count, V kept)
    {
        if (bits == null)
        {
            return;
        }

        var one = Vector512<int>.One;
        for (var e = 0; e < count;)
        {
            var (word, bit) = Math.DivRem(first + e, 32);
            var keep = Vector512.ShiftRightLogical(Vector512.Load(bits + (word * LaneRows.Count)), bit);
            var end = Math.Min(count, e + 32 - bit);
            for (; e < end; e++)
            {
                var dropped = Vector512.Equals(keep & one, Vector512<int>.Zero).AsSingle();
                values[e] = Vector512.ConditionalSelect(dropped, V.Zero, values[e] * kept);
                keep = Vector512.ShiftRightLogical(keep, 1);
            }
        }
    }
}
