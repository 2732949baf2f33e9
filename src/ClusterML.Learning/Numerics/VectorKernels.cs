using System.Numerics;
using System.Runtime.InteropServices;

namespace ClusterML.Learning.Numerics;

/// <summary>The few loops over doubles that carry the cost of ridge and distances, with SIMD.</summary>
internal static class VectorKernels
{
    /// <summary>Σ a_i b_i.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> s0 = default, s1 = default;
        var i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            s0 = Vector.FusedMultiplyAdd(va[i], vb[i], s0);
            s1 = Vector.FusedMultiplyAdd(va[i + 1], vb[i + 1], s1);
        }

        for (; i < va.Length; i++)
        {
            s0 = Vector.FusedMultiplyAdd(va[i], vb[i], s0);
        }

        var sum = Vector.Sum(s0 + s1);
        for (i = va.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>y ← y + c x.</summary>
    internal static void AddScaled(Span<double> y, double c, ReadOnlySpan<double> x)
    {
        x = x[..y.Length];
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        var vc = new Vector<double>(c);
        for (var i = 0; i < vy.Length; i++)
        {
            vy[i] = Vector.FusedMultiplyAdd(vc, vx[i], vy[i]);
        }

        for (var i = vy.Length * Vector<double>.Count; i < y.Length; i++)
        {
            y[i] += c * x[i];
        }
    }

    /// <summary>y ← y + c x + d z.</summary>
    internal static void AddScaled(Span<double> y, double c, ReadOnlySpan<double> x, double d, ReadOnlySpan<double> z)
    {
        x = x[..y.Length];
        z = z[..y.Length];
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        var vz = MemoryMarshal.Cast<double, Vector<double>>(z);
        var vc = new Vector<double>(c);
        var vd = new Vector<double>(d);
        for (var i = 0; i < vy.Length; i++)
        {
            vy[i] = Vector.FusedMultiplyAdd(vd, vz[i], Vector.FusedMultiplyAdd(vc, vx[i], vy[i]));
        }

        for (var i = vy.Length * Vector<double>.Count; i < y.Length; i++)
        {
            y[i] += (c * x[i]) + (d * z[i]);
        }
    }

    /// <summary>Returns Σ row_i v_i and adds c row to <paramref name="y"/>, in one pass over the row.</summary>
    internal static double DotAndAddScaled(ReadOnlySpan<double> row, ReadOnlySpan<double> v, Span<double> y, double c)
    {
        v = v[..row.Length];
        y = y[..row.Length];
        var vr = MemoryMarshal.Cast<double, Vector<double>>(row);
        var vv = MemoryMarshal.Cast<double, Vector<double>>(v);
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var vc = new Vector<double>(c);
        Vector<double> s = default;
        for (var i = 0; i < vr.Length; i++)
        {
            s = Vector.FusedMultiplyAdd(vr[i], vv[i], s);
            vy[i] = Vector.FusedMultiplyAdd(vc, vr[i], vy[i]);
        }

        var sum = Vector.Sum(s);
        for (var i = vr.Length * Vector<double>.Count; i < row.Length; i++)
        {
            sum += row[i] * v[i];
            y[i] += c * row[i];
        }

        return sum;
    }

    /// <summary>w ← q - l w, then acc ← acc + w² / d: one forward step of a tridiagonal solve for many right-hand sides.</summary>
    internal static void EliminateAndAccumulate(Span<double> w, ReadOnlySpan<double> q, double l, double d, Span<double> acc)
    {
        q = q[..w.Length];
        acc = acc[..w.Length];
        var vw = MemoryMarshal.Cast<double, Vector<double>>(w);
        var vq = MemoryMarshal.Cast<double, Vector<double>>(q);
        var va = MemoryMarshal.Cast<double, Vector<double>>(acc);
        var inverse = 1 / d;
        var vl = new Vector<double>(-l);
        var vi = new Vector<double>(inverse);
        for (var i = 0; i < vw.Length; i++)
        {
            var next = Vector.FusedMultiplyAdd(vl, vw[i], vq[i]);
            vw[i] = next;
            va[i] = Vector.FusedMultiplyAdd(next * vi, next, va[i]);
        }

        for (var i = vw.Length * Vector<double>.Count; i < w.Length; i++)
        {
            w[i] = q[i] - (l * w[i]);
            acc[i] += w[i] * inverse * w[i];
        }
    }

    /// <summary>Σ (a_i - b_i)².</summary>
    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> s = default;
        for (var i = 0; i < va.Length; i++)
        {
            var d = va[i] - vb[i];
            s = Vector.FusedMultiplyAdd(d, d, s);
        }

        var sum = Vector.Sum(s);
        for (var i = va.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    /// <summary>All inner products of the rows of a matrix, G = A Aᵀ, both triangles.</summary>
    /// <param name="rows">A, row after row, each of <paramref name="width"/> values.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Length of a row.</param>
    internal static double[] Gram(double[] rows, int count, int width)
    {
        var gram = new double[(long)count * count];
        Span<double> sums = stackalloc double[4];
        for (var i = 0; i < count; i++)
        {
            var a = rows.AsSpan(i * width, width);
            var j = 0;
            for (; j + 3 <= i; j += 4)
            {
                Dot4(a, rows.AsSpan(j * width, 4 * width), sums);
                for (var k = 0; k < 4; k++)
                {
                    gram[(i * count) + j + k] = gram[((j + k) * count) + i] = sums[k];
                }
            }

            for (; j <= i; j++)
            {
                gram[(i * count) + j] = gram[(j * count) + i] = Dot(a, rows.AsSpan(j * width, width));
            }
        }

        return gram;
    }

    private static void Dot4(ReadOnlySpan<double> a, ReadOnlySpan<double> four, Span<double> sums)
    {
        var width = a.Length;
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var b0 = MemoryMarshal.Cast<double, Vector<double>>(four[..width])[..va.Length];
        var b1 = MemoryMarshal.Cast<double, Vector<double>>(four.Slice(width, width))[..va.Length];
        var b2 = MemoryMarshal.Cast<double, Vector<double>>(four.Slice(2 * width, width))[..va.Length];
        var b3 = MemoryMarshal.Cast<double, Vector<double>>(four.Slice(3 * width, width))[..va.Length];
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var i = 0; i < va.Length; i++)
        {
            var x = va[i];
            s0 = Vector.FusedMultiplyAdd(x, b0[i], s0);
            s1 = Vector.FusedMultiplyAdd(x, b1[i], s1);
            s2 = Vector.FusedMultiplyAdd(x, b2[i], s2);
            s3 = Vector.FusedMultiplyAdd(x, b3[i], s3);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        for (var i = va.Length * Vector<double>.Count; i < width; i++)
        {
            sums[0] += a[i] * four[i];
            sums[1] += a[i] * four[width + i];
            sums[2] += a[i] * four[(2 * width) + i];
            sums[3] += a[i] * four[(3 * width) + i];
        }
    }
}
