using ClusterML.Learning.Baselines;
using ClusterML.Learning.Baselines.Grid;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Baselines.Trees;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Steps that end a pipeline and stand beside the main model: grids, neighbours, trees and stock ML.NET trainers.</summary>
internal static class ComparisonSteps
{
    public static IReadOnlyList<StepDefinition> All { get; } =
    [
        StepDefinition.Of<LowRankGridOptions>(
            "low_rank_grid",
            "host and dopant effects and a product of low rank on the host-dopant grid",
            (context, options) => new LowRankGridEstimator(options, context.Seed),
            FittedRegressor.FromState<LowRankGridModel>) with { Predicts = true },
        StepDefinition.Of<GridKrigingOptions>(
            "grid_kriging",
            "kriging on the host-dopant grid; likeness of elements by properties, such as their place in the periodic table",
            (context, options) => new GridKrigingEstimator(options, context.Seed),
            FittedRegressor.FromState<GridKrigingModel>) with { Predicts = true, NeedsComposition = true },
        StepDefinition.Of<ElementNeighboursOptions>(
            "element_neighbours",
            "the mean of the nearest training rows in descriptor space",
            (_, options) => new ElementNeighboursEstimator(options),
            FittedRegressor.FromState<ElementNeighboursModel>) with { Predicts = true },
        StepDefinition.Of<ExtraTreesOptions>(
            "extra_trees",
            "extremely randomised trees, all targets in one forest",
            (context, options) => new ExtraTreesEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ExtraTreesTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<FastTreeOptions>(
            "fast_tree",
            "ML.NET FastTree (boosted trees), one model per target",
            (context, options) => new FastTreeEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ScalarTrainerTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<FastForestOptions>(
            "fast_forest",
            "ML.NET FastForest (random forest), one model per target",
            (context, options) => new FastForestEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ScalarTrainerTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<GamOptions>(
            "gam",
            "ML.NET GAM (a curve of each feature), one model per target",
            (context, options) => new GamEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ScalarTrainerTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<SdcaOptions>(
            "sdca",
            "ML.NET SDCA (linear), one model per target; scale the features first",
            (context, options) => new SdcaEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            ScalarTrainerTransformer.FromState) with { Predicts = true },
        StepDefinition.Of<MlpOptions>(
            "mlp",
            "a small multilayer perceptron with ReLU, all targets in one network",
            (context, options) => new MlpEstimator(options with { WeightColumn = options.WeightColumn ?? context.WeightColumn }, context.Seed),
            MlpTransformer.FromState) with { Predicts = true },
    ];
}
