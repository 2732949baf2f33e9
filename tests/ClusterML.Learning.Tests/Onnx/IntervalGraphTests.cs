using ClusterML.Data.Views;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Tests.Contracts;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Onnx;

/// <summary>ONNX Runtime against the transformers on rows that were not in training, some of groups that were not either.</summary>
public sealed class IntervalGraphTests
{
    private static readonly ConformalOptions Common = new() { Decision = new(0, 1), Alphas = [0.1, 0.25], SmallGroup = GroupPolicy.Marginal, UnseenGroup = GroupPolicy.Infinite };

    public static TheoryData<IntervalMethod, GroupKind, string?, Difficulty?> Cases()
    {
        var cases = new TheoryData<IntervalMethod, GroupKind, string?, Difficulty?>();
        foreach (var method in new[] { IntervalMethod.Split, IntervalMethod.CvPlus, IntervalMethod.CvMinmax, IntervalMethod.JackknifePlus, IntervalMethod.JackknifeMinmax })
        {
            cases.Add(method, GroupKind.None, null, null);
            cases.Add(method, GroupKind.PredictedValue, null, Difficulty.NeighbourDistance);
            cases.Add(method, GroupKind.Column, "host", Difficulty.NeighbourResidual);
            cases.Add(method, GroupKind.OutlierScore, null, null);
        }

        cases.Add(IntervalMethod.Split, GroupKind.Column, "n_atoms_1", null);
        cases.Add(IntervalMethod.CvPlus, GroupKind.MixedMondrian, null, Difficulty.Deviation);
        cases.Add(IntervalMethod.JackknifeMinmax, GroupKind.None, null, Difficulty.Deviation);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Conformal_NewRows_AgreesWithDotNet(IntervalMethod method, GroupKind groups, string? column, Difficulty? difficulty)
    {
        var options = Common with
        {
            Method = method,
            Groups = groups,
            GroupColumn = column,
            GroupBins = 2,
            Normalised = difficulty is not null,
            Difficulty = difficulty ?? Difficulty.NeighbourDistance,
        };
        Func<int, IEstimator<ITransformer>> model = difficulty == Difficulty.Deviation
            ? _ => new GaussianProcessEstimator(new GaussianProcessOptions())
            : _ => new RidgeEstimator(new RidgeOptions());
        using var fitted = new ConformalEstimator(model, options).Fit(Training());

        Assert.True(OnnxContract.Check(fitted, NewRows(), difficulty == Difficulty.Deviation ? 1e-8 : 1e-10));
    }

    [Theory]
    [InlineData(IntervalMethod.JackknifePlus, 7)]
    [InlineData(IntervalMethod.JackknifePlus, 60)]
    [InlineData(IntervalMethod.JackknifeMinmax, 7)]
    public void ClosedFormRidge_NewRows_AgreesWithDotNet(IntervalMethod method, int width)
    {
        var ridge = new RidgeOptions { Features = width == 7 ? ["embedding"] : ["embedding", "wide"] };
        using var fitted = new ConformalEstimator(
            _ => new RidgeEstimator(ridge), Common with { Method = method, NeighbourColumn = null }, new LeaveOneOutRidgeEstimator(ridge)).Fit(Training(width - 7));

        Assert.True(OnnxContract.Check(fitted, NewRows(width - 7), 1e-9));
    }

    [Theory]
    [InlineData(KernelKind.Gaussian, 1e-8)]
    [InlineData(KernelKind.Matern52, 1e-8)]
    [InlineData(KernelKind.Exponential, 1e-7)]
    public void Kernels_NewRowsAndLeftOutRows_AgreeWithDotNet(KernelKind kernel, double tolerance)
    {
        var kernelRidge = new KernelRidgeEstimator(new KernelRidgeOptions { Kernel = kernel });
        using var fitted = new ConformalEstimator(
            _ => kernelRidge, Common with { Method = IntervalMethod.JackknifePlus, NeighbourColumn = null }, kernelRidge).Fit(Training());

        Assert.True(OnnxContract.Check(fitted, NewRows(), tolerance));
        Assert.True(OnnxContract.Check(new GaussianProcessEstimator(new GaussianProcessOptions { Kernel = kernel }).Fit(Training()), NewRows(), tolerance));
    }

    [Theory]
    [InlineData(GroupKind.None, null)]
    [InlineData(GroupKind.Column, "host")]
    public void ConformalisedQuantile_NewRows_AgreesWithDotNet(GroupKind groups, string? column)
    {
        using var fitted = new ConformalisedQuantileEstimator(null, ["embedding"], Common with { Groups = groups, GroupColumn = column, GroupBins = 2 }).Fit(Training());

        Assert.True(OnnxContract.Check(fitted, NewRows(), 1e-10));
    }

    [Fact]
    public void ConformalisedRidge_SaysWhyItHasNone()
    {
        using var fitted = new ConformalisedRidgeEstimator(null, new RidgeOptions(), Common with { Method = IntervalMethod.ConformalisedRidge }).Fit(Training());

        var error = Assert.Throws<OnnxExportException>(() => fitted.AddTo(new("g"), null!));

        Assert.StartsWith("conformalised_ridge sweeps for each new row", error.Message, StringComparison.Ordinal);
    }

    private static ColumnarView Training(int wide = 1) => new(Rows(1, wide));

    private static IReadOnlyList<ValueColumn> NewRows(int wide = 1) =>
    [
        .. Rows(2, wide).Where(c => c.Name is not "host"),

        // A host of every fourth row is not in training.
        ValueColumn.Text("host", [.. Enumerable.Range(0, 32).Select(i => i % 4 == 0 ? "Mn" : new[] { "Ti", "Zr", "Hf", "Fe" }[i / 8])]),
    ];

    private static IReadOnlyList<ValueColumn> Rows(int seed, int wide) =>
    [
        .. Samples.Compositions(seed).Where(c => c.Name is not "n_atoms_1"),
        ValueColumn.Single("n_atoms_1", [.. Enumerable.Range(0, 32).Select(i => i == 5 && seed == 2 ? float.NaN : (i * 7) % 32)]),
        ValueColumn.Singles("wide", wide, [.. Samples.Matrix(new Random(seed + 10), 32, wide).Select(r => r.Select(v => (float)v).ToArray())]),
    ];
}
