using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClusterML.Chemistry.Analysis;

/// <summary>2^t of eight numbers at once.</summary>
/// <remarks>
/// t is split into a whole number n and a rest f of at most a half. 2^f is a polynomial of degree 10 (Chebyshev interpolation, relative
/// error 3.1e-16), and n is added to the exponent bits. Within 1e-15 of the true value for -1000 &lt;= t &lt;= 1000; below -1000 the result is that
/// of -1000, 9e-302, which no sum of weights notices. Half the work of the general exponential: no infinities, no second reduction step.
/// </remarks>
internal static class PowersOfTwo
{
    // Adding 1.5 * 2^52 leaves the nearest whole number in the low bits of the sum.
    private const double Rounder = 6755399441055744.0;
    private const double Smallest = -1000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> t)
    {
        t = Vector512.MaxNative(t, Vector512.Create(Smallest));
        var rounded = t + Vector512.Create(Rounder);
        var f = t - (rounded - Vector512.Create(Rounder));
        var p = Vector512.Create(7.072585949269223e-09);
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.0208690299958306e-07));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.321544258792169e-06));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.5252657260200837e-05));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.0001540353044173605));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.0013333558230164974));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.009618129107606888));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.05550410866444772));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.24022650695910097));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.69314718055995));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.0));
        return (p.AsInt64() + Vector512.ShiftLeft(rounded.AsInt64(), 52)).AsDouble();
    }
}
