using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Exponential and logistic function of sixteen values at once.</summary>
internal static class LaneMath
{
    /// <summary>1 / ln 2: exp(x) is <see cref="Exp2"/> of x times this.</summary>
    public const float Log2E = 1.44269504f;

    /// <summary>ln 2.</summary>
    public const float Ln2 = 0.693147181f;

    /// <summary>2^t of a finite t, relative error below 2e-7 where the result is a normal number; 0 below, infinity above.</summary>
    /// <remarks>
    /// The power of the whole part of t times a polynomial of degree 5 in the rest, whose coefficients minimise the largest
    /// relative error over [0, 1) (Lawson's iteration).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp2(V t)
    {
        var f = Avx512DQ.IsSupported ? Avx512DQ.Reduce(t, 0b1001) : t - Vector512.Floor(t);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(0.0018775767f), f, Vector512.Create(0.0089893406f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.055826318f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.24015361f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.69315308f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.99999994f));
        if (Avx512F.IsSupported)
        {
            return Avx512F.Scale(p, t);
        }

        // Exponent bits put together; from 2^-127 on the result is 0, from 2^128 on infinity.
        var whole = Vector512.ConvertToInt32(Vector512.Max(Vector512.Min(Vector512.Floor(t), Vector512.Create(128f)), Vector512.Create(-127f)));
        var power = Vector512.ShiftLeft(whole + Vector512.Create(127), 23).AsSingle();
        return p * power;
    }

    /// <summary>1 / (1 + e^-x), relative error below 5e-7, and 1.3e-7 of |x| more where x is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Logistic(V x)
    {
        // The bound keeps the reciprocal's argument finite.
        var d = V.One + Exp2(Vector512.Min(x * Vector512.Create(-Log2E), Vector512.Create(126f)));
        if (!Avx512F.IsSupported)
        {
            return V.One / d;
        }

        var r = Avx512F.Reciprocal14(d);
        return Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(-d, r, V.One), r, r);
    }
}
