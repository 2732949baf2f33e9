using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Covariance of elements by the distance of their scaled properties, one length a property.</summary>
internal sealed class ElementKernel
{
    private readonly double[][] places;
    private readonly GridKernel form;

    private ElementKernel(double[][] places, GridKernel form)
    {
        this.places = places;
        this.form = form;
    }

    internal int Count => places.Length;

    /// <summary>Properties are scaled over all metals with known values, so that nothing depends on the rows at hand.</summary>
    internal static ElementKernel Of(IReadOnlyList<string> symbols, IReadOnlyList<string> properties, GridKernel form)
    {
        var read = properties.Select(p => ElementProperty.Find(p) ?? throw new ArgumentException($"no element property {p}", nameof(properties))).ToList();
        var scales = read.Select(p =>
        {
            var known = ElementTable.Default.All.Where(e => e.GroupBlock == "Transition metal").Select(p.Of).Where(double.IsFinite).ToArray();
            var mean = known.Average();
            return Math.Max(1e-12, Math.Sqrt(known.Average(v => (v - mean) * (v - mean))));
        }).ToArray();
        return new([.. symbols.Select(s => read.Select((p, j) => p.Of(ElementTable.Default.Find(s)) / scales[j]).ToArray())], form);
    }

    /// <summary>Whether every property of the element at this position is known.</summary>
    internal bool Knows(int element) => places[element].All(double.IsFinite);

    /// <summary>The covariance of two elements.</summary>
    internal double Value(int a, int b, ReadOnlySpan<double> logLengths) => OfDistance(Math.Sqrt(SquaredDistance(a, b, logLengths)));

    /// <summary>dk / d(log length) of every property.</summary>
    internal void AddGradient(int a, int b, ReadOnlySpan<double> logLengths, double factor, Span<double> gradient)
    {
        var squared = SquaredDistance(a, b, logLengths);
        if (squared <= 0)
        {
            return;
        }

        var r = Math.Sqrt(squared);

        // dk/dlog l = -(dk/dr)/r * ((x - x')/l)².
        var slope = form switch
        {
            GridKernel.Exponential => Math.Exp(-r) / r,
            GridKernel.Matern32 => 3 * Math.Exp(-Math.Sqrt(3) * r),
            _ => 5.0 / 3 * (1 + (Math.Sqrt(5) * r)) * Math.Exp(-Math.Sqrt(5) * r),
        };
        for (var j = 0; j < logLengths.Length; j++)
        {
            var z = (places[a][j] - places[b][j]) / Math.Exp(logLengths[j]);
            gradient[j] += factor * slope * z * z;
        }
    }

    private double SquaredDistance(int a, int b, ReadOnlySpan<double> logLengths)
    {
        var sum = 0.0;
        for (var j = 0; j < logLengths.Length; j++)
        {
            var z = (places[a][j] - places[b][j]) / Math.Exp(logLengths[j]);
            sum += z * z;
        }

        return sum;
    }

    private double OfDistance(double r) => form switch
    {
        GridKernel.Exponential => Math.Exp(-r),
        GridKernel.Matern32 => (1 + (Math.Sqrt(3) * r)) * Math.Exp(-Math.Sqrt(3) * r),
        _ => (1 + (Math.Sqrt(5) * r) + (5 * r * r / 3)) * Math.Exp(-Math.Sqrt(5) * r),
    };
}
