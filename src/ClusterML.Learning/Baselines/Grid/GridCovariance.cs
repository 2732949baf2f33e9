namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Covariance of two cells of the grid from the covariances of their elements.</summary>
/// <remarks>
/// With k the covariance of elements, h and d host and dopant: a constant; a potential of elements whose difference counts,
/// u(d) - u(h), which is antisymmetric under exchange; an effect of the dopant, one of the host, one of the host by itself;
/// k(h, h') k(d, d') for all else that is smooth, and its antisymmetric part k(h, h') k(d, d') - k(h, d') k(d, h').
/// The two sites share k, so a host that is new in its row is known from its column.
/// </remarks>
/// <param name="LogLengths">Logarithms of the lengths of the properties.</param>
/// <param name="LogAmplitudes">Logarithms of the amplitudes: exchange, dopant, host, pair, antisymmetric pair, host by itself.</param>
/// <param name="LogNoise">Logarithm of the noise.</param>
internal sealed record GridCovariance(double[] LogLengths, double[] LogAmplitudes, double LogNoise)
{
    internal const int Terms = 6;

    /// <summary>Lengths of four standard deviations, amplitudes of 0.4 and a noise of 0.1 of the targets' scale: where the search starts, and what it leans to.</summary>
    internal static GridCovariance Start(int properties) => new(
        [.. Enumerable.Repeat(Math.Log(4.0), properties)], [.. Enumerable.Repeat(Math.Log(0.4), Terms)], Math.Log(0.1));

    internal double Noise => Math.Exp(2 * LogNoise);

    /// <summary>All parameters in one vector.</summary>
    internal double[] ToVector() => [.. LogLengths, .. LogAmplitudes, LogNoise];

    internal static GridCovariance FromVector(double[] values, int properties) =>
        new(values[..properties], values[properties..(properties + Terms)], values[^1]);

    /// <summary>The covariances of all elements, [a * count + b].</summary>
    internal double[] Elements(ElementKernel kernel)
    {
        var table = new double[kernel.Count * kernel.Count];
        for (var a = 0; a < kernel.Count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                table[(a * kernel.Count) + b] = table[(b * kernel.Count) + a] = a == b ? 1 : kernel.Value(a, b, LogLengths);
            }
        }

        return table;
    }

    /// <summary>Squares of the amplitudes.</summary>
    internal double[] Variances() => [.. LogAmplitudes.Select(a => Math.Exp(2 * a))];

    /// <summary>Covariance of the potential's differences in two cells, of which <paramref name="hd"/> is that of the first's host and the second's dopant.</summary>
    internal static double Exchange(double hh, double dd, double hd, double dh) => dd - dh - hd + hh;
}
