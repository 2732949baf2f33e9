using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Baselines.Grid;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Baselines.Trees;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Embedding;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Scaling;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;
using ClusterML.Learning.Tests.Embedding;
using ClusterML.Learning.Tokens;
using Microsoft.ML;

namespace ClusterML.Learning.Tests.Contracts;

public sealed class EstimatorContractTests
{
    [Fact]
    public void Ridge_KeepsTheContract() => EstimatorContract.Check(
        new RidgeEstimator(new RidgeOptions()), Samples.Compositions(), ["embedding", "targets"], RidgeTransformer.FromState);

    [Fact]
    public void CompositionDescriptor_KeepsTheContract() => EstimatorContract.Check(
        new CompositionDescriptorEstimator(new CompositionDescriptorOptions()),
        [.. Samples.Compositions().Where(c => c.Name is not ("categorical" or "continuous"))],
        ["host", "dopant", "n_atoms_1", "n_atoms_2"],
        CompositionDescriptorTransformer.FromState);

    [Fact]
    public void TableDescriptor_KeepsTheContract() => EstimatorContract.Check(
        new TableDescriptorEstimator(new TableDescriptorOptions { Categorical = ["host", "dopant"], Numeric = ["n_atoms_1"] }),
        [.. Samples.Compositions().Where(c => c.Name is not ("categorical" or "continuous"))],
        ["host", "dopant", "n_atoms_1"],
        TableDescriptorTransformer.FromState);

    [Fact]
    public void RobustScaling_KeepsTheContract() => EstimatorContract.Check(
        new RobustScalingEstimator(new RobustScalingOptions()), Samples.Compositions(), ["continuous"], RobustScalingTransformer.FromState);

    [Fact]
    public void OneHot_KeepsTheContract() => EstimatorContract.Check(
        new OneHotEstimator(new OneHotOptions()), Samples.Compositions(), ["categorical"], OneHotTransformer.FromState);

    [Fact]
    public void Mean_KeepsTheContract() => EstimatorContract.Check(
        new MeanEstimator(new MeanOptions()), Samples.Compositions(), ["targets"], GroupMeanTransformer.FromState);

    [Fact]
    public void GroupMean_KeepsTheContract() => EstimatorContract.Check(
        new GroupMeanEstimator(new GroupMeanOptions { Column = "dopant" }), Samples.Compositions(), ["dopant", "targets"], GroupMeanTransformer.FromState);

    [Fact]
    public void Additive_KeepsTheContract() => EstimatorContract.Check(
        new AdditiveEstimator(new AdditiveOptions()), Samples.Compositions(), ["host", "dopant", "targets"], AdditiveTransformer.FromState);

    [Fact]
    public void LightGbm_KeepsTheContract() => EstimatorContract.Check(
        new LightGbmEstimator(new LightGbmOptions { NumberOfIterations = 20 }), Samples.Compositions(), ["categorical", "continuous", "targets"], ScalarTrainerTransformer.FromState);

    [Fact]
    public void FastTree_KeepsTheContract() => EstimatorContract.Check(
        new FastTreeEstimator(new FastTreeOptions { NumberOfTrees = 10 }), Samples.Compositions(), ["categorical", "continuous", "targets"], ScalarTrainerTransformer.FromState);

    [Fact]
    public void FastForest_KeepsTheContract() => EstimatorContract.Check(
        new FastForestEstimator(new FastForestOptions { NumberOfTrees = 10 }), Samples.Compositions(), ["categorical", "continuous", "targets"], ScalarTrainerTransformer.FromState);

    [Fact]
    public void Gam_KeepsTheContract() => EstimatorContract.Check(
        new GamEstimator(new GamOptions { NumberOfIterations = 10, Features = ["embedding"] }), Samples.Compositions(), ["embedding", "targets"], ScalarTrainerTransformer.FromState);

    [Fact]
    public void Sdca_KeepsTheContract() => EstimatorContract.Check(
        new SdcaEstimator(new SdcaOptions { Features = ["embedding"] }), Samples.Compositions(), ["embedding", "targets"], ScalarTrainerTransformer.FromState);

