using static TorchSharp.torch;

namespace ClusterML.Transformer.Kernels;

/// <summary>Weights of a layer of a block: a norm before it or none, the matrix into it and the matrix out of it.</summary>
/// <param name="Norm">Weight of the norm [d]; null without one.</param>
/// <param name="NormBias">Bias of the norm [d]; null without one.</param>
/// <param name="In">First matrix [hidden, d].</param>
/// <param name="InBias">Its bias [hidden].</param>
/// <param name="Out">Second matrix [d, inner].</param>
/// <param name="OutBias">Its bias [d].</param>
internal sealed record LaneWeights(Tensor? Norm, Tensor? NormBias, Tensor In, Tensor InBias, Tensor Out, Tensor OutBias)
{
    /// <summary>Width d of a token.</summary>
    public int Width { get; } = (int)In.shape[1];

    /// <summary>Outputs of the first matrix.</summary>
    public int Hidden { get; } = (int)In.shape[0];

    /// <summary>Inputs of the second matrix.</summary>
    public int Inner { get; } = (int)Out.shape[1];

    /// <summary>The tensors in their order; null where there is no norm.</summary>
    public Tensor?[] All => [Norm, NormBias, In, InBias, Out, OutBias];

    /// <summary>Values of all of them.</summary>
    public int Count => (2 * Width) + ((Width + 1) * Hidden) + ((Inner + 1) * Width);

    /// <summary>Where the values of a tensor start when they lie one after the other, norm or not.</summary>
    public (int Norm, int NormBias, int In, int InBias, int Out, int OutBias) Offsets
    {
        get
        {
            var inBias = (2 + Hidden) * Width;
            var outs = inBias + Hidden;
            return (0, Width, 2 * Width, inBias, outs, outs + (Inner * Width));
        }
    }
}
