namespace ClusterML.Chemistry.Analysis;

/// <summary>Size and shape of a cluster from its gyration tensor, about the mean position. Every atom counts the same, whatever its mass.</summary>
/// <param name="RadiusOfGyration">Root mean square distance from the mean position, Angstrom.</param>
/// <param name="LargestRadius">Distance of the outermost nucleus from the mean position, Angstrom.</param>
/// <param name="Moments">Eigenvalues of the gyration tensor, largest first, square Angstrom; their sum is the square of the radius of gyration.</param>
public sealed record GyrationShape(double RadiusOfGyration, double LargestRadius, IReadOnlyList<double> Moments)
{
    /// <summary>Largest moment less the mean of the two others, square Angstrom; 0 for a cube, a sphere or an icosahedron.</summary>
    public double Asphericity => Moments[0] - ((Moments[1] + Moments[2]) / 2);

    /// <summary>Difference of the two smaller moments, square Angstrom; 0 for a body of revolution.</summary>
    public double Acylindricity => Moments[1] - Moments[2];

    /// <summary>Relative shape anisotropy, 0 (spherical) to 1 (on a line); NaN for a lone atom.</summary>
    public double Anisotropy
    {
        get
        {
            var sum = Moments[0] + Moments[1] + Moments[2];
            return 1 - (3 * ((Moments[0] * Moments[1]) + (Moments[1] * Moments[2]) + (Moments[2] * Moments[0])) / (sum * sum));
        }
    }

    /// <summary>Smallest moment of inertia over the largest, 1 (spherical) to 0 (on a line); NaN for a lone atom.</summary>
    public double Sphericity => (Moments[1] + Moments[2]) / (Moments[0] + Moments[1]);

    /// <summary>The shape of atoms at these positions.</summary>
    /// <param name="positions">3N coordinates, Angstrom, one cluster in one piece; N is at least 1.</param>
    public static GyrationShape Of(ReadOnlySpan<double> positions)
    {
        var atoms = positions.Length / 3;
        Span<double> mean = stackalloc double[3];
        Mean(positions, mean);
        Span<double> tensor = stackalloc double[9];
        tensor.Clear();
        var largest = 0.0;
        for (var i = 0; i < atoms; i++)
        {
            var square = 0.0;
            for (var a = 0; a < 3; a++)
            {
                var along = positions[(3 * i) + a] - mean[a];
                square += along * along;
                for (var b = 0; b < 3; b++)
                {
                    tensor[(3 * a) + b] += along * (positions[(3 * i) + b] - mean[b]) / atoms;
                }
            }

            largest = Math.Max(largest, square);
        }

        Span<double> vectors = stackalloc double[9];
        SymmetricEigen.Diagonalize(tensor, vectors);
        double[] moments = [Math.Max(0, tensor[0]), Math.Max(0, tensor[4]), Math.Max(0, tensor[8])];
        Array.Sort(moments, (a, b) => b.CompareTo(a));
        return new(Math.Sqrt(moments.Sum()), Math.Sqrt(largest), moments);
    }

    /// <summary>The mean position.</summary>
    internal static void Mean(ReadOnlySpan<double> positions, Span<double> mean)
    {
        mean.Clear();
        for (var c = 0; c < positions.Length; c++)
        {
            mean[c % 3] += positions[c];
        }

        for (var axis = 0; axis < 3; axis++)
        {
            mean[axis] /= positions.Length / 3;
        }
    }
}
