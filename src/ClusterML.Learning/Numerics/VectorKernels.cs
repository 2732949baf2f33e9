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
                var four = b.Slice(k * n, 4 * n);
                AddScaled(row, (a[(k * m) + i], a[((k + 1) * m) + i], a[((k + 2) * m) + i], a[((k + 3) * m) + i]), four, four[n..], four[(2 * n)..], four[(3 * n)..]);
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

    /// <summary>y ← y + Σ c_k x_k for four rows x, one row after the other: the same bits as four calls of <see cref="AddScaled(Span{double}, double, ReadOnlySpan{double})"/>.</summary>
    internal static void AddScaled(
        Span<double> y,
        (double First, double Second, double Third, double Fourth) c,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> third,
        ReadOnlySpan<double> fourth)
    {
        var n = y.Length;
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
        var x0 = MemoryMarshal.Cast<double, Vector<double>>(first[..n])[..vy.Length];
        var x1 = MemoryMarshal.Cast<double, Vector<double>>(second[..n])[..vy.Length];
        var x2 = MemoryMarshal.Cast<double, Vector<double>>(third[..n])[..vy.Length];
        var x3 = MemoryMarshal.Cast<double, Vector<double>>(fourth[..n])[..vy.Length];
        Vector<double> c0 = new(c.First), c1 = new(c.Second), c2 = new(c.Third), c3 = new(c.Fourth);
        for (var i = 0; i < vy.Length; i++)
        {
            var sum = Vector.FusedMultiplyAdd(c1, x1[i], Vector.FusedMultiplyAdd(c0, x0[i], vy[i]));
            vy[i] = Vector.FusedMultiplyAdd(c3, x3[i], Vector.FusedMultiplyAdd(c2, x2[i], sum));
        }

        for (var i = vy.Length * Vector<double>.Count; i < n; i++)
        {
            y[i] = y[i] + (c.First * first[i]) + (c.Second * second[i]) + (c.Third * third[i]) + (c.Fourth * fourth[i]);
        }
    }

    /// <summary>Inner products of two vectors with two others, each with the same bits as <see cref="Dot"/>.</summary>
    internal static (double AC, double AD, double BC, double BD) DotTwoByTwo(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        var n = a.Length;
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b[..n])[..va.Length];
        var vc = MemoryMarshal.Cast<double, Vector<double>>(c[..n])[..va.Length];
        var vd = MemoryMarshal.Cast<double, Vector<double>>(d[..n])[..va.Length];
        Vector<double> ac0 = default, ac1 = default, ad0 = default, ad1 = default, bc0 = default, bc1 = default, bd0 = default, bd1 = default;
        var i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            var (xa, xb, xc, xd) = (va[i], vb[i], vc[i], vd[i]);
            ac0 = Vector.FusedMultiplyAdd(xa, xc, ac0);
            ad0 = Vector.FusedMultiplyAdd(xa, xd, ad0);
            bc0 = Vector.FusedMultiplyAdd(xb, xc, bc0);
            bd0 = Vector.FusedMultiplyAdd(xb, xd, bd0);
            (xa, xb, xc, xd) = (va[i + 1], vb[i + 1], vc[i + 1], vd[i + 1]);
            ac1 = Vector.FusedMultiplyAdd(xa, xc, ac1);
            ad1 = Vector.FusedMultiplyAdd(xa, xd, ad1);
            bc1 = Vector.FusedMultiplyAdd(xb, xc, bc1);
            bd1 = Vector.FusedMultiplyAdd(xb, xd, bd1);
        }

        for (; i < va.Length; i++)
        {
            ac0 = Vector.FusedMultiplyAdd(va[i], vc[i], ac0);
            ad0 = Vector.FusedMultiplyAdd(va[i], vd[i], ad0);
            bc0 = Vector.FusedMultiplyAdd(vb[i], vc[i], bc0);
            bd0 = Vector.FusedMultiplyAdd(vb[i], vd[i], bd0);
        }

        var (ac, ad, bc, bd) = (Vector.Sum(ac0 + ac1), Vector.Sum(ad0 + ad1), Vector.Sum(bc0 + bc1), Vector.Sum(bd0 + bd1));
        for (i = va.Length * Vector<double>.Count; i < n; i++)
        {
            ac += a[i] * c[i];
            ad += a[i] * d[i];
            bc += b[i] * c[i];
            bd += b[i] * d[i];
        }

        return (ac, ad, bc, bd);
    }

    /// <summary>
    /// Two rows of a symmetric matrix at once: row ← row + c w + d z, then y ← y + e row; row·v is returned. So the update of one
    /// Householder step and the product of the next go over the matrix together.
    /// </summary>
    internal static (double First, double Second) UpdateDotAndAddScaled(
        Span<double> first,
        Span<double> second,
        (double C, double D, double E) ofFirst,
        (double C, double D, double E) ofSecond,
        ReadOnlySpan<double> w,
        ReadOnlySpan<double> z,
        ReadOnlySpan<double> v,
        Span<double> y)
    {
        var n = first.Length;
        var r0 = MemoryMarshal.Cast<double, Vector<double>>(first);
        var r1 = MemoryMarshal.Cast<double, Vector<double>>(second[..n])[..r0.Length];
        var vw = MemoryMarshal.Cast<double, Vector<double>>(w[..n])[..r0.Length];
        var vz = MemoryMarshal.Cast<double, Vector<double>>(z[..n])[..r0.Length];
        var vv = MemoryMarshal.Cast<double, Vector<double>>(v[..n])[..r0.Length];
        var vy = MemoryMarshal.Cast<double, Vector<double>>(y[..n])[..r0.Length];
        Vector<double> c0 = new(ofFirst.C), d0 = new(ofFirst.D), e0 = new(ofFirst.E), c1 = new(ofSecond.C), d1 = new(ofSecond.D), e1 = new(ofSecond.E);
        Vector<double> s0 = default, s1 = default;
        for (var i = 0; i < r0.Length; i++)
        {
            var x0 = Vector.FusedMultiplyAdd(d0, vz[i], Vector.FusedMultiplyAdd(c0, vw[i], r0[i]));
            var x1 = Vector.FusedMultiplyAdd(d1, vz[i], Vector.FusedMultiplyAdd(c1, vw[i], r1[i]));
            r0[i] = x0;
            r1[i] = x1;
            s0 = Vector.FusedMultiplyAdd(x0, vv[i], s0);
            s1 = Vector.FusedMultiplyAdd(x1, vv[i], s1);
            vy[i] = Vector.FusedMultiplyAdd(e1, x1, Vector.FusedMultiplyAdd(e0, x0, vy[i]));
        }

        var (sum0, sum1) = (Vector.Sum(s0), Vector.Sum(s1));
        for (var i = r0.Length * Vector<double>.Count; i < n; i++)
        {
            first[i] += (ofFirst.C * w[i]) + (ofFirst.D * z[i]);
            second[i] += (ofSecond.C * w[i]) + (ofSecond.D * z[i]);
            sum0 += first[i] * v[i];
            sum1 += second[i] * v[i];
            y[i] += (ofFirst.E * first[i]) + (ofSecond.E * second[i]);
        }

        return (sum0, sum1);
    }

    /// <summary>row ← row - f (row·v) v for four rows that lie <paramref name="stride"/> apart: one Householder reflection.</summary>
    internal static void ReflectFour(Span<double> rows, int stride, ReadOnlySpan<double> v, double f)
    {
        var n = v.Length;
        var first = rows[..n];
        var second = rows.Slice(stride, n);
        var third = rows.Slice(2 * stride, n);
        var fourth = rows.Slice(3 * stride, n);
        var vv = MemoryMarshal.Cast<double, Vector<double>>(v);
        var r0 = MemoryMarshal.Cast<double, Vector<double>>(first)[..vv.Length];
        var r1 = MemoryMarshal.Cast<double, Vector<double>>(second)[..vv.Length];
        var r2 = MemoryMarshal.Cast<double, Vector<double>>(third)[..vv.Length];
        var r3 = MemoryMarshal.Cast<double, Vector<double>>(fourth)[..vv.Length];
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var i = 0; i < vv.Length; i++)
        {
            var x = vv[i];
            s0 = Vector.FusedMultiplyAdd(x, r0[i], s0);
            s1 = Vector.FusedMultiplyAdd(x, r1[i], s1);
            s2 = Vector.FusedMultiplyAdd(x, r2[i], s2);
            s3 = Vector.FusedMultiplyAdd(x, r3[i], s3);
        }

        var (t0, t1, t2, t3) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        var tail = vv.Length * Vector<double>.Count;
        for (var i = tail; i < n; i++)
        {
            t0 += v[i] * first[i];
            t1 += v[i] * second[i];
            t2 += v[i] * third[i];
            t3 += v[i] * fourth[i];
        }

        (t0, t1, t2, t3) = (-f * t0, -f * t1, -f * t2, -f * t3);
        Vector<double> c0 = new(t0), c1 = new(t1), c2 = new(t2), c3 = new(t3);
        for (var i = 0; i < vv.Length; i++)
        {
            var x = vv[i];
            r0[i] = Vector.FusedMultiplyAdd(c0, x, r0[i]);
            r1[i] = Vector.FusedMultiplyAdd(c1, x, r1[i]);
            r2[i] = Vector.FusedMultiplyAdd(c2, x, r2[i]);
            r3[i] = Vector.FusedMultiplyAdd(c3, x, r3[i]);
        }

        for (var i = tail; i < n; i++)
        {
            first[i] += t0 * v[i];
            second[i] += t1 * v[i];
            third[i] += t2 * v[i];
            fourth[i] += t3 * v[i];
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
