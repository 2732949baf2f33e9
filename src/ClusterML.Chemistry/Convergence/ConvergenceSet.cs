namespace ClusterML.Chemistry.Convergence;

/// <summary>Calculations that differ in one parameter only, the coarsest first.</summary>
public sealed class ConvergenceSet
{
    /// <summary>A set of these points, in any order.</summary>
    /// <exception cref="ArgumentException">A value occurs twice, or there is no point.</exception>
    public ConvergenceSet(ConvergenceParameter parameter, IEnumerable<ConvergencePoint> points, IEnumerable<string>? notes = null)
    {
        Parameter = parameter;
        Points = [.. points.OrderBy(p => parameter.Fineness(p.Value))];
        Notes = [.. notes ?? []];
        if (Points.Count == 0)
        {
            throw new ArgumentException($"the study of {parameter.Name} has no point", nameof(points));
        }

        var twice = Points.GroupBy(p => p.Value).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException(
                $"{parameter.Name} {ConvergenceParameter.Text(twice.Key)} occurs twice: {string.Join(", ", twice.Select(p => p.Source))}", nameof(points));
        }

        Quantities = [.. Points.SelectMany(p => p.Quantities.Keys).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The parameter.</summary>
    public ConvergenceParameter Parameter { get; }

    /// <summary>The points, from the coarsest to the finest.</summary>
    public IReadOnlyList<ConvergencePoint> Points { get; }

    /// <summary>Names of all quantities, in the order in which they were given.</summary>
    public IReadOnlyList<string> Quantities { get; }

    /// <summary>What a reader of the result should know: what was fixed, what was left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The values of a quantity by point, NaN where it was not computed.</summary>
    public double[] Of(string quantity) => [.. Points.Select(p => p.Quantities.GetValueOrDefault(quantity, double.NaN))];
}
