using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>Layer normalisation (Ba, Kiros and Hinton 2016) of tokens in lanes: (x - mean) / sqrt(variance + 1e-5) times weight plus bias.</summary>
internal static unsafe class LaneNorm
{
    private const float Epsilon = 1e-5f;

    /// <summary>Normalised tokens, without weight and bias, and 1 / sqrt(variance + epsilon) of each.</summary>
    public static void Normalise(V* x, int width, int tokens, V* normalised, V* inverse)
    {
        var share = Vector512.Create(1f / width);
        for (var t = 0; t < tokens; t++, x += width, normalised += width)
        {
            var mean = V.Zero;
            for (var c = 0; c < width; c++)
            {
                mean += x[c];
            }

            mean *= share;
            var variance = V.Zero;
            for (var c = 0; c < width; c++)
            {
                var d = x[c] - mean;
                variance = Vector512.FusedMultiplyAdd(d, d, variance);
            }

            var scale = V.One / Vector512.Sqrt(Vector512.FusedMultiplyAdd(variance, share, Vector512.Create(Epsilon)));
            inverse[t] = scale;
            for (var c = 0; c < width; c++)
            {
                normalised[c] = (x[c] - mean) * scale;
            }
        }
    }

    /// <summary>y = normalised times weight plus bias.</summary>
    public static void Scale(V* normalised, float* weight, float* bias, int width, int tokens, V* y)
    {
        for (var t = 0; t < tokens; t++, normalised += width, y += width)
        {
            for (var c = 0; c < width; c++)
            {
                y[c] = Vector512.FusedMultiplyAdd(normalised[c], Vector512.Create(weight[c]), Vector512.Create(bias[c]));
            }
        }
    }

    /// <summary>Adds the gradient of x to <paramref name="dx"/>, and those of weight and bias, in lanes, to theirs.</summary>
    /// <param name="dy">Gradient of y; overwritten.</param>
    /// <param name="normalised">What <see cref="Normalise"/> wrote.</param>
    /// <param name="inverse">What <see cref="Normalise"/> wrote.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="width">Width of a token.</param>
    /// <param name="tokens">Tokens.</param>
    /// <param name="dx">Gradient of x, added to.</param>
    /// <param name="weightGradient">Gradient of the weight in lanes.</param>
    /// <param name="biasGradient">Gradient of the bias in lanes.</param>
    public static void Backward(V* dy, V* normalised, V* inverse, float* weight, int width, int tokens, V* dx, V* weightGradient, V* biasGradient)
    {
        var share = Vector512.Create(1f / width);
        for (var t = 0; t < tokens; t++, dy += width, normalised += width, dx += width)
        {
            var (sum, product) = (V.Zero, V.Zero);
            for (var c = 0; c < width; c++)
            {
                var (g, n) = (dy[c], normalised[c]);
                weightGradient[c] = Vector512.FusedMultiplyAdd(g, n, weightGradient[c]);
                biasGradient[c] += g;
                g *= Vector512.Create(weight[c]);
                dy[c] = g;
                sum += g;
                product = Vector512.FusedMultiplyAdd(g, n, product);
            }

            sum *= share;
            product *= share;
            var scale = inverse[t];
            for (var c = 0; c < width; c++)
            {
                var rest = Vector512.FusedMultiplyAdd(-normalised[c], product, dy[c] - sum);
                dx[c] = Vector512.FusedMultiplyAdd(scale, rest, dx[c]);
            }
        }
    }
}
