namespace ClusterML.Chemistry.Symmetry;

/// <summary>Names a finite point group by its rotation axes and by how mirrors lie to the main one.</summary>
internal static class SchoenfliesSymbol
{
    public const string SingleAtom = "Kh";
    public const string Linear = "C∞v";
    public const string LinearSymmetric = "D∞h";

    private const double Tolerance = 1e-6;

    /// <param name="operations">All operations of the group, with matrices exact to rounding.</param>
    public static string Of(IReadOnlyList<SymmetryOperation> operations)
    {
        var rotations = operations.Where(o => o.IsProper).Select(o => (Fold: Fold(o.Matrix), Axis: Axis(o.Matrix))).Where(r => r.Fold > 1).ToList();
        var others = operations.Where(o => !o.IsProper).Select(o => o.Matrix).ToList();
        var rotationCount = rotations.Count + 1;
        var hasInversion = others.Any(m => Matrix3.Trace(m) < -3 + Tolerance);
        if (rotationCount == 1)
        {
            return others.Count == 0 ? "C1" : hasInversion ? "Ci" : "Cs";
        }

        var (fold, main) = rotations.MaxBy(r => r.Fold);
        if (rotations.Any(r => r.Fold > 2 && !Parallel(r.Axis, main)))
        {
            return Polyhedral(rotationCount, others.Count > 0, hasInversion);
        }

        // A mirror's normal is the axis of its product with the inversion, which is a twofold rotation.
        var normals = others.Where(m => Math.Abs(Matrix3.Trace(m) - 1) < Tolerance && IsInvolution(m)).Select(m => Axis(Negative(m))).ToList();
        if (rotationCount == fold)
        {
            return others.Count == 0 ? $"C{fold}"
                : normals.Any(n => Parallel(n, main)) ? $"C{fold}h"
                : normals.Count > 0 ? $"C{fold}v"
                : $"S{2 * fold}";
        }

        // With three equal twofold axes any could be the main one: D2h has the inversion, D2d has not.
        var isHorizontal = fold == 2 ? hasInversion : normals.Any(n => Parallel(n, main));
        return others.Count == 0 ? $"D{fold}" : isHorizontal ? $"D{fold}h" : $"D{fold}d";
    }

    private static string Polyhedral(int rotations, bool hasOthers, bool hasInversion) => (rotations, hasOthers, hasInversion) switch
    {
        (12, false, _) => "T",
        (12, true, true) => "Th",
        (12, true, false) => "Td",
        (24, false, _) => "O",
        (24, true, _) => "Oh",
        (60, false, _) => "I",
        (60, true, _) => "Ih",
        _ => throw new InvalidOperationException($"{rotations} rotations about several axes are no point group"),
    };

    /// <summary>The smallest number of repetitions that gives the identity.</summary>
    private static int Fold(IReadOnlyList<double> matrix)
    {
        IReadOnlyList<double> power = matrix;
        var fold = 1;
        while (Matrix3.Trace(power) < 3 - Tolerance)
        {
            power = Matrix3.Multiply(power, matrix);
            fold++;
        }

        return fold;
    }

    private static bool IsInvolution(IReadOnlyList<double> matrix) => Matrix3.Trace(Matrix3.Multiply(matrix, matrix)) > 3 - Tolerance;

    /// <summary>The axis of a rotation, either way round: the longest column of R + R^T + (1 - trace) 1, which is a multiple of n n^T.</summary>
    private static double[] Axis(IReadOnlyList<double> r)
    {
        var rest = 1 - Matrix3.Trace(r);
        double[][] columns =
        [
            [(2 * r[0]) + rest, r[3] + r[1], r[6] + r[2]],
            [r[1] + r[3], (2 * r[4]) + rest, r[7] + r[5]],
            [r[2] + r[6], r[5] + r[7], (2 * r[8]) + rest],
        ];
        var longest = columns.MaxBy(c => c.Sum(x => x * x))!;
        var length = Math.Sqrt(longest.Sum(x => x * x));
        return length > 0 ? [.. longest.Select(x => x / length)] : longest;
    }

    private static bool Parallel(double[] a, double[] b) => Math.Abs((a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2])) > 1 - Tolerance;

    private static double[] Negative(IReadOnlyList<double> matrix) => [.. matrix.Select(x => -x)];
}
