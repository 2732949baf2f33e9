using static TorchSharp.torch;

namespace ClusterML.Transformer.Kernels;

/// <summary>A <see cref="LaneLayer"/> as a step of torch's automatic differentiation.</summary>
internal sealed class LaneFunction : autograd.SingleTensorFunction<LaneFunction>
{
    private const string LayerKey = "layer";

    /// <inheritdoc/>
    public override string Name => nameof(LaneFunction);

    /// <summary>The layer's output for <paramref name="x"/>, with a way back when gradients are wanted.</summary>
    public static Tensor Run(LaneLayer layer, Tensor x)
    {
        if (!is_grad_enabled())
        {
            return layer.Forward(x, null);
        }

        var weights = layer.Weights;
        return apply(layer, x, weights.Norm!, weights.NormBias!, weights.In, weights.InBias, weights.Out, weights.OutBias);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (layer, x) = ((LaneLayer)vars[0], (Tensor)vars[1]);
        var saved = layer.NewSaved(x.shape[0]);
        ctx.save_data(LayerKey, layer);
        ctx.save_for_backward([x, saved]);
        return layer.Forward(x, saved);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var layer = (LaneLayer)ctx.get_data(LayerKey);
        var saved = ctx.get_saved_variables();
        return [null!, .. layer.Backward(saved[0], saved[1], grad_output).Select(g => g!)];
    }
}
