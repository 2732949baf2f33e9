namespace ClusterML.Chemistry.Structures;

/// <summary>Distances between points in space.</summary>
public static class PointDistance
{
    /// <summary>The Euclidean distance of two points of three coordinates, in their unit.</summary>
    public static double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
