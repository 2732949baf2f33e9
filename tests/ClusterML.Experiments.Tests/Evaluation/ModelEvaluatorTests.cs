using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Ridge;

namespace ClusterML.Experiments.Tests.Evaluation;

public sealed class ModelEvaluatorTests
{
    private static readonly SeedStreams Seeds = new(7);

    [Fact]
    public void Evaluate_MeanModel_PredictsFromTrainingRowsOnlyAndScoresEveryRow()
    {
        // One row is 20, all others are 0: a mean that has seen it is above 0, and the mean that tests it is 0.
        var table = Line(20, x => x == 7 ? 20.0 : 0.0);
        var evaluation = Evaluate(table, Pipeline(("mean", new MeanOptions())), parallelism: 1);

        Assert.Equal(20, evaluation.Predictions.Count);
        Assert.Equal(0, evaluation.Predictions.Single(p => p.RowId == "r7").YPred);
        Assert.Equal(evaluation.Predictions.Average(p => Math.Abs(p.YTrue - p.YPred)), Assert.Single(evaluation.Scores).Mae, 12);
    }

    [Fact]
    public void Evaluate_LinearTarget_IsFoundByRidge()
    {
        var table = Line(40, x => (2 * x) - 1);
        var evaluation = Evaluate(table, Pipeline(("table_descriptors", new TableDescriptorOptions()), ("ridge", new RidgeOptions { Features = ["continuous"] })), 1);

        Assert.True(evaluation.Scores[0].Mae < 1e-3, $"MAE {evaluation.Scores[0].Mae}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Evaluate_AnyParallelism_GivesTheSameRecords(int parallelism)
    {
        var table = Line(30, x => Math.Sin(x));
        var pipeline = Pipeline(("table_descriptors", new TableDescriptorOptions()), ("ridge", new RidgeOptions { Features = ["continuous"] }));

        Assert.Equal(Evaluate(table, pipeline, 1).Predictions, Evaluate(table, pipeline, parallelism).Predictions);
    }

    // Labels of test rows must not reach training: replaced by anything, they leave every prediction as it was.
    [Fact]
    public void Evaluate_TestLabels_DoNotChangePredictions()
    {
        var pipeline = Pipeline(("table_descriptors", new TableDescriptorOptions()), ("ridge", new RidgeOptions { Features = ["continuous"] }));
        var split = new ProtocolSplits("one", "k_fold", null, null, [new("fold 0", [.. Enumerable.Range(0, 24)], [24, 25, 26, 27])]);

        double[] Predictions(double shift) =>
        [
            .. new ModelEvaluator(Line(28, x => x + (x >= 24 ? shift : 0)), new IntervalConfig(), Seeds, 1)
                .Evaluate("m", [Model(pipeline, Line(28, x => x))], [split], (_, _) => { }, CancellationToken.None)
                .Predictions.Select(p => p.YPred),
        ];

        Assert.Equal(Predictions(0), Predictions(1000));
    }

    // Seeds are not more rows: the interval is over the rows' mean errors, and a mean coverage is no count.
    [Fact]
    public void Evaluate_SeveralSeeds_GiveAnIntervalAroundTheirMeanAndNoneForTheCoverage()
    {
        var table = Line(30, Math.Sin);
        var pipeline = Pipeline(("table_descriptors", new TableDescriptorOptions()), ("lightgbm", new LightGbmOptions { Features = ["continuous"], NumberOfIterations = 20 }));
        var models = Enumerable.Range(0, 3).Select(r => PipelineFactory.Create(pipeline, StepRegistry.Default, table, Seeds, "m", r, null)).ToList();

        var metrics = new ModelEvaluator(table, new IntervalConfig(), Seeds, 1).Evaluate("m", models, Folds(table), (_, _) => { }, CancellationToken.None).Metrics;

        var mae = metrics.Single(m => m.Name == "mae");
        Assert.InRange(mae.Value, mae.CiLower!.Value, mae.CiUpper!.Value);
        Assert.Equal(30, mae.N);
        Assert.Null(metrics.Single(m => m.Name == "coverage").CiLower);
    }

    [Fact]
    public void Evaluate_Cancelled_Stops()
    {
        var cancelled = new CancellationToken(canceled: true);
        var table = Line(20, x => x);
        var pipeline = Pipeline(("mean", new MeanOptions()));

        Assert.Throws<OperationCanceledException>(() =>
            new ModelEvaluator(table, new IntervalConfig(), Seeds, 1).Evaluate("m", [Model(pipeline, table)], Folds(table), (_, _) => { }, cancelled));
    }

    private static ModelEvaluation Evaluate(DataTable table, PipelineConfig pipeline, int parallelism) =>
        new ModelEvaluator(table, new IntervalConfig(), Seeds, parallelism)
            .Evaluate("m", [Model(pipeline, table)], Folds(table), (_, _) => { }, CancellationToken.None);

    private static IReadOnlyList<ProtocolSplits> Folds(DataTable table) =>
        ProtocolResolver.Resolve([new KFoldConfig { Name = "folds" }], table, 5, Seeds, "");

    private static ModelPipeline Model(PipelineConfig pipeline, DataTable table) =>
        PipelineFactory.Create(pipeline, StepRegistry.Default, table, Seeds, "m", 0, null);

    private static PipelineConfig Pipeline(params (string Type, object Options)[] steps) =>
        new() { Steps = [.. steps.Select(s => new StepConfig(s.Type, s.Options))] };

    private static DataTable Line(int rows, Func<double, double> y) => new("line", [.. Enumerable.Range(0, rows).Select(i => $"r{i}")])
    {
        NumberColumns = new OrderedDictionary<string, float[]> { ["x"] = [.. Enumerable.Range(0, rows).Select(i => (float)i)] },
        NumericColumns = ["x"],
        Targets = [new TargetColumn("y", "eV")],
        TargetValues = [.. Enumerable.Range(0, rows).Select(i => new[] { y(i) })],
    };
}
