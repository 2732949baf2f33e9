namespace ClusterML.Learning.Numerics;

/// <summary>Arrays for one factorisation after the other of matrices of one size: a search makes hundreds, and the collector would be busier than the search.</summary>
/// <param name="size">Number of rows of the matrices.</param>
internal sealed class CholeskyWorkspace(int size)
{
    internal double[] Lower { get; } = new double[size * size];

    /// <summary>Triangular: what is above the diagonal is never written and stays 0.</summary>
    internal double[] Columns { get; } = new double[size * size];

    internal double[] Inverse { get; } = new double[size * size];
}
