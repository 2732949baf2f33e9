using ClusterML.Transformer.Nn;

namespace ClusterML.Transformer.Training;

/// <summary>Which weights a training changes: all of a new network, or what is not frozen of one that it goes on from.</summary>
internal sealed class TrainableWeights(FtSizes sizes, FtTransformerOptions network, FtStart? start)
{
    /// <summary>Whether a weight changes at all.</summary>
    public bool Contains(string name)
    {
        if (FtLayout.IsFixed(name))
        {
            return false;
        }

        if (start is null || name.StartsWith(FtLayout.Head, StringComparison.Ordinal) || name.StartsWith(FtLayout.Restoring, StringComparison.Ordinal))
        {
            return true;
        }

        if (name.StartsWith(FtLayout.Tokens, StringComparison.Ordinal))
        {
            return !start.Freezing.Tokenizer || RowsOf(name) is { Count: > 0 };
        }

        var frozen = start.Freezing.Blocks ?? network.NBlocks + 1;
        return name.Split('.') is ["blocks", var block, ..]
            ? int.Parse(block, System.Globalization.CultureInfo.InvariantCulture) >= frozen
            : frozen <= network.NBlocks;
    }

    /// <summary>Rows of the first axis that change, when not all do; null for all.</summary>
    public IReadOnlyList<int>? RowsOf(string name)
    {
        if (start is not { Freezing: { Tokenizer: true, TrainUntrainedTokens: true }, Untrained: { } untrained })
        {
            return null;
        }

        var offsets = sizes.Offsets();
        return name switch
        {
            FtLayout.ContinuousWeight => untrained.Continuous,
            FtLayout.Categorical => [.. untrained.Codes.Select(c => offsets[c.Column] + c.Code)],
            _ => null,
        };
    }
}
