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

    /// <summary>Four steps of the above in one pass, which loads and stores w and acc once.</summary>
    /// <param name="w">Right-hand sides so far.</param>
    /// <param name="q">The next four rows, one behind the other.</param>
    /// <param name="l">Their four multipliers.</param>
    /// <param name="d">Their four pivots.</param>
    /// <param name="acc">Sums.</param>
    internal static void EliminateAndAccumulateFour(Span<double> w, ReadOnlySpan<double> q, ReadOnlySpan<double> l, ReadOnlySpan<double> d, Span<double> acc)
    {
        var n = w.Length;
        acc = acc[..n];
        var vw = MemoryMarshal.Cast<double, Vector<double>>(w);
        var q0 = MemoryMarshal.Cast<double, Vector<double>>(q[..n])[..vw.Length];
        var q1 = MemoryMarshal.Cast<double, Vector<double>>(q.Slice(n, n))[..vw.Length];
        var q2 = MemoryMarshal.Cast<double, Vector<double>>(q.Slice(2 * n, n))[..vw.Length];
        var q3 = MemoryMarshal.Cast<double, Vector<double>>(q.Slice(3 * n, n))[..vw.Length];
        var va = MemoryMarshal.Cast<double, Vector<double>>(acc)[..vw.Length];
        Vector<double> l0 = new(-l[0]), l1 = new(-l[1]), l2 = new(-l[2]), l3 = new(-l[3]);
        Vector<double> i0 = new(1 / d[0]), i1 = new(1 / d[1]), i2 = new(1 / d[2]), i3 = new(1 / d[3]);
        for (var i = 0; i < vw.Length; i++)
        {
            var w0 = Vector.FusedMultiplyAdd(l0, vw[i], q0[i]);
            var w1 = Vector.FusedMultiplyAdd(l1, w0, q1[i]);
            var w2 = Vector.FusedMultiplyAdd(l2, w1, q2[i]);
            var w3 = Vector.FusedMultiplyAdd(l3, w2, q3[i]);
            var sum = Vector.FusedMultiplyAdd(w0 * i0, w0, va[i]);
            sum = Vector.FusedMultiplyAdd(w1 * i1, w1, sum);
            sum = Vector.FusedMultiplyAdd(w2 * i2, w2, sum);
            va[i] = Vector.FusedMultiplyAdd(w3 * i3, w3, sum);
            vw[i] = w3;
        }

        for (var i = vw.Length * Vector<double>.Count; i < n; i++)
        {
            for (var k = 0; k < 4; k++)
            {
                w[i] = q[(k * n) + i] - (l[k] * w[i]);
                acc[i] += w[i] / d[k] * w[i];
            }
        }
    }

    /// <summary>C ← A B, with A given column after column (k columns of m values) and B row after row (k rows of n values).</summary>
    internal static double[] ProductOfColumns(ReadOnlySpan<double> a, int m, ReadOnlySpan<double> b, int n)
    {
        var product = new double[m * n];
        var inner = a.Length / m;
        for (var i = 0; i < m; i++)
        {
            var row = product.AsSpan(i * n, n);
            var k = 0;
            for (; k + 3 < inner; k += 4)
            {
                AddFourScaled(row, (a[(k * m) + i], a[((k + 1) * m) + i], a[((k + 2) * m) + i], a[((k + 3) * m) + i]), b.Slice(k * n, 4 * n));
            }

            for (; k < inner; k++)
            {
                AddScaled(row, a[(k * m) + i], b.Slice(k * n, n));
            }
        }

        return product;
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

    private static void AddFourScaled(Span<double> y, (double First, double Second, double Third, double Fourth) c, ReadOnlySpan<double> rows)
    {
        var n = y.Length;
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var x0 = MemoryMarshal.Cast<double, Vector<double>>(rows[..n])[..vy.Length];
        var x1 = MemoryMarshal.Cast<double, Vector<double>>(rows.Slice(n, n))[..vy.Length];
        var x2 = MemoryMarshal.Cast<double, Vector<double>>(rows.Slice(2 * n, n))[..vy.Length];
        var x3 = MemoryMarshal.Cast<double, Vector<double>>(rows.Slice(3 * n, n))[..vy.Length];
        Vector<double> c0 = new(c.First), c1 = new(c.Second), c2 = new(c.Third), c3 = new(c.Fourth);
        for (var i = 0; i < vy.Length; i++)
        {
            var first = Vector.FusedMultiplyAdd(c1, x1[i], Vector.FusedMultiplyAdd(c0, x0[i], vy[i]));
            vy[i] = Vector.FusedMultiplyAdd(c3, x3[i], Vector.FusedMultiplyAdd(c2, x2[i], first));
        }

        for (var i = vy.Length * Vector<double>.Count; i < n; i++)
        {
            y[i] += (c.First * rows[i]) + (c.Second * rows[n + i]) + (c.Third * rows[(2 * n) + i]) + (c.Fourth * rows[(3 * n) + i]);
        }
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
