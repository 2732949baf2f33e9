namespace ClusterML.Chemistry.Analysis;

/// <summary>The paper's loop (equations 9 and 10) for one atom, step by step as it is written: what the fast kernels are tested against.</summary>
internal static class SelfConsistentBondLength
{
    /// <summary>ECN and d_av of an atom with these distances to its neighbours, Angstrom; both NaN when the loop did not end.</summary>
    public static (double Ecn, double BondLength) Of(ReadOnlySpan<double> distances, int maxIterations = EffectiveCoordination.MaxIterations)
    {
        if (distances.IsEmpty)
        {
            return (0, double.NaN);
        }

        var average = double.PositiveInfinity;
        foreach (var distance in distances)
        {
            average = Math.Min(average, distance);
        }

        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            var (weights, weighted) = Sums(distances, average);
            var previous = average;
            average = weighted / weights;
            if (Math.Abs(average - previous) < EffectiveCoordination.Convergence)
            {
                return (Sums(distances, average).Weights, average);
            }
        }

        return (double.NaN, double.NaN);
    }

    private static (double Weights, double Weighted) Sums(ReadOnlySpan<double> distances, double average)
    {
        var (weights, weighted) = (0.0, 0.0);
        foreach (var distance in distances)
        {
            var ratio = distance / average;
            var cube = ratio * ratio * ratio;
            var weight = Math.Exp(1 - (cube * cube));
            weights += weight;
            weighted += distance * weight;
        }

        return (weights, weighted);
    }
}
