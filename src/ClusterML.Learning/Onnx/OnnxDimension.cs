namespace ClusterML.Learning.Onnx;

/// <summary>One axis of an input or output: a size, or a name for a size known at run time.</summary>
public readonly record struct OnnxDimension
{
    private OnnxDimension(long size, string? symbol) => (Size, Symbol) = (size, symbol);

    /// <summary>The axis over rows, of any length.</summary>
    public static OnnxDimension Batch { get; } = Named("batch");

    /// <summary>The size; meaningless when there is a <see cref="Symbol"/>.</summary>
    public long Size { get; }

    /// <summary>The name of the size, or null.</summary>
    public string? Symbol { get; }

    /// <summary>An axis of fixed size.</summary>
    public static implicit operator OnnxDimension(long size) => new(size, null);

    /// <summary>An axis of a size known at run time.</summary>
    public static OnnxDimension Named(string symbol) => new(0, symbol);
}