    [Fact]
    public void ExtraTrees_KeepsTheContract() => EstimatorContract.Check(
        new ExtraTreesEstimator(new ExtraTreesOptions { Trees = 5 }), Samples.Compositions(), ["continuous", "targets"], ExtraTreesTransformer.FromState);

    [Fact]
    public void Mlp_KeepsTheContract() => EstimatorContract.Check(
        new MlpEstimator(new MlpOptions { Features = ["embedding", "continuous"], HiddenSizes = [8, 4], Epochs = 5 }), Samples.Compositions(), ["embedding", "continuous", "targets"], MlpTransformer.FromState);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bagging_KeepsTheContract(bool bootstrap) => EstimatorContract.Check(
        new BaggingEstimator(
            new BaggingOptions { Members = 3, Bootstrap = bootstrap },
            seed => new StepSequenceEstimator([("mlp", new MlpEstimator(new MlpOptions { Features = ["embedding"], HiddenSizes = [4], Epochs = 5 }, seed))]),
            1),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => BaggingTransformer.FromState(state, member => StepSequenceTransformer.FromState(member, (_, inner) => MlpTransformer.FromState(inner))));

    [Fact]
    public void LowRankGrid_KeepsTheContract() => EstimatorContract.Check(
        new LowRankGridEstimator(new LowRankGridOptions { MaxRank = 1, Sweeps = 3 }), Samples.Compositions(), ["host", "dopant", "targets"], FittedRegressor.FromState<LowRankGridModel>);

    [Fact]
    public void GridKriging_KeepsTheContract() => EstimatorContract.Check(
        new GridKrigingEstimator(new GridKrigingOptions { Iterations = 3 }), Samples.Compositions(), ["host", "dopant", "targets"], FittedRegressor.FromState<GridKrigingModel>);

    [Fact]
    public void ElementNeighbours_KeepsTheContract() => EstimatorContract.Check(
        new ElementNeighboursEstimator(new ElementNeighboursOptions { Features = ["embedding"] }), Samples.Compositions(), ["embedding", "targets"], FittedRegressor.FromState<ElementNeighboursModel>);

    [Fact]
    public void PairDescriptor_KeepsTheContract() => EstimatorContract.Check(
        new PairDescriptorEstimator(new PairDescriptorOptions()), Samples.Compositions(), ["host", "dopant"], PairDescriptorTransformer.FromState);

    [Fact]
    public void ScalarTrainer_KeepsTheContract() => EstimatorContract.Check(
        new ScalarTrainerEstimator(new ScalarTrainerOptions { Features = ["embedding"] }, 3, context => context.Regression.Trainers.OnlineGradientDescent()),
        Samples.Compositions(),
        ["embedding", "targets"],
        ScalarTrainerTransformer.FromState);

    [Fact]
    public void OnnxEmbedding_KeepsTheContract() => EstimatorContract.Check(
        new OnnxEmbeddingEstimator(ConcatenationGraph.Bytes(2, 3), new OnnxEmbeddingOptions { OutputColumn = "encoded", BatchSize = 5 }),
        Samples.Compositions(),
        ["categorical", "continuous"],
        OnnxEmbeddingTransformer.FromState);

    [Fact]
    public void CvPlus_KeepsTheContract() => EstimatorContract.Check(
        new CvPlusEstimator(_ => new RidgeEstimator(new RidgeOptions()), new CvPlusOptions()),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => CvPlusTransformer.FromState(state, RidgeTransformer.FromState));

    [Fact]
    public void LeaveOneOutRidge_KeepsTheContract() => EstimatorContract.Check(
        new LeaveOneOutRidgeEstimator(new RidgeOptions()), Samples.Compositions(), ["embedding", "targets"], LeaveOneOutRidgeTransformer.FromState);

    [Fact]
    public void KernelRidge_KeepsTheContract() => EstimatorContract.Check(
        new KernelRidgeEstimator(new KernelRidgeOptions()), Samples.Compositions(), ["embedding", "targets"], KernelTransformer.FromState);

