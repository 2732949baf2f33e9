using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ClusterML.Transformer.Kernels;
using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>Dropout whose masks come from a seed instead of torch's global generator.</summary>
/// <remarks>
/// A training step makes its own stream from the step's number, so a resumed training draws the same masks without any
/// generator state. Eight xoshiro128++ generators run side by side (Blackman and Vigna 2021, doi:10.1145/3460772), several
/// times faster than torch's dropout on a processor; the masks do not depend on what the processor can do.
/// </remarks>
internal sealed class DropoutStream
{
    private Vector256<uint> s0;
    private Vector256<uint> s1;
    private Vector256<uint> s2;
    private Vector256<uint> s3;

    public DropoutStream(int seed)
    {
        var state = (ulong)seed;
        Span<uint> words = stackalloc uint[32];
        for (var i = 0; i < words.Length; i++)
        {
            // SplitMix64, the seeding that the authors of xoshiro advise.
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            words[i] = (uint)((z ^ (z >> 31)) >> 32);
        }

        s0 = Vector256.Create<uint>(words[..8]);
        s1 = Vector256.Create<uint>(words[8..16]);
        s2 = Vector256.Create<uint>(words[16..24]);
        s3 = Vector256.Create<uint>(words[24..]);
    }

    /// <summary><paramref name="x"/> with a share <paramref name="rate"/> of its values set to 0 and the others scaled up.</summary>
    public Tensor Apply(Tensor x, double rate) => rate > 0 ? x * Mask(x, rate) : x;

    /// <summary><paramref name="x"/> plus <paramref name="branch"/> after dropout, in one pass.</summary>
    public Tensor Add(Tensor x, Tensor branch, double rate) => rate > 0 ? x.addcmul(branch, Mask(branch, rate), 1) : x + branch;

    /// <summary>Fills <paramref name="mask"/> with 0 (probability <paramref name="rate"/>) and 1 / (1 - rate).</summary>
    internal void Fill(Span<float> mask, double rate)
    {
        // 31 bits, so that the comparison can be the signed one that processors have.
        var threshold = Vector256.Create((int)(rate * 2147483648.0));
        var kept = Vector256.Create((float)(1 / (1 - rate)));
        var i = 0;
        for (; i <= mask.Length - 8; i += 8)
        {
            Next(threshold, kept).CopyTo(mask[i..]);
        }

        if (i < mask.Length)
        {
            Span<float> last = stackalloc float[8];
            Next(threshold, kept).CopyTo(last);
            last[..(mask.Length - i)].CopyTo(mask[i..]);
        }
    }

    /// <summary>What one mask of [rows, width] values keeps, by the same draws, as the bits that <see cref="DropoutBits"/> reads; null for rate 0.</summary>
    internal Tensor? Bits(long rows, int width, double rate)
    {
        if (rate <= 0)
        {
            return null;
        }

        var bits = zeros(DropoutBits.Size(rows, width), ScalarType.Int32);
        Fill(MemoryMarshal.Cast<byte, uint>(bits.bytes), rows, width, rate);
        return bits;
    }

    private Tensor Mask(Tensor x, double rate)
    {
        var mask = empty(x.shape, ScalarType.Float32);
        Fill(TensorMemory.Floats(mask), rate);
        return x.device_type == TorchSharp.DeviceType.CPU && x.dtype == ScalarType.Float32 ? mask : mask.to(x.dtype, x.device);
    }

    private void Fill(Span<uint> bits, long rows, int width, double rate)
    {
        var threshold = Vector256.Create((int)(rate * 2147483648.0));
        var words = DropoutBits.Words(width);
        var (row, column) = (0L, 0);
        for (var left = rows * width; left > 0; left -= 8)
        {
            var kept = Keep(threshold).ExtractMostSignificantBits();
            for (var count = (int)Math.Min(8, left); count > 0;)
            {
                // As many as end in the same word; all eight when a row is a multiple of eight values.
                var (word, bit) = Math.DivRem(column, 32);
                var run = Math.Min(count, Math.Min(32 - bit, width - column));
                var place = ((((row / LaneRows.Count) * words) + word) * LaneRows.Count) + (row % LaneRows.Count);
                bits[(int)place] |= (kept & ((1u << run) - 1)) << bit;
                kept >>= run;
                count -= run;
                column += run;
                if (column == width)
                {
                    (row, column) = (row + 1, 0);
                }
            }
        }
    }

    private Vector256<float> Next(Vector256<int> threshold, Vector256<float> kept) => (Keep(threshold).AsSingle() & kept).AsSingle();

    private Vector256<int> Keep(Vector256<int> threshold)
    {
        var sum = s0 + s3;
        var bits = ((sum << 7) | (sum >>> 25)) + s0;
        var t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = (s3 << 11) | (s3 >>> 21);
        return Vector256.GreaterThanOrEqual((bits >>> 1).AsInt32(), threshold);
    }
}
