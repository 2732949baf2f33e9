using ClusterML.Learning.Numerics;

namespace ClusterML.Transformer.Nn;

/// <summary>Bins between a column's quantiles: how far a value fills each of them is its piecewise-linear encoding.</summary>
/// <remarks>
/// Gorishniy et al. 2022 (arXiv:2203.05556), equation 1: of bin t from b(t-1) to b(t) the encoding is (x - b(t-1)) / (b(t) - b(t-1)),
/// cut at 0 but in the first bin and at 1 but in the last. Written as min(max((x - start) x scale, low), high), four numbers a bin.
/// Bins that a column lacks have scale 0, which encodes as 0. A column without a range has one bin that passes x on.
/// </remarks>
internal static class PiecewiseBins
{
    public const string Prefix = "tokens.continuous.bins.";
    public const string Start = Prefix + "start";
    public const string Scale = Prefix + "scale";
    public const string Low = Prefix + "low";
    public const string High = Prefix + "high";

    public static IReadOnlyList<string> Names { get; } = [Start, Scale, Low, High];

    /// <summary>The bins of scaled rows [rows][N], NaN left out.</summary>
    public static IReadOnlyList<WeightTensor> Fit(IReadOnlyList<float[]> rows, int columns, int bins)
    {
        var (start, scale, low, high) = (new float[columns * bins], new float[columns * bins], new float[columns * bins], new float[columns * bins]);
        for (var column = 0; column < columns; column++)
        {
            var edges = Edges([.. rows.Select(row => (double)row[column]).Where(double.IsFinite)], bins);
            for (var bin = 0; bin + 1 < edges.Length; bin++)
            {
                var at = (column * bins) + bin;
                start[at] = edges[bin];
                scale[at] = 1 / (edges[bin + 1] - edges[bin]);
                low[at] = bin == 0 ? float.MinValue : 0;
                high[at] = bin + 2 == edges.Length ? float.MaxValue : 1;
            }
        }

        int[] shape = [columns, bins];
        return [new(Start, shape, start), new(Scale, shape, scale), new(Low, shape, low), new(High, shape, high)];
    }

    /// <summary>Even bins from -2 to 2 for a network without training rows.</summary>
    public static IReadOnlyList<WeightTensor> Even(int columns, int bins) =>
        Fit([.. new[] { -2f, 2f }.Select(edge => Enumerable.Repeat(edge, columns).ToArray())], columns, bins);

    private static float[] Edges(double[] values, int bins)
    {
        float[] edges = values.Length == 0
            ? []
            : [.. Enumerable.Range(0, bins + 1).Select(q => (float)Quantiles.Linear(values, q / (double)bins)).Distinct()];

        // A reciprocal that overflows would make a step of the bin.
        edges = [.. edges.Where((edge, i) => i == 0 || float.IsFinite(1 / (edge - edges[i - 1])))];
        return edges.Length > 1 ? edges : [0, 1];
    }
}
