using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>x + dropout(out(dropout(swish(in(norm(x)))))), where swish(h) = h / (1 + e^-h).</summary>
internal sealed unsafe class FeedForwardLayer : LaneLayer
{
    /// <summary>Most tokens whose hidden values are kept at a time: with 128 hidden values, 200 kB.</summary>
    private const int TileTokens = 24;

    private readonly int values;
    private readonly int hidden;
    private readonly int width;
    private readonly int tile;

    /// <summary>A layer over rows of <paramref name="tokens"/> tokens.</summary>
    public FeedForwardLayer(LaneWeights weights, int tokens, LaneDropout dropout)
        : base(weights, tokens, dropout)
    {
        (width, hidden, values) = (weights.Width, weights.Hidden, tokens * weights.Width);
        var tiles = (tokens + TileTokens - 1) / TileTokens;
        tile = (tokens + tiles - 1) / tiles;
    }

    /// <inheritdoc/>
    protected override int SavedVectors => 0;

    /// <inheritdoc/>
    protected override int ScratchVectors => (3 * values) + Tokens + (3 * tile * hidden);

    /// <inheritdoc/>
    protected override void ForwardGroup(LanePointers pointers, int group, V* x, V* y, V* saved, V* scratch)
    {
        var normalised = scratch;
        var scaled = scratch + values;
        var inverse = scratch + (3 * values);
        var inner = inverse + Tokens;
        var kept = LaneDropout.Kept(Dropout.HiddenRate);
        var bits = LaneDropout.Group(Dropout.Hidden, group, Tokens * hidden);
        var input = Normalised(pointers, x, normalised, inverse, scaled);
        for (var start = 0; start < Tokens; start += tile)
        {
            var count = Math.Min(tile, Tokens - start);
            LaneMatrix.Multiply(pointers.In, pointers.InBias, hidden, width, input + (start * width), inner, count);
            for (var e = 0; e < count * hidden; e++)
            {
                inner[e] *= LaneMath.Logistic(inner[e]);
            }

            DropoutBits.Apply(bits, start * hidden, inner, count * hidden, kept);
            LaneMatrix.Multiply(pointers.Out, pointers.OutBias, width, hidden, inner, y + (start * width), count);
        }

        DropoutBits.Apply(LaneDropout.Group(Dropout.Outer, group, values), 0, y, values, LaneDropout.Kept(Dropout.OuterRate));
        for (var e = 0; e < values; e++)
        {
            y[e] += x[e];
        }
    }

    /// <inheritdoc/>
    protected override void BackwardGroup(LanePointers pointers, LaneGradients gradients, int group, V* x, V* dy, V* dx, V* saved, V* scratch)
    {
        var normalised = scratch;
        var scaled = scratch + values;
        var slope = scratch + (2 * values);
        var inverse = scratch + (3 * values);
        var inner = inverse + Tokens;
        var slopes = inner + (tile * hidden);
        var back = slopes + (tile * hidden);
        var kept = LaneDropout.Kept(Dropout.HiddenRate);
        var bits = LaneDropout.Group(Dropout.Hidden, group, Tokens * hidden);
        DropoutBits.Apply(LaneDropout.Group(Dropout.Outer, group, values), 0, dy, values, LaneDropout.Kept(Dropout.OuterRate));
        var input = Normalised(pointers, x, normalised, inverse, scaled);
        for (var start = 0; start < Tokens; start += tile)
        {
            var count = Math.Min(tile, Tokens - start);
            var size = count * hidden;
            LaneMatrix.Multiply(pointers.In, pointers.InBias, hidden, width, input + (start * width), inner, count);
            for (var e = 0; e < size; e++)
            {
                var h = inner[e];
                var s = LaneMath.Logistic(h);
                var swish = h * s;
                inner[e] = swish;
                slopes[e] = Vector512.FusedMultiplyAdd(swish, V.One - s, s);
            }

            DropoutBits.Apply(bits, start * hidden, inner, size, kept);
            LaneMatrix.AddGradient(dy + (start * width), width, inner, hidden, count, gradients.Out, gradients.OutBias);
            LaneMatrix.Multiply(pointers.OutTransposed, null, hidden, width, dy + (start * width), back, count);
            for (var e = 0; e < size; e++)
            {
                back[e] *= slopes[e];
            }

            DropoutBits.Apply(bits, start * hidden, back, size, kept);
            LaneMatrix.AddGradient(back, hidden, input + (start * width), width, count, gradients.In, gradients.InBias);
            LaneMatrix.Multiply(pointers.InTransposed, null, width, hidden, back, slope + (start * width), count);
        }

        AddThroughNorm(pointers, gradients, slope, normalised, inverse, dx);
    }
}
