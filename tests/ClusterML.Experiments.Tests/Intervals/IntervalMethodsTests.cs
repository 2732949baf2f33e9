using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Data.Views;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Kernels;
using ClusterML.Learning.Ridge;

namespace ClusterML.Experiments.Tests.Intervals;

public sealed class IntervalMethodsTests
{
    private static readonly SeedStreams Seeds = new(42);

    public static TheoryData<string> Methods() =>
        [.. Enum.GetNames<IntervalMethod>(), "Split/normalised", "CvPlus/column", "JackknifePlus/refits", "JackknifePlus/deviation"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void WithIntervals_EveryMethod_WritesItsColumns_AndIsTheSameAfterItsState(string name)
    {
        var table = Table(40, 0);
        var method = Method(name);
        var pipeline = Pipeline(name.EndsWith("deviation", StringComparison.Ordinal) ? ("gaussian_process", new GaussianProcessOptions { Features = ["continuous"] }) : Ridge, table);
        var rows = pipeline.ApplyLeading(table.ToView()).All();
        using var fitted = pipeline.WithIntervals(rows, method, new IntervalConfig { Alpha = [0.2, 0.4] }, table.Targets, 7).Fit(rows);

        var output = fitted.Transform(rows);
        var state = fitted.ToState();
        using var restored = pipeline.Restore(new(System.Text.Json.Nodes.JsonNode.Parse(state.Json.ToJsonString())!.AsObject(), state.Blobs));
        var again = restored.Transform(rows);

        foreach (var column in new[] { "prediction", "lower", "upper", "lower_0.4", "upper_0.4", "difference", "difference_lower", "difference_upper" })
        {
            Assert.Equal(output.ReadVectors(column), again.ReadVectors(column));
        }

        var (wide, narrow) = (output.ReadVectors("upper"), output.ReadVectors("upper_0.4"));
        Assert.All(Enumerable.Range(0, 40), row => Assert.True(narrow[row][0] <= wide[row][0] || method.Type == IntervalMethod.ConformalisedQuantile));
        Assert.All(output.ReadTexts("decision"), verdict => Assert.Contains(verdict, new[] { "in", "out", SignDecision.Abstain }));
        Assert.Equal(fitted.Guarantees.Select(g => g.Statement), restored.Guarantees.Select(g => g.Statement));
        Assert.Equal(method.Type == IntervalMethod.FastCvPlus, fitted.Guarantees.All(g => g.Theorem is null));
    }

    [Fact]
    public void Evaluate_SeveralMethods_AreBesideEachOtherOnTheSameSplits_WithTheirPromises()
    {
        var table = Table(60, 0);
        var intervals = new IntervalConfig
        {
            Type = IntervalMethod.Split,
            Alpha = [0.1, 0.2],
            Also = [new() { Type = IntervalMethod.JackknifePlus, ClosedForm = false }, new() { Type = IntervalMethod.ConformalisedRidge }],
        };

        var evaluation = Evaluate(table, intervals, new KFoldConfig { Name = "folds", Folds = 3 });

        Assert.Equal(["split", "jackknife_plus", "conformalised_ridge"], evaluation.Intervals.Select(i => i.Method).Distinct());
        Assert.All(evaluation.Intervals, i => Assert.Equal((60, i.Covered / 60.0), (i.N, i.Coverage)));
        Assert.All(evaluation.Intervals, i => Assert.InRange(i.Coverage, i.CoverageLower, i.CoverageUpper));
        double Bound(string method, double alpha) => evaluation.Intervals.First(i => i.Method == method && i.Alpha == alpha).Bound;

        // 40 training rows a split: 16 of them calibrate in a split, 30 in conformalised ridge.
        Assert.Equal(16 / 17.0, Bound("split", 0.1), 1e-12);
        Assert.Equal(0.8, Bound("jackknife_plus", 0.1), 1e-12);
        Assert.Equal(25 / 31.0, Bound("conformalised_ridge", 0.2), 1e-12);
        var rows = evaluation.Predictions.Where(p => p.Target == "e_in").ToList();
        Assert.All(rows, p => Assert.Equal(0.2, Assert.Single(p.Further).Alpha));
        Assert.All(evaluation.Guarantees, g => Assert.StartsWith("a new row like the training rows", g.Statement, StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_Decisions_HaveRatesWithExactIntervals()
    {
        var table = Table(60, 0);
        var evaluation = Evaluate(table, new IntervalConfig { Type = IntervalMethod.JackknifePlus }, new KFoldConfig { Name = "folds", Folds = 3 });

        var rows = evaluation.Predictions.Where(p => p.Target == "e_in").ToList();
        var decided = rows.Where(p => p.Decision!.Verdict != SignDecision.Abstain).ToList();
        Assert.All(rows, p => Assert.Equal(p.Decision!.Lower <= 0 && p.Decision.Upper >= 0, p.Decision.Verdict == SignDecision.Abstain));
        MetricRecord Rate(string name) => evaluation.Metrics.Single(m => m.Name == name && m.Target == "e_in - e_out");
        Assert.Equal((decided.Count / 60.0, 60), (Rate("decided").Value, Rate("decided").N));
        Assert.Equal(decided.Count, Rate("decided_accuracy").N);

        // 60 of 60: the lower end is 0.025 to the power of 1/60; here by the number of right ones.
        Assert.All(new[] { "sign_accuracy", "decided", "decided_accuracy", "difference_coverage" }, name => Assert.InRange(Rate(name).Value, Rate(name).CiLower!.Value, Rate(name).CiUpper!.Value));
        Assert.True(Rate("decided_accuracy").Value >= Rate("sign_accuracy").Value);
    }

    [Fact]
    public void Evaluate_LeftOutGroupThatIsUnlike_HasNoGuarantee_AndTheTestSeesIt()
    {
        var table = Table(60, 8);
        var left = Evaluate(table, new IntervalConfig { Type = IntervalMethod.Split }, new LeaveOneGroupOutConfig { Name = "hosts", Column = "host" });
        var random = Evaluate(Table(60, 0), new IntervalConfig { Type = IntervalMethod.Split }, new KFoldConfig { Name = "folds", Folds = 3 });

        var record = Assert.Single(left.Guarantees);
        Assert.StartsWith("no guarantee", record.Statement, StringComparison.Ordinal);
        Assert.Null(record.Guarantee.Bound);
        Assert.True(record.Exchangeability!.PValue < 0.01);
        Assert.Contains("rejected", record.Exchangeability.Verdict, StringComparison.Ordinal);
        Assert.True(Assert.Single(random.Guarantees).Exchangeability!.PValue > 0.01);
        Assert.All(left.Intervals, i => Assert.True(double.IsNaN(i.Bound)));
    }

    [Fact]
    public void GuaranteesFile_AndTables_ReadBackWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        var evaluation = Evaluate(Table(40, 0), new IntervalConfig { Type = IntervalMethod.CvPlus, Alpha = [0.1, 0.25] }, new KFoldConfig { Name = "folds", Folds = 2 });
        var (guarantees, predictions, intervals) = (Path.Combine(folder.Path, "g.json"), Path.Combine(folder.Path, "p.csv"), Path.Combine(folder.Path, "i.csv"));

        GuaranteesFile.Write(guarantees, evaluation.Guarantees);
        RunTables.WritePredictions(predictions, evaluation.Predictions);
        RunTables.WriteIntervals(intervals, evaluation.Intervals);

        Assert.Equal(evaluation.Guarantees.Select(g => (g.Statement, g.Guarantee.N, g.Guarantee.K)), GuaranteesFile.Read(guarantees).Select(g => (g.Statement, g.Guarantee.N, g.Guarantee.K)));
        Assert.Equal(evaluation.Intervals, RunTables.ReadIntervals(intervals));
        var read = RunTables.ReadPredictions(predictions);
        Assert.Equal(evaluation.Predictions.Select(p => (p.Decision, p.Further[0])), read.Select(p => (p.Decision, p.Further[0])));
    }

    [Fact]
    public void Evaluate_SmallGroupThatIsAnError_NamesItAsAProblemOfTheData()
    {
        var intervals = new IntervalConfig { Type = IntervalMethod.JackknifePlus, Groups = GroupKind.Column, GroupColumn = "host", SmallGroup = GroupPolicy.Error, Alpha = [0.02] };

        var refusal = Assert.ThrowsAny<Exception>(() => Evaluate(Table(60, 0), intervals, new KFoldConfig { Name = "folds", Folds = 3 }));

        var data = Assert.IsType<DataException>(refusal is AggregateException many ? many.InnerExceptions[0] : refusal);
        Assert.Contains("of 49 rows needed at alpha = 0.02", data.Message, StringComparison.Ordinal);
    }

    private static readonly (string, object) Ridge = ("ridge", new RidgeOptions { Features = ["continuous"] });

    private static IntervalMethodConfig Method(string name) => name.Split('/') switch
    {
        [var type, "normalised"] => new() { Type = Enum.Parse<IntervalMethod>(type), Score = IntervalScore.Normalised },
        [var type, "deviation"] => new() { Type = Enum.Parse<IntervalMethod>(type), Score = IntervalScore.Normalised, Difficulty = Difficulty.Deviation },
        [var type, "column"] => new() { Type = Enum.Parse<IntervalMethod>(type), Groups = GroupKind.Column, GroupColumn = "host" },
        [var type, "refits"] => new() { Type = Enum.Parse<IntervalMethod>(type), ClosedForm = false },
        _ => new() { Type = Enum.Parse<IntervalMethod>(name) },
    };

    private static ModelPipeline Pipeline((string Type, object Options) head, DataTable table) => PipelineFactory.Create(
        new PipelineConfig { Steps = [new("composition_descriptors", new CompositionDescriptorOptions()), new(head.Type, head.Options)] },
        StepRegistry.Default, table, Seeds, "m", 0, null);

    private static ModelEvaluation Evaluate(DataTable table, IntervalConfig intervals, ProtocolConfig protocol) =>
        new ModelEvaluator(table, intervals, Seeds, 1).Evaluate(
            "m", [Pipeline(Ridge, table)], ProtocolResolver.Resolve([protocol], table, 2, Seeds, ""), (_, _) => { }, CancellationToken.None);

    /// <summary>Two hosts and 30 dopants; the second host is <paramref name="shift"/> eV off, in a way that its descriptors do not say.</summary>
    private static DataTable Table(int rows, double shift)
    {
        string[] dopants = ["Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Hg", "Lu"];
        var random = new Random(3);
        var table = CompositionTable.FromRows(Enumerable.Range(0, rows).Select(i => new CompositionRow(i % 2 == 0 ? "Ti" : "Zr", dopants[i / 2 % 30], 12, 1)
        {
            RowId = $"r{i}",
        }));
        return new(table.Name, table.RowIds)
        {
            TextColumns = table.TextColumns,
            NumberColumns = table.NumberColumns,
            IsComposition = true,
            GroupColumns = ["host", "dopant"],
            Targets = [new TargetColumn("e_in", "eV"), new TargetColumn("e_out", "eV")],
            TargetValues = [.. Enumerable.Range(0, rows).Select(i =>
            {
                var common = (0.1 * (i / 2 % 10)) + (i % 2 == 0 ? 0 : shift * random.NextDouble());
                return new[] { common + random.NextDouble() - 0.2, common + random.NextDouble() };
            })],
        };
    }
}
