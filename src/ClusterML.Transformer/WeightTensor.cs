namespace ClusterML.Transformer;

/// <summary>One named array of numbers outside torch's memory.</summary>
/// <param name="Name">Dotted name, such as <c>blocks.0.attention.qkv.weight</c>.</param>
/// <param name="Shape">Sizes of its axes; the product is the number of values.</param>
/// <param name="Values">The values, last axis fastest.</param>
internal sealed record WeightTensor(string Name, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>The axes as torch and ONNX want them.</summary>
    public long[] LongShape => [.. Shape.Select(s => (long)s)];
}
