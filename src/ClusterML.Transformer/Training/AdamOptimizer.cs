using System.Numerics;
using System.Runtime.InteropServices;

namespace ClusterML.Transformer.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with an L2 penalty on some of the weights, or AdamW (Loshchilov and Hutter 2019), which shrinks them
/// apart from the gradient; one pass over memory for each step.
/// </summary>
/// <remarks>
/// TorchSharp's Adam runs a dozen kernels for each weight and hides its moments; here they are plain arrays, which a checkpoint
/// copies as they are. Every value is computed on its own in single precision, so vector width does not change the result.
/// </remarks>
internal sealed class AdamOptimizer(double learningRate, double weightDecay, bool decoupled = false)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>The learning rate of the next update.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>Begins a step: all weights of it share one bias correction.</summary>
    public void Advance() => Steps++;

    /// <summary>Updates one weight and its moments in place.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="first">Running mean of the gradient.</param>
    /// <param name="second">Running mean of its square.</param>
    /// <param name="decayed">Whether the penalty applies.</param>
    /// <param name="scale">The gradient is multiplied by it.</param>
    public void Update(Span<float> weight, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, bool decayed, float scale = 1)
    {
        var decay = decayed && !decoupled ? (float)weightDecay : 0f;
        var kept = decayed && decoupled ? (float)(1 - (LearningRate * weightDecay)) : 1f;
        var step = (float)(LearningRate / (1 - Math.Pow(Beta1, Steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps)));
        var lanes = Vector<float>.Count;
        var vectors = weight.Length / lanes;
        var w = MemoryMarshal.Cast<float, Vector<float>>(weight);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector<float>>(first);
        var v = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < vectors; i++)
        {
            var slope = (g[i] * scale) + (w[i] * decay);
            m[i] = (m[i] * (float)Beta1) + (slope * (float)(1 - Beta1));
            v[i] = (v[i] * (float)Beta2) + (slope * slope * (float)(1 - Beta2));
            w[i] = (w[i] * kept) - (m[i] * step / ((Vector.SquareRoot(v[i]) * correction) + new Vector<float>((float)Epsilon)));
        }

        for (var i = vectors * lanes; i < weight.Length; i++)
        {
            var slope = (gradient[i] * scale) + (weight[i] * decay);
            first[i] = (first[i] * (float)Beta1) + (slope * (float)(1 - Beta1));
            second[i] = (second[i] * (float)Beta2) + (slope * slope * (float)(1 - Beta2));
            weight[i] = (weight[i] * kept) - (first[i] * step / ((MathF.Sqrt(second[i]) * correction) + (float)Epsilon));
        }
    }
}
