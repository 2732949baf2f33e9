namespace ClusterML.Transformer.Kernels;

/// <summary>Sizes of an attention: tokens of a row, heads, and width of a head.</summary>
internal readonly record struct AttentionShape(int Tokens, int Heads, int Width)
{
    /// <summary>Width d of a token.</summary>
    public int TokenWidth => Heads * Width;

    /// <summary>1 / sqrt(width of a head).</summary>
    public float Scale => (float)(1 / Math.Sqrt(Width));

    /// <summary>The same for logits to base 2.</summary>
    public float LogitScale => (float)(1 / (Math.Sqrt(Width) * Math.Log(2)));
}
