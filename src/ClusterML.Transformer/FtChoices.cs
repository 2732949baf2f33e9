using System.Text.Json.Serialization;

namespace ClusterML.Transformer;

/// <summary>What the blocks' output becomes: the row's embedding, which the head reads.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FtReadout>))]
public enum FtReadout
{
    /// <summary>All tokens side by side, tokens x d_token wide; as the paper has it.</summary>
    Flatten,

    /// <summary>One learned token more, which attention fills; d_token wide (Gorishniy et al. 2021, arXiv:2106.11959).</summary>
    Cls,

    /// <summary>The mean over all tokens; d_token wide.</summary>
    Mean,
}

/// <summary>How a number becomes a token.</summary>
/// <remarks>The latter two: Gorishniy et al. 2022, "On embeddings for numerical features" (arXiv:2203.05556), there Q-LR and PLR.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<FtTokenizer>))]
public enum FtTokenizer
{
    /// <summary>Value times a weight, plus a bias; as the paper has it.</summary>
    Linear,

    /// <summary>How far the value fills each bin between the column's quantiles, then a linear layer for each column and ReLU.</summary>
    PiecewiseLinear,

    /// <summary>Sines and cosines at learned frequencies, then a linear layer for each column and ReLU.</summary>
    Periodic,
}

/// <summary>What a missing number (NaN) reads as.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FtMissing>))]
public enum FtMissing
{
    /// <summary>The column's median over the training rows.</summary>
    Median,

    /// <summary>A learned token of its own for each column.</summary>
    Token,
}

/// <summary>The nonlinearity of a layer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FtActivation>))]
public enum FtActivation
{
    /// <summary>x sigmoid(x); the paper's blocks.</summary>
    Swish,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x times the normal distribution function of x (exact, by erf); the paper's head.</summary>
    Gelu,

    /// <summary>Half of a layer of twice the width times ReLU of the other half (Shazeer 2020, arXiv:2002.05202).</summary>
    Reglu,

    /// <summary>The same with GELU.</summary>
    Geglu,
}

/// <summary>Where layers are normalised.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FtNorm>))]
public enum FtNorm
{
    /// <summary>Before attention and feed-forward (the first block's attention reads the tokens as they are), and once at the end.</summary>
    Pre,

    /// <summary>After each residual sum, as in the first Transformer (Vaswani et al. 2017, arXiv:1706.03762); none at the end.</summary>
    Post,
}
