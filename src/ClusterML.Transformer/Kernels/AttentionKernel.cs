using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Scaled dot-product attention of one head over the tokens of sixteen rows in lanes, without a matrix of weights.</summary>
/// <remarks>
/// Forward goes through the keys once for each query and keeps the logarithm of the softmax's denominator; backward computes the
/// weights again from it (as Dao et al. 2022, doi:10.48550/arXiv.2205.14135, section 3.1, do for tiles). The logarithms are to base 2: queries are scaled by
/// log2(e) / sqrt(width). Keys and values of the head are first copied together, key before value, token after token.
/// Any width of head is served; width 2, the paper's, has loops of its own, since it keeps everything in registers.
/// </remarks>
internal static unsafe class AttentionKernel
{
    /// <summary>Logits up to here need no shift: the sum of their powers of 2 is far from the largest single.</summary>
    private const float SafeLogit = 60;

    /// <summary>Vectors of scratch memory for <see cref="Forward"/> and <see cref="Backward"/>.</summary>
    public static int Scratch(int tokens, int width) => (tokens * ((4 * width) + 2)) + (2 * width);

    /// <summary>Attends with one head.</summary>
    /// <param name="qkv">Queries, keys and values [tokens, 3, d].</param>
    /// <param name="shape">Tokens, d and width of the heads.</param>
    /// <param name="head">The head.</param>
    /// <param name="scratch">Memory of <see cref="Scratch"/> vectors.</param>
    /// <param name="mixed">Output [tokens, d]; the head's columns are written.</param>
    /// <param name="logSums">Negated logarithms of the denominators [tokens, heads]; the head's column is written.</param>
    public static void Forward(V* qkv, AttentionShape shape, int head, V* scratch, V* mixed, V* logSums)
    {
        var (tokens, width) = (shape.Tokens, shape.Width);
        var kv = scratch;
        var weights = kv + (tokens * 2 * width);
        var query = weights + (2 * tokens);
        var largest = query + width;
        Gather(qkv, shape, head, kv, largest);
        for (var t = 0; t < tokens; t++)
        {
            var bound = V.Zero;
            for (var c = 0; c < width; c++)
            {
                query[c] = qkv[(t * 3 * shape.TokenWidth) + (head * width) + c] * Vector512.Create(shape.LogitScale);
                bound = Vector512.FusedMultiplyAdd(Vector512.Abs(query[c]), largest[c], bound);
            }

            var shift = Vector512.GreaterThanAny(bound, Vector512.Create(SafeLogit)) ? -Largest(query, kv, width, tokens) : V.Zero;
            var output = mixed + (t * shape.TokenWidth) + (head * width);
            var sum = width == 2
                ? ForwardTwo(query[0], query[1], shift, kv, tokens, output)
                : ForwardAny(query, shift, kv, width, tokens, weights, output);
            logSums[(t * shape.Heads) + head] = shift - Vector512.Log2(sum);
        }
    }

    /// <summary>Turns the queries, keys and values of one head into their gradients, in place.</summary>
    /// <param name="qkv">Queries, keys and values [tokens, 3, d] before, gradients after, in the head's columns.</param>
    /// <param name="shape">Tokens, d and width of the heads.</param>
    /// <param name="head">The head.</param>
    /// <param name="scratch">Memory of <see cref="Scratch"/> vectors.</param>
    /// <param name="mixed">Output of <see cref="Forward"/>.</param>
    /// <param name="logSums">Output of <see cref="Forward"/>.</param>
    /// <param name="gradient">Gradient of the output [tokens, d].</param>
    public static void Backward(V* qkv, AttentionShape shape, int head, V* scratch, V* mixed, V* logSums, V* gradient)
    {
        var (tokens, width, d) = (shape.Tokens, shape.Width, shape.TokenWidth);
        var kv = scratch;
        var dkv = kv + (tokens * 2 * width);
        var weights = dkv + (tokens * 2 * width);
        var query = weights + (2 * tokens);
        Gather(qkv, shape, head, kv, query + width);
        new Span<V>(dkv, tokens * 2 * width).Clear();
        for (var t = 0; t < tokens; t++)
        {
            var q = qkv + (t * 3 * d) + (head * width);
            var g = gradient + (t * d) + (head * width);
            var output = mixed + (t * d) + (head * width);
            var overlap = V.Zero;
            for (var c = 0; c < width; c++)
            {
                query[c] = q[c] * Vector512.Create(shape.LogitScale);
                overlap = Vector512.FusedMultiplyAdd(g[c], output[c], overlap);
            }

            var logSum = logSums[(t * shape.Heads) + head];
            if (width == 2)
            {
                BackwardTwo(query[0], query[1], g[0], g[1], logSum, -overlap, kv, dkv, tokens, q);
            }
            else
            {
                BackwardAny(query, g, logSum, -overlap, kv, dkv, width, tokens, weights, q);
            }

            for (var c = 0; c < width; c++)
            {
                q[c] *= Vector512.Create(shape.Scale);
            }
        }

        for (var t = 0; t < tokens; t++)
        {
            var key = qkv + (t * 3 * d) + d + (head * width);
            for (var c = 0; c < width; c++)
            {
                key[c] = dkv[(t * 2 * width) + c] * Vector512.Create(LaneMath.Ln2);
                key[d + c] = dkv[(t * 2 * width) + width + c];
            }
        }
    }

