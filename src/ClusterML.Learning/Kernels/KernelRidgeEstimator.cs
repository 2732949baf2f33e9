using ClusterML.Data.Options;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Kernels;

/// <summary>Kernel ridge regression in double precision, its length scale and penalty chosen by exact leave-one-out, each target its own.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>Task</term><description>regression, one or more targets</description></item>
/// <item><term>Scaling needed</term><description>features on one scale, or <see cref="KernelRidgeOptions.Scaling"/></description></item>
/// <item><term>Missing values</term><description>refused in fitting; a row with one is predicted as NaN</description></item>
/// <item><term>Cost</term><description>O(n³) a length scale; all penalties from one factorisation</description></item>
/// <item><term>Randomness</term><description>none</description></item>
/// </list>
/// The mean is not penalised, and leave-one-out includes it. Row weights are those of <see cref="KernelProblem"/>; scales and the median distance, which
/// are the units of features and lengths, count rows alike.
/// </remarks>
public sealed class KernelRidgeEstimator : ColumnEstimator<KernelTransformer>
{
    private readonly KernelRidgeOptions options;

    /// <summary>An estimator with these options.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
    public KernelRidgeEstimator(KernelRidgeOptions options) => this.options = options.Checked();

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs =>
        [.. options.Features.Select(ColumnNeed.Numbers), ColumnNeed.Doubles(options.TargetColumn), .. RowWeights.Needs(options.WeightColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, VectorOf(NumberDataViewType.Double))];

    /// <inheritdoc/>
    protected override KernelTransformer FitRows(IDataView input) => new KernelSearch
    {
        Owner = nameof(KernelRidgeEstimator),
        Features = options.Features,
        TargetColumn = options.TargetColumn,
        WeightColumn = options.WeightColumn,
        OutputColumn = options.OutputColumn,
        Kernel = options.Kernel,
        Scaling = options.Scaling,
        LengthMin = options.LengthMin,
        LengthMax = options.LengthMax,
        LengthCount = options.LengthCount,
        LambdaMin = options.LambdaMin,
        LambdaMax = options.LambdaMax,
        LambdaCount = options.LambdaCount,
        RelativeLambda = true,
        Deviations = false,
        Losses = (problem, path) => problem.LeaveOneOutErrors(path),
    }.Fit(input);
}
