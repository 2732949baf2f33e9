namespace ClusterML.Benchmarks.Analysis;

/// <summary>The clusters of the benchmarks: atoms at random in a cube of a metal's density, no two nearer than 1.6 Angstrom, from a fixed seed.</summary>
internal static class BenchmarkClusters
{
    public static double[] Random(int clusters, int atoms)
    {
        var random = new Random(13);
        var edge = 2.6 * Math.Cbrt(atoms);
        var positions = new double[3 * clusters * atoms];
        for (var c = 0; c < clusters; c++)
        {
            var own = positions.AsSpan(3 * c * atoms, 3 * atoms);
            for (var i = 0; i < atoms;)
            {
                for (var axis = 0; axis < 3; axis++)
                {
                    own[(3 * i) + axis] = edge * random.NextDouble();
                }

                i += IsFree(own, i) ? 1 : 0;
            }
        }

        return positions;
    }

    private static bool IsFree(ReadOnlySpan<double> positions, int i)
    {
        for (var j = 0; j < i; j++)
        {
            var (x, y, z) = (positions[3 * i] - positions[3 * j], positions[(3 * i) + 1] - positions[(3 * j) + 1], positions[(3 * i) + 2] - positions[(3 * j) + 2]);
            if ((x * x) + (y * y) + (z * z) < 1.6 * 1.6)
            {
                return false;
            }
        }

        return true;
    }
}
