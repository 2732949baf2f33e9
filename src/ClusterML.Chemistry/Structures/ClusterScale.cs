namespace ClusterML.Chemistry.Structures;

/// <summary>How large an ideal cluster is made: by its mean bond, or by the radius of its first shell.</summary>
/// <remarks>
/// The mean bond is over all nearest-neighbour pairs. In a Mackay icosahedron bonds within a shell are 1.05146 times those between
/// shells, so the mean of the 42 bonds of 13 atoms is 1.03676 times the radius of the first shell; in a cuboctahedron both are equal.
/// </remarks>
public sealed record ClusterScale
{
    private ClusterScale(double? meanBond, double? shellRadius) => (Bond, Radius) = (meanBond, shellRadius);

    /// <summary>The mean nearest-neighbour distance, Angstrom; null when the radius is given.</summary>
    public double? Bond { get; }

    /// <summary>The distance from the centre to the vertices of the first shell, Angstrom; null when the bond is given.</summary>
    public double? Radius { get; }

    /// <summary>The mean of all nearest-neighbour distances is <paramref name="length"/> Angstrom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public static ClusterScale MeanBond(double length) => new(Positive(length, nameof(length)), null);

    /// <summary>The first shell is <paramref name="radius"/> Angstrom from the centre.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public static ClusterScale ShellRadius(double radius) => new(null, Positive(radius, nameof(radius)));

    private static double Positive(double value, string name) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "a length must be positive and finite");
}