    [Fact]
    public void GaussianProcess_KeepsTheContract() => EstimatorContract.Check(
        new GaussianProcessEstimator(new GaussianProcessOptions()), Samples.Compositions(), ["embedding", "targets"], KernelTransformer.FromState);

    [Theory]
    [InlineData(IntervalMethod.Split, false)]
    [InlineData(IntervalMethod.CvPlus, true)]
    [InlineData(IntervalMethod.CvMinmax, false)]
    [InlineData(IntervalMethod.JackknifePlus, true)]
    [InlineData(IntervalMethod.JackknifeMinmax, false)]
    public void Conformal_KeepsTheContract(IntervalMethod method, bool normalised) => EstimatorContract.Check(
        new ConformalEstimator(
            _ => new RidgeEstimator(new RidgeOptions()),
            new ConformalOptions { Method = method, Normalised = normalised, Groups = GroupKind.MixedMondrian, Decision = new(0, 1), Alphas = [0.1, 0.25] }),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => ConformalTransformer.FromState(state, RidgeTransformer.FromState, LeaveOneOutRidgeTransformer.FromState));

    [Fact]
    public void ConformalisedRidge_KeepsTheContract() => EstimatorContract.Check(
        new ConformalisedRidgeEstimator(
            _ => new RobustScalingEstimator(new RobustScalingOptions()), new RidgeOptions { Features = ["scaled"] }, new ConformalOptions { Groups = GroupKind.Column, GroupColumn = "host" }),
        Samples.Compositions(),
        ["continuous", "targets"],
        state => ConformalisedRidgeTransformer.FromState(state, RobustScalingTransformer.FromState));

    [Fact]
    public void ConformalisedQuantile_KeepsTheContract() => EstimatorContract.Check(
        new ConformalisedQuantileEstimator(null, ["embedding"], new ConformalOptions { Decision = new(0, 1) }),
        Samples.Compositions(),
        ["embedding", "targets"],
        state => ConformalisedQuantileTransformer.FromState(state, RidgeTransformer.FromState));

    [Fact]
    public void StepSequence_KeepsTheContract() => EstimatorContract.Check(
        new StepSequenceEstimator(
        [
            ("robust_scaling", new RobustScalingEstimator(new RobustScalingOptions())),
            ("lightgbm", new LightGbmEstimator(new LightGbmOptions { Features = ["scaled"], NumberOfIterations = 5 })),
        ]),
        Samples.Compositions(),
        ["continuous", "targets"],
        Restore);

    [Fact]
    public void CvPlus_AroundASequence_KeepsTheContract() => EstimatorContract.Check(
        new CvPlusEstimator(
            seed => new StepSequenceEstimator(
            [
                ("robust_scaling", new RobustScalingEstimator(new RobustScalingOptions())),
                ("lightgbm", new LightGbmEstimator(new LightGbmOptions { Features = ["scaled"], NumberOfIterations = 5 }, seed)),
            ]),
            new CvPlusOptions { NeighbourColumn = "continuous", ScaleNeighbours = true }),
        Samples.Compositions(),
        ["continuous", "targets"],
        state => CvPlusTransformer.FromState(state, Restore));

    [Fact]
    public void Transform_WithoutTargets_IsPossible()
    {
        var columns = Samples.Compositions();
        var fitted = new CvPlusEstimator(_ => new RidgeEstimator(new RidgeOptions()), new CvPlusOptions()).Fit(new ColumnarView(columns));
        var unlabelled = new ColumnarView([.. columns.Where(c => c.Name != "targets")]);

        Assert.Equal(32, fitted.Transform(unlabelled).ReadVectors("prediction").Length);
    }

    private static StepSequenceTransformer Restore(StepState state) => StepSequenceTransformer.FromState(state, (type, inner) => type switch
    {
        "robust_scaling" => RobustScalingTransformer.FromState(inner),
        "lightgbm" => (ITransformer)ScalarTrainerTransformer.FromState(inner),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such step"),
    });
}
