namespace ClusterML.Learning.Selection;

/// <summary>Weights of a blend: not negative, of sum 1, with the least squared error.</summary>
/// <remarks>
/// Descent by pairs of coordinates: for every pair of candidates in turn the amount of weight moved from one to the other is the one of least
/// error, which is known exactly, until a sweep over all pairs moves nothing. The problem is convex and has a handful of unknowns.
/// </remarks>
internal static class BlendWeights
{
    private const int Sweeps = 500;

    /// <param name="predictions">[row][candidate].</param>
    /// <param name="targets">[row].</param>
    internal static double[] Fit(double[][] predictions, double[] targets)
    {
        var count = predictions[0].Length;
        var weights = Enumerable.Repeat(1.0 / count, count).ToArray();

        // Error of the blend is w' A w with A the products of the candidates' errors, as the weights have the sum 1.
        var a = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                a[i, j] = predictions.Zip(targets, (p, y) => (p[i] - y) * (p[j] - y)).Sum();
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moved = 0.0;
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    moved += i == j ? 0 : Shift(weights, a, i, j);
                }
            }

            if (moved < 1e-12)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>Moves the best amount of weight from j to i; what was moved.</summary>
    private static double Shift(double[] weights, double[,] a, int i, int j)
    {
        var curvature = a[i, i] + a[j, j] - (2 * a[i, j]);
        if (!(curvature > 0))
        {
            return 0;
        }

        var slope = 0.0;
        for (var k = 0; k < weights.Length; k++)
        {
            slope += weights[k] * (a[i, k] - a[j, k]);
        }

        var step = Math.Clamp(-slope / curvature, -weights[i], weights[j]);
        weights[i] += step;
        weights[j] -= step;
        return Math.Abs(step);
    }
}
