using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ClusterML.Transformer.Kernels;

/// <summary>x + dropout(out(attention(qkv(norm(x))))).</summary>
internal sealed unsafe class AttentionLayer(LaneWeights weights, AttentionShape shape, LaneDropout dropout) : LaneLayer(weights, shape.Tokens, dropout)
{
    private readonly int values = shape.Tokens * shape.TokenWidth;

    /// <inheritdoc/>
    protected override int SavedVectors => values + (shape.Tokens * shape.Heads);

    /// <inheritdoc/>
    protected override int ScratchVectors => (6 * values) + Tokens + AttentionKernel.Scratch(Tokens, shape.Width);

    /// <inheritdoc/>
    protected override void ForwardGroup(LanePointers pointers, int group, V* x, V* y, V* saved, V* scratch)
    {
        var normalised = scratch;
        var scaled = scratch + values;
        var qkv = scratch + (2 * values);
        var inverse = scratch + (6 * values);
        var input = Normalised(pointers, x, normalised, inverse, scaled);
        LaneMatrix.Multiply(pointers.In, pointers.InBias, 3 * shape.TokenWidth, shape.TokenWidth, input, qkv, Tokens);
        for (var head = 0; head < shape.Heads; head++)
        {
            AttentionKernel.Forward(qkv, shape, head, inverse + Tokens, saved, saved + values);
        }

        LaneMatrix.Multiply(pointers.Out, pointers.OutBias, shape.TokenWidth, shape.TokenWidth, saved, y, Tokens);
        Drop(group, y);
        for (var e = 0; e < values; e++)
        {
            y[e] += x[e];
        }
    }

    /// <inheritdoc/>
    protected override void BackwardGroup(LanePointers pointers, LaneGradients gradients, int group, V* x, V* dy, V* dx, V* saved, V* scratch)
    {
        var d = shape.TokenWidth;
        var normalised = scratch;
        var scaled = scratch + values;
        var qkv = scratch + (2 * values);
        var slope = scratch + (5 * values);
        var inverse = scratch + (6 * values);
        Drop(group, dy);
        LaneMatrix.AddGradient(dy, d, saved, d, Tokens, gradients.Out, gradients.OutBias);
        LaneMatrix.Multiply(pointers.OutTransposed, null, d, d, dy, slope, Tokens);
        var input = Normalised(pointers, x, normalised, inverse, scaled);
        LaneMatrix.Multiply(pointers.In, pointers.InBias, 3 * d, d, input, qkv, Tokens);
        for (var head = 0; head < shape.Heads; head++)
        {
            AttentionKernel.Backward(qkv, shape, head, inverse + Tokens, saved, saved + values, slope);
        }

        LaneMatrix.AddGradient(qkv, 3 * d, input, d, Tokens, gradients.In, gradients.InBias);
        LaneMatrix.Multiply(pointers.InTransposed, null, d, 3 * d, qkv, slope, Tokens);
        AddThroughNorm(pointers, gradients, slope, normalised, inverse, dx);
    }

    private void Drop(int group, V* y) =>
        DropoutBits.Apply(LaneDropout.Group(Dropout.Outer, group, values), 0, y, values, LaneDropout.Kept(Dropout.OuterRate));
}
