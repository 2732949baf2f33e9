namespace ClusterML.Learning.Ridge;

/// <summary>Penalties to try.</summary>
internal static class LambdaPath
{
    /// <summary><paramref name="count"/> values from the largest to the smallest, evenly spaced in the logarithm.</summary>
    internal static double[] Logarithmic(double smallest, double largest, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => count == 1 ? largest : largest * Math.Pow(smallest / largest, i / (count - 1.0))),
    ];
}
