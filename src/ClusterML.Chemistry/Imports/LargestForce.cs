namespace ClusterML.Chemistry.Imports;

/// <summary>The force that a relaxation is judged by.</summary>
internal static class LargestForce
{
    /// <summary>The largest norm among the forces on the atoms [atom][axis], in their unit.</summary>
    public static double Of(IEnumerable<double[]> forces) => forces.Max(f => Math.Sqrt((f[0] * f[0]) + (f[1] * f[1]) + (f[2] * f[2])));
}
