using ClusterML.Learning.Mapping;
using ClusterML.Learning.Ridge;
using Microsoft.ML;

namespace ClusterML.Learning.Kernels;

/// <summary>The grid of parameters over which a kernel model is fitted, and what makes one point of it the best.</summary>
internal sealed record KernelSearch
{
    /// <summary>The estimator, for messages.</summary>
    public required string Owner { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required string TargetColumn { get; init; }

    public required string? WeightColumn { get; init; }

    public required string OutputColumn { get; init; }

    public required KernelKind Kernel { get; init; }

    public required RidgeScaling Scaling { get; init; }

    public required double LengthMin { get; init; }

    public required double LengthMax { get; init; }

    public required int LengthCount { get; init; }

    public required double LambdaMin { get; init; }

    public required double LambdaMax { get; init; }

    public required int LambdaCount { get; init; }

    /// <summary>Whether penalties are in units of the mean eigenvalue.</summary>
    public required bool RelativeLambda { get; init; }

    /// <summary>Whether it writes standard deviations.</summary>
    public required bool Deviations { get; init; }

    /// <summary>What is made least: [λ][T] for a path of penalties.</summary>
    public required Func<KernelProblem, double[], double[][]> Losses { get; init; }

    /// <summary>Fits to all rows of a view.</summary>
    internal KernelTransformer Fit(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, TargetColumn, Owner);
        var features = FeatureMatrix.Read(input, Features);
        var weights = RowWeights.Read(input, WeightColumn, Owner);
        var bad = Array.FindIndex(features, row => !row.All(double.IsFinite));
        if (bad >= 0)
        {
            throw new ArgumentException($"{Owner}: row {bad} (counted from 0) has a feature that is no finite number; impute first, as robust_scaling does", nameof(input));
        }

        double[] ones = [.. Enumerable.Repeat(1.0, features.Length)];
        double[] means = [.. Enumerable.Range(0, features[0].Length).Select(j => features.Average(row => row[j]))];

        // Distances are between rows, whatever these weigh, and so are their units.
        var scales = FeatureScales.Of(features, ones, means, Scaling);
        double[][] scaled = [.. features.Select(row => row.Select((v, j) => v / scales[j]).ToArray())];
        var squared = KernelFunction.SquaredDistances(scaled);
        var median = KernelFunction.MedianDistance(squared, features.Length);
        var count = targets[0].Length;
        var best = new (double Loss, double Length, double Lambda, KernelProblem? Problem)[count];
        Array.Fill(best, (double.PositiveInfinity, median * LengthMax, LambdaMax, null));
        foreach (var length in LambdaPath.Logarithmic(median * LengthMin, median * LengthMax, LengthCount))
        {
            var problem = new KernelProblem(Matrix(squared, features.Length, length), targets, weights);
            var unit = RelativeLambda ? problem.MeanEigenvalue : 1;
            var path = LambdaPath.Logarithmic(unit * LambdaMin, unit * LambdaMax, LambdaCount);
            var losses = Losses(problem, path);
            for (var k = 0; k < path.Length; k++)
            {
                for (var t = 0; t < count; t++)
                {
                    if (losses[k][t] < best[t].Loss)
                    {
                        best[t] = (losses[k][t], length, path[k], problem);
                    }
                }
            }
        }

        // Where no loss was a number, the smoothest model is left.
        KernelProblem[] problems = [.. best.Select(b => b.Problem ?? new KernelProblem(Matrix(squared, features.Length, b.Length), targets, weights))];
        return new(
            new KernelModel
            {
                Features = Features,
                OutputColumn = OutputColumn,
                Deviations = Deviations,
                Kernel = Kernel,
                FeatureScales = scales,
                Lengths = [.. best.Select(b => b.Length)],
                Lambdas = [.. best.Select(b => b.Lambda)],
                SignalVariances = [.. problems.Select((p, t) => p.SignalVariance(best[t].Lambda, t))],
                Targets = targets,
                RowWeights = weights,
                LeaveOneOutResiduals = Transposed([.. problems.Select((p, t) => p.LeaveOneOut(best[t].Lambda, t))]),
            },
            scaled,
            problems);
    }

    private double[] Matrix(double[] squared, int n, double length) => KernelFunction.Matrix(Kernel, squared, n, length);

    private static double[][] Transposed(double[][] byTarget) =>
        [.. byTarget[0].Select((_, i) => byTarget.Select(r => r[i]).ToArray())];
}
