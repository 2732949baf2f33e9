using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ClusterML.Transformer.Nn;

/// <summary>The feature tokenizer: one token of width d for each column, a CLS token before them when there is one.</summary>
internal sealed class FtTokens(FtSizes sizes, FtTransformerOptions options, IReadOnlyDictionary<string, Tensor> weights)
{
    private readonly int offset = options.Readout == FtReadout.Cls ? 1 : 0;

    /// <summary>Tokens [B, T, d].</summary>
    /// <param name="codes">Codes into the shared table [B, C], offsets added.</param>
    /// <param name="numbers">Scaled numbers [B, N]; NaN is missing.</param>
    public Tensor Make(Tensor codes, Tensor numbers)
    {
        var parts = new List<Tensor>(2);
        var columns = sizes.Cardinalities.Count;
        if (columns > 0)
        {
            // Differs from rtdl: its categorical tokens add a bias for each column, which the column's own rows of the table can express.
            parts.Add(weights[FtLayout.Categorical].index_select(0, codes.flatten()).view(-1, columns, options.DToken));
        }

        if (sizes.ContinuousCount > 0)
        {
            parts.Add(OfNumbers(numbers));
        }

        var tokens = parts.Count == 1 ? parts[0] : cat(parts, 1);
        return offset == 0
            ? tokens
            : cat([weights[FtLayout.Cls].unsqueeze(0).expand(tokens.shape[0], 1, options.DToken), tokens], 1);
    }

    /// <summary>Of tokens [B, T, d] those of the continuous columns [B, N, d].</summary>
    public Tensor Continuous(Tensor tokens) => tokens.narrow(1, offset + sizes.Cardinalities.Count, sizes.ContinuousCount);

    private Tensor OfNumbers(Tensor numbers)
    {
        if (options.Missing == FtMissing.Median)
        {
            // A missing number was scaled to 0, the median.
            return Encoded(numbers);
        }

        var missing = numbers.isnan();
        return where(missing.unsqueeze(-1), weights[FtLayout.Missing], Encoded(numbers.nan_to_num(0)));
    }

    private Tensor Encoded(Tensor numbers)
    {
        var (weight, bias) = (weights[FtLayout.ContinuousWeight], weights[FtLayout.ContinuousBias]);
        switch (options.Tokenizer)
        {
            case FtTokenizer.PiecewiseLinear:
                var filled = ((numbers.unsqueeze(-1) - weights[PiecewiseBins.Start]) * weights[PiecewiseBins.Scale])
                    .maximum(weights[PiecewiseBins.Low]).minimum(weights[PiecewiseBins.High]);
                return F.relu(PerColumn(filled, weight) + bias);
            case FtTokenizer.Periodic:
                var angles = numbers.unsqueeze(-1) * weights[FtLayout.Frequencies] * (2 * Math.PI);
                return F.relu(PerColumn(cat([angles.sin(), angles.cos()], -1), weight) + bias);
            default:
                return bias.addcmul(numbers.unsqueeze(-1), weight, 1);
        }
    }

    /// <summary>[B, N, d] of encodings [B, N, F] by a matrix for each column [N, F, d].</summary>
    private static Tensor PerColumn(Tensor encoded, Tensor weight) => encoded.transpose(0, 1).bmm(weight).transpose(0, 1);
}
