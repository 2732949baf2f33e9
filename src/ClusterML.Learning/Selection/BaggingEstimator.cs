using ClusterML.Data.Options;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Selection;

/// <summary>An ensemble: the mean of the same steps fitted several times, and how far the members are apart.</summary>
/// <remarks>
/// Members that differ by their seeds alone are a deep ensemble: B. Lakshminarayanan, A. Pritzel, C. Blundell, NeurIPS 2017, whose members have a
/// random start and order of rows and no bootstrap. With <see cref="BaggingOptions.Bootstrap"/> it is bagging: L. Breiman, Machine Learning 24, 123 (1996).
/// The standard deviation over members says where they disagree; it is no standard error, and members that agree can all be wrong.
/// </remarks>
/// <param name="options">The options.</param>
/// <param name="create">Makes one member's steps from a seed.</param>
/// <param name="seed">Root of the members' seeds and of the draws.</param>
/// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are invalid.</exception>
public sealed class BaggingEstimator(BaggingOptions options, Func<int, StepSequenceEstimator> create, int seed) : ColumnEstimator<BaggingTransformer>
{
    private readonly BaggingOptions options = options.Checked();
    private readonly SeedStreams streams = new(seed);

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnNeed> Needs => [ColumnNeed.Doubles(options.TargetColumn)];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> Adds =>
    [
        (options.OutputColumn, VectorOf(NumberDataViewType.Double)),
        (options.OutputColumn + KernelTransformer.DeviationSuffix, VectorOf(NumberDataViewType.Double)),
    ];

    /// <inheritdoc/>
    protected override void RequireMore(SchemaShape input)
    {
        var shape = create(0).GetOutputSchema(input);
        if (SchemaShapes.Find(shape, options.OutputColumn) is null)
        {
            throw new ArgumentOutOfRangeException(nameof(input), $"{nameof(BaggingEstimator)}: the members' steps write no column {options.OutputColumn}");
        }
    }

    /// <inheritdoc/>
    protected override BaggingTransformer FitRows(IDataView input)
    {
        var targets = FeatureMatrix.ReadTargets(input, options.TargetColumn, nameof(BaggingEstimator));
        var rows = MaterializedView.Read(input);
        using var unowned = new UnownedTransformers();
        return unowned.Release(new BaggingTransformer(
            options.OutputColumn, targets[0].Length, [.. Enumerable.Range(0, options.Members).Select(member => unowned.Hold(Fit(rows, member)))]));
    }

    private StepSequenceTransformer Fit(MaterializedView rows, int member)
    {
        var estimator = create(streams.Seed(FormattableString.Invariant($"member {member}")));
        if (!options.Bootstrap)
        {
            return estimator.Fit(rows.All());
        }

        var random = streams.Generator(FormattableString.Invariant($"rows {member}"));
        return estimator.Fit(rows.Select([.. Enumerable.Range(0, rows.RowCount).Select(_ => random.Next(rows.RowCount))]));
    }
}
