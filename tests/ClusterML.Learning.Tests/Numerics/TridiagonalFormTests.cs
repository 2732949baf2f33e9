using ClusterML.Learning.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterML.Learning.Tests.Numerics;

public sealed class TridiagonalFormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(36)]
    [InlineData(37)]
    public void Reduce_SolvesAndDeterminants_AreThoseOfTheMatrix(int size)
    {
        var root = Matrix<double>.Build.Random(size, size, 5);
        var matrix = root.TransposeThisAndMultiply(root);
        var b = Vector<double>.Build.Random(size, 6);
        const double Lambda = 0.3;
        var shifted = matrix + (Lambda * Matrix<double>.Build.DenseIdentity(size));

        var form = TridiagonalForm.Reduce(matrix.ToRowMajorArray(), size);

        Assert.Equal(shifted.Solve(b).ToArray(), form.Solve(Lambda, form.Rotate(b.ToArray())), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(form.Rotate(b.ToArray()), form.Reflected(b.ToArray()), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(shifted.Inverse().Diagonal().ToArray(), form.InverseDiagonal(Lambda), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(shifted.Cholesky().DeterminantLn, form.LogDeterminant(Lambda), 9);
    }

    [Fact]
    public void Reduce_DiagonalMatrix_StaysAsItIs()
    {
        // No column has anything to reflect.
        var form = TridiagonalForm.Reduce([2, 0, 0, 0, 3, 0, 0, 0, 4], 3);

        Assert.Equal([1 / 3.0, 1 / 4.0, 1 / 5.0], form.InverseDiagonal(1), (x, y) => Math.Abs(x - y) < 1e-15);
    }
}
