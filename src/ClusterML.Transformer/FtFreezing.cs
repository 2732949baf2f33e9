using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Transformer;

/// <summary>Which parts of a pretrained network keep their weights while training goes on.</summary>
public sealed record FtFreezing
{
    [Description("Whether the feature tokenizer keeps its weights.")]
    public bool Tokenizer { get; init; } = true;

    [Description("How many of the first blocks keep their weights; leave it out for all of them and the last norm.")]
    [Range(0, 64)]
    public int? Blocks { get; init; }

    [Description("Whether tokens that pretraining could not train (constant columns, codes without rows) are trained though the tokenizer is frozen.")]
    public bool TrainUntrainedTokens { get; init; }

    /// <summary>Everything below the head is frozen: the paper's transfer.</summary>
    public static FtFreezing All { get; } = new();

    /// <summary>Nothing is frozen: training goes on with all weights.</summary>
    public static FtFreezing None { get; } = new() { Tokenizer = false, Blocks = 0 };

    /// <summary>Whether no weight below the head is trained, so that a row's embedding stays what it is.</summary>
    internal bool IsWhole(int blocks) => Tokenizer && !TrainUntrainedTokens && (Blocks ?? blocks) >= blocks;
}
