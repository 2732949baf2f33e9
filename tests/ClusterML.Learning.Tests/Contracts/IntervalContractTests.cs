using ClusterML.Learning.Baselines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>Kernel models, intervals and selections under the estimators' contract.</summary>
public sealed class IntervalContractTests
{
    private static readonly RidgeOptions Ridge = new();

    [Fact]
    public void KernelRidge_KeepsTheContract() => EstimatorContract.Check(
        new KernelRidgeEstimator(new KernelRidgeOptions()), Samples.Compositions(), ["embedding", "targets"], KernelTransformer.FromState, onnxTolerance: 1e-8);

    [Fact]
    public void GaussianProcess_KeepsTheContract() => EstimatorContract.Check(
        new GaussianProcessEstimator(new GaussianProcessOptions()), Samples.Compositions(), ["embedding", "targets"], KernelTransformer.FromState, onnxTolerance: 1e-8);

    [Fact]
    public void LeaveOneOutRidge_KeepsTheContract() => EstimatorContract.Check(
        new LeaveOneOutRidgeEstimator(Ridge), Samples.Compositions(), ["embedding", "targets"], LeaveOneOutRidgeTransformer.FromState);

    [Theory]
    [InlineData(IntervalMethod.Split)]
    [InlineData(IntervalMethod.CvPlus)]
    [InlineData(IntervalMethod.CvMinmax)]
    public void Conformal_KeepsTheContract(IntervalMethod method) => EstimatorContract.Check(
        new ConformalEstimator(_ => new RidgeEstimator(Ridge), new ConformalOptions { Method = method }),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => ConformalTransformer.FromState(state, RidgeTransformer.FromState, LeaveOneOutRidgeTransformer.FromState));

    [Fact]
    public void ConformalisedRidge_KeepsTheContract() => EstimatorContract.Check(
        new ConformalisedRidgeEstimator(null, Ridge, new ConformalOptions()),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => ConformalisedRidgeTransformer.FromState(state, _ => throw new InvalidDataException()));

    [Fact]
    public void ConformalisedQuantile_KeepsTheContract() => EstimatorContract.Check(
        new ConformalisedQuantileEstimator(null, ["embedding"], new ConformalOptions()),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => ConformalisedQuantileTransformer.FromState(state, _ => throw new InvalidDataException()));

    [Fact]
    public void NestedSelection_KeepsTheContract() => EstimatorContract.Check(
        new NestedSelectionEstimator(
            new NestedSelectionOptions { Groups = 3 },
            [
                ("ridge", _ => new StepSequenceEstimator([("ridge", new RidgeEstimator(Ridge))])),
                ("mean", _ => new StepSequenceEstimator([("mean", new MeanEstimator(new MeanOptions()))])),
            ],
            1),
        Samples.Compositions(),
        ["host", "embedding", "targets"],
        state => NestedSelectionTransformer.FromState(state, inner => StepSequenceTransformer.FromState(inner, (type, step) =>
            type == "ridge" ? RidgeTransformer.FromState(step) : GroupMeanTransformer.FromState(step))));
}
