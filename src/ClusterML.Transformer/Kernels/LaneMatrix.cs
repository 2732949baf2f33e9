using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Small matrices times tokens in lanes, and the gradients of the matrices.</summary>
internal static unsafe class LaneMatrix
{
    private const int Panel = 8;

    /// <summary>Floats that <see cref="Pack"/> writes.</summary>
    public static int PackedSize(int outputs, int inputs) => (outputs + Panel - 1) / Panel * Panel * inputs;

    /// <summary>
    /// Puts a matrix, element (o, i) at <c>o * outputStride + i * inputStride</c>, in the order in which <see cref="Multiply"/>
    /// reads it: eight outputs side by side, filled up with 0.
    /// </summary>
    public static void Pack(float* matrix, int outputStride, int inputStride, int outputs, int inputs, float* packed)
    {
        for (var first = 0; first < outputs; first += Panel)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var o = first; o < first + Panel; o++)
                {
                    *packed++ = o < outputs ? matrix[(o * outputStride) + (i * inputStride)] : 0;
                }
            }
        }
    }

    /// <summary>y_t = W x_t + b for every token t; without a bias <paramref name="bias"/> is null.</summary>
    public static void Multiply(float* packed, float* bias, int outputs, int inputs, V* x, V* y, int tokens)
    {
        var start = stackalloc float[Panel];
        for (var first = 0; first < outputs; first += Panel, packed += Panel * inputs)
        {
            var count = Math.Min(Panel, outputs - first);
            for (var o = 0; o < Panel; o++)
            {
                start[o] = bias != null && o < count ? bias[first + o] : 0;
            }

            var t = 0;
            for (; t + 1 < tokens; t += 2)
            {
                Two(packed, start, inputs, x + (t * inputs), y + (t * outputs) + first, outputs, count);
            }

            if (t < tokens)
            {
                One(packed, start, inputs, x + (t * inputs), y + (t * outputs) + first, count);
            }
        }
    }

    /// <summary>Adds Σ_t dy_t x_tᵀ to a gradient kept in lanes, element (o, i) in vector o * inputs + i, and Σ_t dy_t to the bias's.</summary>
    public static void AddGradient(V* dy, int outputs, V* x, int inputs, int tokens, V* gradient, V* biasGradient)
    {
        var o = 0;
        for (; o + 4 <= outputs; o += 4)
        {
            var i = 0;
            for (; i + 4 <= inputs; i += 4)
            {
                FourByFour(dy + o, outputs, x + i, inputs, tokens, gradient + (o * inputs) + i);
            }

            for (; i < inputs; i++)
            {
                for (var k = o; k < o + 4; k++)
                {
                    Single(dy + k, outputs, x + i, inputs, tokens, gradient + (k * inputs) + i);
                }
            }
        }

        for (; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                Single(dy + o, outputs, x + i, inputs, tokens, gradient + (o * inputs) + i);
            }
        }

        for (var t = 0; t < tokens; t++)
        {
            for (o = 0; o < outputs; o++)
            {
                biasGradient[o] += dy[(t * outputs) + o];
            }
        }
    }

    private static void Two(float* w, float* start, int inputs, V* x, V* y, int stride, int count)
    {
        var a0 = Vector512.Create(start[0]);
        var a1 = Vector512.Create(start[1]);
        var a2 = Vector512.Create(start[2]);
        var a3 = Vector512.Create(start[3]);
        var a4 = Vector512.Create(start[4]);
        var a5 = Vector512.Create(start[5]);
        var a6 = Vector512.Create(start[6]);
        var a7 = Vector512.Create(start[7]);
        var (b0, b1, b2, b3) = (a0, a1, a2, a3);
        var (b4, b5, b6, b7) = (a4, a5, a6, a7);
        for (var i = 0; i < inputs; i++, w += Panel)
        {
            var p = x[i];
            var q = x[inputs + i];
            var v = Vector512.Create(w[0]);
            a0 = Vector512.FusedMultiplyAdd(v, p, a0);
            b0 = Vector512.FusedMultiplyAdd(v, q, b0);
            v = Vector512.Create(w[1]);
            a1 = Vector512.FusedMultiplyAdd(v, p, a1);
            b1 = Vector512.FusedMultiplyAdd(v, q, b1);
            v = Vector512.Create(w[2]);
            a2 = Vector512.FusedMultiplyAdd(v, p, a2);
            b2 = Vector512.FusedMultiplyAdd(v, q, b2);
            v = Vector512.Create(w[3]);
            a3 = Vector512.FusedMultiplyAdd(v, p, a3);
            b3 = Vector512.FusedMultiplyAdd(v, q, b3);
            v = Vector512.Create(w[4]);
            a4 = Vector512.FusedMultiplyAdd(v, p, a4);
            b4 = Vector512.FusedMultiplyAdd(v, q, b4);
            v = Vector512.Create(w[5]);
            a5 = Vector512.FusedMultiplyAdd(v, p, a5);
            b5 = Vector512.FusedMultiplyAdd(v, q, b5);
            v = Vector512.Create(w[6]);
            a6 = Vector512.FusedMultiplyAdd(v, p, a6);
            b6 = Vector512.FusedMultiplyAdd(v, q, b6);
            v = Vector512.Create(w[7]);
            a7 = Vector512.FusedMultiplyAdd(v, p, a7);
            b7 = Vector512.FusedMultiplyAdd(v, q, b7);
        }

        Write(y, count, a0, a1, a2, a3, a4, a5, a6, a7);
        Write(y + stride, count, b0, b1, b2, b3, b4, b5, b6, b7);
    }

    private static void One(float* w, float* start, int inputs, V* x, V* y, int count)
    {
        var a0 = Vector512.Create(start[0]);
        var a1 = Vector512.Create(start[1]);
        var a2 = Vector512.Create(start[2]);
        var a3 = Vector512.Create(start[3]);
        var a4 = Vector512.Create(start[4]);
        var a5 = Vector512.Create(start[5]);
        var a6 = Vector512.Create(start[6]);
        var a7 = Vector512.Create(start[7]);
        for (var i = 0; i < inputs; i++, w += Panel)
        {
            var p = x[i];
            a0 = Vector512.FusedMultiplyAdd(Vector512.Create(w[0]), p, a0);
            a1 = Vector512.FusedMultiplyAdd(Vector512.Create(w[1]), p, a1);
            a2 = Vector512.FusedMultiplyAdd(Vector512.Create(w[2]), p, a2);
            a3 = Vector512.FusedMultiplyAdd(Vector512.Create(w[3]), p, a3);
            a4 = Vector512.FusedMultiplyAdd(Vector512.Create(w[4]), p, a4);
            a5 = Vector512.FusedMultiplyAdd(Vector512.Create(w[5]), p, a5);
            a6 = Vector512.FusedMultiplyAdd(Vector512.Create(w[6]), p, a6);
            a7 = Vector512.FusedMultiplyAdd(Vector512.Create(w[7]), p, a7);
        }

        Write(y, count, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(V* y, int count, V a0, V a1, V a2, V a3, V a4, V a5, V a6, V a7)
    {
        if (count == Panel)
        {
            y[0] = a0;
            y[1] = a1;
            y[2] = a2;
            y[3] = a3;
            y[4] = a4;
            y[5] = a5;
            y[6] = a6;
            y[7] = a7;
            return;
        }

        var all = stackalloc V[] { a0, a1, a2, a3, a4, a5, a6, a7 };
        for (var o = 0; o < count; o++)
        {
            y[o] = all[o];
        }
    }

    private static void FourByFour(V* dy, int outputs, V* x, int inputs, int tokens, V* gradient)
    {
        V c00 = default, c01 = default, c02 = default, c03 = default;
        V c10 = default, c11 = default, c12 = default, c13 = default;
        V c20 = default, c21 = default, c22 = default, c23 = default;
        V c30 = default, c31 = default, c32 = default, c33 = default;
        for (var t = 0; t < tokens; t++, dy += outputs, x += inputs)
        {
            var x0 = x[0];
            var x1 = x[1];
            var x2 = x[2];
            var x3 = x[3];
            var d = dy[0];
            c00 = Vector512.FusedMultiplyAdd(d, x0, c00);
            c01 = Vector512.FusedMultiplyAdd(d, x1, c01);
            c02 = Vector512.FusedMultiplyAdd(d, x2, c02);
            c03 = Vector512.FusedMultiplyAdd(d, x3, c03);
            d = dy[1];
            c10 = Vector512.FusedMultiplyAdd(d, x0, c10);
            c11 = Vector512.FusedMultiplyAdd(d, x1, c11);
            c12 = Vector512.FusedMultiplyAdd(d, x2, c12);
            c13 = Vector512.FusedMultiplyAdd(d, x3, c13);
            d = dy[2];
            c20 = Vector512.FusedMultiplyAdd(d, x0, c20);
            c21 = Vector512.FusedMultiplyAdd(d, x1, c21);
            c22 = Vector512.FusedMultiplyAdd(d, x2, c22);
            c23 = Vector512.FusedMultiplyAdd(d, x3, c23);
            d = dy[3];
            c30 = Vector512.FusedMultiplyAdd(d, x0, c30);
            c31 = Vector512.FusedMultiplyAdd(d, x1, c31);
            c32 = Vector512.FusedMultiplyAdd(d, x2, c32);
            c33 = Vector512.FusedMultiplyAdd(d, x3, c33);
        }

        AddRow(gradient, c00, c01, c02, c03);
        AddRow(gradient + inputs, c10, c11, c12, c13);
        AddRow(gradient + (2 * inputs), c20, c21, c22, c23);
        AddRow(gradient + (3 * inputs), c30, c31, c32, c33);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(V* row, V c0, V c1, V c2, V c3)
    {
        row[0] += c0;
        row[1] += c1;
        row[2] += c2;
        row[3] += c3;
    }

    private static void Single(V* dy, int outputs, V* x, int inputs, int tokens, V* gradient)
    {
        var sum = *gradient;
        for (var t = 0; t < tokens; t++)
        {
            sum = Vector512.FusedMultiplyAdd(dy[t * outputs], x[t * inputs], sum);
        }

        *gradient = sum;
    }
}
