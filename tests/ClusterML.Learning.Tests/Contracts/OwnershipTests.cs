using ClusterML.Data.Views;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Selection;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>Fitted models that hold native memory are disposed: those of a comparison when it is over, all of them when a fit fails.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public void NestedSelection_InnerFits_AreDisposedAndMembersWithTheirOwner()
    {
        var models = new CountedModels();
        (string, Func<int, StepSequenceEstimator>)[] candidates = [("a", _ => models.Sequence()), ("b", _ => models.Sequence())];

        var fitted = new NestedSelectionEstimator(new NestedSelectionOptions(), candidates, 1).Fit(Rows());

        Assert.True(models.Made > 4);
        Assert.Equal(fitted.Members.Count, models.Alive);
        fitted.Dispose();
        Assert.Equal(0, models.Alive);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void NestedSelection_FitThatFails_LeavesNoneBehind(int failing)
    {
        var models = new CountedModels { Failing = failing };
        (string, Func<int, StepSequenceEstimator>)[] candidates = [("a", _ => models.Sequence()), ("b", _ => models.Sequence())];

        Assert.Throws<InvalidOperationException>(() => new NestedSelectionEstimator(new NestedSelectionOptions { Rule = SelectionRule.Blend }, candidates, 1).Fit(Rows()));

        Assert.Equal((failing - 1, 0), (models.Made, models.Alive));
    }

    [Fact]
    public void CvPlus_FoldThatFails_DisposesEarlierFolds()
    {
        var models = new CountedModels { Failing = 4 };

        Assert.Throws<InvalidOperationException>(() => new CvPlusEstimator(_ => models.Sequence(), new CvPlusOptions { NeighbourColumn = null }).Fit(Rows()));

        Assert.Equal((3, 0), (models.Made, models.Alive));
    }

    // The sixth fit is that to all rows, after five folds.
    [Theory]
    [InlineData(IntervalMethod.CvPlus, 4)]
    [InlineData(IntervalMethod.CvPlus, 6)]
    [InlineData(IntervalMethod.JackknifePlus, 11)]
    public void Conformal_FitThatFails_DisposesEarlierOnes(IntervalMethod method, int failing)
    {
        var models = new CountedModels { Failing = failing };
        var options = new ConformalOptions { Method = method, NeighbourColumn = null };

        Assert.Throws<InvalidOperationException>(() => new ConformalEstimator(_ => models.Sequence(), options).Fit(Rows()));

        Assert.Equal((failing - 1, 0), (models.Made, models.Alive));
    }

    [Fact]
    public void Conformal_CalibrationThatRefuses_DisposesTheModels()
    {
        var models = new CountedModels();
        var options = new ConformalOptions { Method = IntervalMethod.CvPlus, NeighbourColumn = null, Groups = GroupKind.Column, GroupColumn = "host", SmallGroup = GroupPolicy.Error, Alphas = [0.001] };

        Assert.ThrowsAny<Exception>(() => new ConformalEstimator(_ => models.Sequence(), options).Fit(Rows()));

        Assert.Equal((6, 0), (models.Made, models.Alive));
    }

    [Fact]
    public void Bagging_MemberThatFails_DisposesEarlierOnes()
    {
        var models = new CountedModels { Failing = 3 };

        Assert.Throws<InvalidOperationException>(() => new BaggingEstimator(new BaggingOptions { Members = 4 }, _ => models.Sequence(), 1).Fit(Rows()));

        Assert.Equal((2, 0), (models.Made, models.Alive));
    }

    [Fact]
    public void StepSequence_LaterStepThatFails_DisposesEarlierSteps()
    {
        var models = new CountedModels { Failing = 2 };

        Assert.Throws<InvalidOperationException>(() => new StepSequenceEstimator([("one", models), ("two", models)]).Fit(Rows()));

        Assert.Equal((1, 0), (models.Made, models.Alive));
    }

    private static ColumnarView Rows() => new([
        ValueColumn.Text("host", [.. Enumerable.Range(0, 24).Select(i => $"h{i % 4}")]),
        ValueColumn.Doubles("targets", 1, [.. Enumerable.Range(0, 24).Select(i => new[] { (double)i })]),
    ]);

    /// <summary>Means that count how many of them are alive; the fit of number <see cref="Failing"/> fails.</summary>
    private sealed class CountedModels : IEstimator<ITransformer>
    {
        private readonly MeanEstimator mean = new(new MeanOptions());

        public int Failing { get; init; } = int.MaxValue;

        public int Made { get; private set; }

        public int Alive { get; private set; }

        public StepSequenceEstimator Sequence() => new([("counted", this)]);

        public ITransformer Fit(IDataView input)
        {
            if (Made + 1 == Failing)
            {
                throw new InvalidOperationException("this fit fails");
            }

            Made++;
            Alive++;
            return new Counted(mean.Fit(input), () => Alive--);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => mean.GetOutputSchema(inputSchema);
    }

    private sealed class Counted(ITransformer inner, Action disposed) : ITransformer, IDisposable
    {
        public bool IsRowToRowMapper => false;

        public void Dispose() => disposed();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }
}