    private static void Gather(V* qkv, AttentionShape shape, int head, V* kv, V* largest)
    {
        var (width, d) = (shape.Width, shape.TokenWidth);
        new Span<V>(largest, width).Clear();
        for (var t = 0; t < shape.Tokens; t++)
        {
            var key = qkv + (t * 3 * d) + d + (head * width);
            for (var c = 0; c < width; c++)
            {
                kv[c] = key[c];
                kv[width + c] = key[d + c];
                largest[c] = Vector512.Max(largest[c], Vector512.Abs(key[c]));
            }

            kv += 2 * width;
        }
    }

    private static V Largest(V* query, V* kv, int width, int tokens)
    {
        var largest = Vector512.Create(float.NegativeInfinity);
        for (var t = 0; t < tokens; t++, kv += 2 * width)
        {
            var logit = V.Zero;
            for (var c = 0; c < width; c++)
            {
                logit = Vector512.FusedMultiplyAdd(query[c], kv[c], logit);
            }

            largest = Vector512.Max(largest, logit);
        }

        return largest;
    }

    private static V ForwardTwo(V q0, V q1, V shift, V* kv, int tokens, V* output)
    {
        V sum = default, o0 = default, o1 = default;
        for (var t = 0; t < tokens; t++, kv += 4)
        {
            var e = LaneMath.Exp2(Vector512.FusedMultiplyAdd(q1, kv[1], Vector512.FusedMultiplyAdd(q0, kv[0], shift)));
            sum += e;
            o0 = Vector512.FusedMultiplyAdd(e, kv[2], o0);
            o1 = Vector512.FusedMultiplyAdd(e, kv[3], o1);
        }

        var inverse = V.One / sum;
        output[0] = o0 * inverse;
        output[1] = o1 * inverse;
        return sum;
    }

    private static void BackwardTwo(V q0, V q1, V g0, V g1, V logSum, V overlap, V* kv, V* dkv, int tokens, V* dq)
    {
        V d0 = default, d1 = default;
        for (var t = 0; t < tokens; t++, kv += 4, dkv += 4)
        {
            var (k0, k1) = (kv[0], kv[1]);
            var p = LaneMath.Exp2(Vector512.FusedMultiplyAdd(q1, k1, Vector512.FusedMultiplyAdd(q0, k0, logSum)));
            var s = p * Vector512.FusedMultiplyAdd(g1, kv[3], Vector512.FusedMultiplyAdd(g0, kv[2], overlap));
            d0 = Vector512.FusedMultiplyAdd(s, k0, d0);
            d1 = Vector512.FusedMultiplyAdd(s, k1, d1);
            dkv[0] = Vector512.FusedMultiplyAdd(s, q0, dkv[0]);
            dkv[1] = Vector512.FusedMultiplyAdd(s, q1, dkv[1]);
            dkv[2] = Vector512.FusedMultiplyAdd(p, g0, dkv[2]);
            dkv[3] = Vector512.FusedMultiplyAdd(p, g1, dkv[3]);
        }

        dq[0] = d0;
        dq[1] = d1;
    }

    private static V ForwardAny(V* query, V shift, V* kv, int width, int tokens, V* weights, V* output)
    {
        var sum = V.Zero;
        for (var t = 0; t < tokens; t++)
        {
            weights[t] = LaneMath.Exp2(Dot(query, kv + (t * 2 * width), width, shift));
            sum += weights[t];
        }

        var inverse = V.One / sum;
        for (var c = 0; c < width; c++)
        {
            output[c] = Mix(weights, kv + width + c, 2 * width, tokens) * inverse;
        }

        return sum;
    }

    private static void BackwardAny(V* query, V* gradient, V logSum, V overlap, V* kv, V* dkv, int width, int tokens, V* weights, V* dq)
    {
        var slopes = weights + tokens;
        for (var t = 0; t < tokens; t++)
        {
            var key = kv + (t * 2 * width);
            weights[t] = LaneMath.Exp2(Dot(query, key, width, logSum));
            slopes[t] = weights[t] * Dot(gradient, key + width, width, overlap);
        }

        for (var c = 0; c < width; c++)
        {
            dq[c] = Mix(slopes, kv + c, 2 * width, tokens);
        }

        for (var t = 0; t < tokens; t++, dkv += 2 * width)
        {
            var (p, s) = (weights[t], slopes[t]);
            for (var c = 0; c < width; c++)
            {
                dkv[c] = Vector512.FusedMultiplyAdd(s, query[c], dkv[c]);
                dkv[width + c] = Vector512.FusedMultiplyAdd(p, gradient[c], dkv[width + c]);
            }
        }
    }

    private static V Dot(V* a, V* b, int width, V start)
    {
        for (var c = 0; c < width; c++)
        {
            start = Vector512.FusedMultiplyAdd(a[c], b[c], start);
        }

        return start;
    }

    /// <summary>Σ_t weight_t value_t; four sums side by side hide the time that one addition waits for the last.</summary>
    private static V Mix(V* weights, V* values, int stride, int tokens)
    {
        V s0 = default, s1 = default, s2 = default, s3 = default;
        var t = 0;
        for (; t + 4 <= tokens; t += 4, values += 4 * stride)
        {
            s0 = Vector512.FusedMultiplyAdd(weights[t], values[0], s0);
            s1 = Vector512.FusedMultiplyAdd(weights[t + 1], values[stride], s1);
            s2 = Vector512.FusedMultiplyAdd(weights[t + 2], values[2 * stride], s2);
            s3 = Vector512.FusedMultiplyAdd(weights[t + 3], values[3 * stride], s3);
        }

        for (; t < tokens; t++, values += stride)
        {
            s0 = Vector512.FusedMultiplyAdd(weights[t], *values, s0);
        }

        return s0 + s1 + (s2 + s3);
    }
}
