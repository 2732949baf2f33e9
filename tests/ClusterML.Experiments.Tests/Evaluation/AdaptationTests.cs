using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Learning.Baselines;
using ClusterML.Learning.Baselines.Neural;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Experiments.Tests.Evaluation;

public sealed class AdaptationTests
{
    private static readonly SeedStreams Seeds = new(3);

    private static readonly string[] Hosts = ["Ti", "Zr", "Hf", "Fe"];

    private static readonly string[] Dopants = ["Sc", "V", "Cr", "Mn", "Co", "Ni", "Cu", "Zn"];

    [Fact]
    public void Resolve_EveryDraw_HasTheSameTestRowsForAllLabelsAndLabelsThatGrow()
    {
        var protocol = new AdaptationConfig { Name = "new", Labels = [0, 2, 4, 6], TestRows = 4, Draws = 3 };

        var splits = ProtocolResolver.Resolve([protocol], Table(), 2, Seeds, ".")[0].Splits;

        // 4 hosts, 3 draws; 8 rows less 4 test rows leave no room for 6 labels.
        Assert.Equal(4 * 3 * 3, splits.Count);
        Assert.All(splits.GroupBy(s => (s.Group, s.Draw)), draw =>
        {
            Assert.Single(draw.Select(s => string.Join(' ', s.Test)).Distinct());
            var ordered = draw.OrderBy(s => s.K).ToList();
            Assert.Equal([0, 2, 4], ordered.Select(s => s.K));
            Assert.All(ordered, s => Assert.Empty(s.Train.Intersect(s.Test)));
            Assert.All(ordered, s => Assert.Equal(24 + s.K, s.Train.Length));
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.Empty(pair.First.Train.Except(pair.Second.Train)));
        });
        Assert.True(splits.Where(s => s.Group == "Ti").Select(s => string.Join(' ', s.Test)).Distinct().Count() > 1);
    }

    [Fact]
    public void Resolve_GroupsAndLabelsBeyondTheRows_AreNamed()
    {
        // 8, 8, 6 and 3 rows.
        int[] kept = [.. Enumerable.Range(0, 32).Where(r => r % 8 < (r / 8) switch { 2 => 6, 3 => 3, _ => 8 })];
        var protocol = new AdaptationConfig { Name = "new", Labels = [0, 2, 4, 9], TestRows = 3, Draws = 2, Groups = ["Ti", "Zr", "Hf", "Fe", "Ti"] };

        var resolved = ProtocolResolver.Resolve([protocol], Table().Subset(kept), 2, Seeds, ".")[0];

        Assert.Equal(
            [
                "left out, no more rows than the 3 test rows: host Fe (3)",
                "k = 4 is measured for 2 of 3; too few rows: host Hf (6)",
                "k = 9 is measured for 0 of 3; too few rows: host Ti (8), Zr (8), Hf (6)",
            ],
            resolved.Notes);
        Assert.Equal((2 * 3 * 2) + (2 * 2), resolved.Splits.Count);
        Assert.Empty(ProtocolResolver.Resolve([protocol with { Labels = [0, 4], Groups = [] }], Table(), 2, Seeds, ".")[0].Notes);
    }

    [Fact]
    public void Resolve_TooFewRowsOrGroups_IsNotMeasuredAndSaysWhy()
    {
        ProtocolConfig[] protocols =
        [
            new AdaptationConfig { Name = "new", Labels = [0], TestRows = 8 },
            new LeaveOneGroupOutConfig { Name = "loho", Column = "host" },
            new KFoldConfig { Name = "folds", Folds = 33 },
        ];
        Assert.Equal("no host has more than 8 rows; test_rows must be smaller", ProtocolResolver.Resolve(protocols, Table(), 2, Seeds, ".")[0].Reason);
        Assert.Equal("1 of 2 values of host", ProtocolResolver.Resolve(protocols, Table(["Ti"]), 2, Seeds, ".")[1].Reason);
        Assert.Equal("32 rows are too few for 33 folds", ProtocolResolver.Resolve(protocols, Table(), 2, Seeds, ".")[2].Reason);
    }

    [Fact]
    public void Evaluate_AdditiveTarget_NeedsNoLabelForTheDopantAndOneForTheHost()
    {
        // Host effects of 10, 20, 30, 40 are not to be known without a label; one label fixes them.
        var table = Table();
        var protocol = new AdaptationConfig { Name = "new", Labels = [0, 1, 4], TestRows = 4, Draws = 5, Thresholds = [1, 1e-9] };
        var evaluation = Evaluate(table, protocol, ("additive", new AdditiveOptions { ShrinkageMin = 1e-9, ShrinkageMax = 1e-6 }));

        double Mae(int k) => evaluation.Metrics.Single(m => m.Name == "mae" && m.Split == $"k={k}").Value;
        Assert.InRange(Mae(0), 5, 40);
        Assert.InRange(Mae(1), 0, 0.01);
        var needed = evaluation.Metrics.Single(m => m.Name == "labels_needed_for_1");
        Assert.Equal((1.0, 1.0, 1.0), (needed.Value, needed.CiLower, needed.CiUpper));
        Assert.Equal(double.PositiveInfinity, evaluation.Metrics.Single(m => m.Name.EndsWith("E-09", StringComparison.Ordinal)).Value);
        Assert.Equal(3 * 5, evaluation.Curve.Count);
        Assert.Equal(evaluation.Curve.Where(c => c.K == 0).Average(c => c.Mae), Mae(0), 10);
        Assert.All(evaluation.Scores, s => Assert.True(double.IsNaN(s.Coverage) && double.IsNaN(s.Width)));
    }

    [Fact]
    public void Evaluate_CheckpointsOfAnEarlierAttempt_AreTaken()
    {
        using var folder = new TemporaryFolder();
        var table = Table();
        var protocol = new AdaptationConfig { Name = "new", Labels = [0, 1], TestRows = 4, Draws = 2 };
        var first = Evaluate(table, protocol, ("mean", new MeanOptions()), new FitCheckpoints(folder.Path));

        // A model that would give other predictions finds all fits done.
        var second = Evaluate(table, protocol, ("group_mean", new GroupMeanOptions { Column = "dopant" }), new FitCheckpoints(folder.Path));

        Assert.Equal(first.Predictions.Select(p => p.YPred), second.Predictions.Select(p => p.YPred));
    }

    [Fact]
    public void Evaluate_CheckpointsOfOtherRows_AreNotTaken()
    {
        using var folder = new TemporaryFolder();
        var protocol = new AdaptationConfig { Name = "new", Labels = [0, 1], TestRows = 4, Draws = 2 };
        Evaluate(Table(), protocol, ("mean", new MeanOptions()), new FitCheckpoints(folder.Path));

        // As many fits of as many rows, and other ones.
        var other = protocol with { TestRows = 3 };
        var table = Table(["Sc", "Y", "La", "Fe"]);
        ModelEvaluation Again(DataTable of, AdaptationConfig by, bool resumed) => Evaluate(of, by, ("mean", new MeanOptions()), resumed ? new FitCheckpoints(folder.Path) : null);

        Assert.Equal(Again(Table(), other, false).Predictions.Select(p => p.YPred), Again(Table(), other, true).Predictions.Select(p => p.YPred));
        Assert.Equal(Again(table, protocol, false).Predictions.Select(p => p.YPred), Again(table, protocol, true).Predictions.Select(p => p.YPred));
    }

    [Fact]
    public void Resolve_PeriodOfTheDopant_LeavesWholePeriodsOut()
    {
        var protocol = new LeaveOneGroupOutConfig { Name = "period", Column = "host_period", MinTrainingRows = 2 };

        var splits = ProtocolResolver.Resolve([protocol], Table(), 2, Seeds, ".")[0].Splits;

        Assert.Equal(["period 4", "period 5", "period 6"], splits.Select(s => s.Name).Order());
        Assert.Equal(16, splits.Single(s => s.Name == "period 4").Test.Length);
    }

    [Fact]
    public void Resolve_GroupedFolds_KeepGroupsWhole()
    {
        var table = Table();
        var protocol = new KFoldConfig { Name = "folds", Folds = 3, Column = "host" };

        var resolved = ProtocolResolver.Resolve([protocol], table, 2, Seeds, ".")[0];

        Assert.Equal("grouped_k_fold", resolved.Type);
        Assert.Equal(Enumerable.Range(0, 32), resolved.Splits.SelectMany(s => s.Test).Order());
        Assert.All(resolved.Splits, s => Assert.Empty(s.Test.Select(r => table.TextColumns["host"][r]).Intersect(s.Train.Select(r => table.TextColumns["host"][r]))));
    }

    [Fact]
    public void Compare_ModelThatIsBetterOnEveryGroup_IsCalledBetter()
    {
        var table = Table();
        var protocol = new LeaveOneGroupOutConfig { Name = "dopants", Column = "dopant" };
        var splits = ProtocolResolver.Resolve([protocol], table, 2, Seeds, ".");
        var additive = Evaluate(table, protocol, ("group_mean", new GroupMeanOptions { Column = "host" }));
        var mean = Evaluate(table, protocol, ("mean", new MeanOptions()));

        var comparison = Assert.Single(new PairedComparison(splits, Seeds).Compare(additive, mean));

        Assert.Equal(ComparisonRecord.Better, comparison.Verdict);
        Assert.Equal((32, 8), (comparison.Rows, comparison.Clusters));
        Assert.InRange(comparison.Difference, comparison.Lower, comparison.Upper);
        Assert.Equal(additive.Scores[0].Mae - mean.Scores[0].Mae, comparison.Difference, 10);
        Assert.Equal(ComparisonRecord.Worse, Assert.Single(new PairedComparison(splits, Seeds).Compare(mean, additive)).Verdict);
        Assert.Equal(ComparisonRecord.Undecided, Assert.Single(new PairedComparison(splits, Seeds).Compare(mean, mean)).Verdict);
    }

    // Four hosts with the same sign come by chance once in eight times.
    [Fact]
    public void Compare_FewGroups_GiveNoVerdict()
    {
        var table = Table();
        var protocol = new LeaveOneGroupOutConfig { Name = "hosts", Column = "host" };
        var splits = ProtocolResolver.Resolve([protocol], table, 2, Seeds, ".");
        var better = Evaluate(table, protocol, ("group_mean", new GroupMeanOptions { Column = "dopant" }));
        var worse = Evaluate(table, protocol, ("mean", new MeanOptions()));

        var comparison = Assert.Single(new PairedComparison(splits, Seeds).Compare(better, worse));

        Assert.Equal(4, comparison.Clusters);
        Assert.Equal(ComparisonRecord.Undecided, comparison.Verdict);
    }

    // Seeds of a control differ, and its first one may be its best: the paired difference is that of the tables, which are means over seeds.
    [Fact]
    public void Compare_ModelWithSeveralSeeds_UsesAllOfThem()
    {
        var table = Table();
        var splits = ProtocolResolver.Resolve([new LeaveOneGroupOutConfig { Name = "dopants", Column = "dopant" }], table, 2, Seeds, ".");
        ModelEvaluation Network(int seeds)
        {
            var config = new PipelineConfig { Steps = [new("pair_descriptors", new PairDescriptorOptions()), new("mlp", new MlpOptions { HiddenSizes = [4], Epochs = 2 })] };
            var models = Enumerable.Range(0, seeds).Select(r => PipelineFactory.Create(config, StepRegistry.Default, table, Seeds, "mlp", r, null)).ToList();
            return new ModelEvaluator(table, new IntervalConfig { Folds = 2 }, Seeds, 1).Evaluate("mlp", models, splits, (_, _) => { }, CancellationToken.None);
        }

        var (one, three) = (Network(1), Network(3));
        var mean = Evaluate(table, new LeaveOneGroupOutConfig { Name = "dopants", Column = "dopant" }, ("mean", new MeanOptions()));
        double Difference(ModelEvaluation model) => Assert.Single(new PairedComparison(splits, Seeds).Compare(mean, model)).Difference;

        Assert.Equal(mean.Scores[0].Mae - three.Scores[0].Mae, Difference(three), 10);
        Assert.Equal(mean.Scores[0].Mae - one.Scores[0].Mae, Difference(one), 10);
        Assert.NotEqual(one.Scores[0].Mae, three.Scores[0].Mae, 6);
        Assert.Equal(one.Predictions.Select(p => p.YPred), three.Predictions.Select(p => p.YPred));
        Assert.All(one.Predictions, p => Assert.Null(p.SeedError));
    }

    [Fact]
    public void Judge_ControlThatIsAsGood_IsNotAYes()
    {
        ComparisonRecord Against(string other, double difference, string verdict) => new("p", 0, "t", "ft", other, difference, difference - 0.1, difference + 0.1, "eV", 10, 5, verdict);
        ComparisonRecord[] won = [Against("mean", -0.5, "better"), Against("ridge", -0.3, "better")];
        string Answer(params ComparisonRecord[] more) => Assert.Single(PairedComparison.Judge("ft", [.. won, .. more], new HashSet<string> { "random" })).Answer;

        Assert.Equal("yes", Answer());
        Assert.Equal("not shown", Answer(Against("random", -0.05, "no difference shown")));
        Assert.Equal("no", Answer(Against("random", 0.2, "worse")));
        Assert.Equal("no", Answer(Against("trees", 0.2, "worse")));
    }

    [Fact]
    public void External_FileOfTheSplits_IsScoredAndAFaultyOneIsRefused()
    {
        using var folder = new TemporaryFolder();
        var table = Table();
        var splits = ProtocolResolver.Resolve([new LeaveOneGroupOutConfig { Name = "hosts", Column = "host" }], table, 2, Seeds, ".");
        var file = Path.Combine(folder.Path, "theirs.csv");
        string[] lines = [.. splits[0].Splits.SelectMany(s => s.Test.Select(r => FormattableString.Invariant($"{table.RowIds[r]},{s.Name},e,{table.TargetValues[r][0] + 2}")))];
        File.WriteAllLines(file, ["row_id,split,target,y_pred", .. lines]);

        var (protocol, results) = Assert.Single(ExternalPredictions.Read(file, table, splits));
        var evaluation = new EvaluationSummary(table, Seeds).Summarize("theirs", [(protocol, [results])]);
        Assert.Equal(2, evaluation.Scores[0].Mae, 10);

        File.WriteAllLines(file, ["row_id,split,target,y_pred", .. lines[1..], "nobody,Ti,e,1", lines[1]]);
        var refusal = Assert.Throws<DataException>(() => ExternalPredictions.Read(file, table, splits));
        Assert.Contains("the table has no row nobody", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is there twice", refusal.Message, StringComparison.Ordinal);

        File.WriteAllLines(file, ["row_id,split,target,y_pred", string.Join(',', [.. lines[0].Split(',')[..3], "nan"]), .. lines[1..]]);
        Assert.Contains("y_pred is not a finite number", Assert.Throws<DataException>(() => ExternalPredictions.Read(file, table, splits)).Message, StringComparison.Ordinal);

        File.WriteAllLines(file, ["row_id,split,target,y_pred", .. lines[1..]]);
        Assert.Contains("is missing from split", Assert.Throws<DataException>(() => ExternalPredictions.Read(file, table, splits)).Message, StringComparison.Ordinal);
    }

    private static ModelEvaluation Evaluate(DataTable table, ProtocolConfig protocol, (string Type, object Options) step, FitCheckpoints? checkpoints = null)
    {
        var pipeline = new PipelineConfig { Steps = [new StepConfig(step.Type, step.Options)] };
        return new ModelEvaluator(table, new IntervalConfig(), Seeds, 2, checkpoints).Evaluate(
            step.Type,
            [PipelineFactory.Create(pipeline, StepRegistry.Default, table, Seeds, step.Type, 0, null)],
            ProtocolResolver.Resolve([protocol], table, 2, Seeds, "."),
            (_, _) => { },
            CancellationToken.None);
    }

    private static DataTable Table(string[]? hosts = null)
    {
        var pairs = (hosts ?? Hosts).Index().SelectMany(h => Dopants.Index().Select(d => (Host: h, Dopant: d))).ToList();
        return new("grid", [.. pairs.Select(p => $"{p.Host.Item}-{p.Dopant.Item}")])
        {
            TextColumns = new OrderedDictionary<string, string[]>
            {
                ["host"] = [.. pairs.Select(p => p.Host.Item)],
                ["dopant"] = [.. pairs.Select(p => p.Dopant.Item)],
            },
            NumberColumns = new OrderedDictionary<string, float[]>
            {
                ["n_atoms_1"] = [.. pairs.Select(_ => 12f)],
                ["n_atoms_2"] = [.. pairs.Select(_ => 1f)],
            },
            Targets = [new("e", "eV")],
            TargetValues = [.. pairs.Select(p => new[] { (10.0 * (p.Host.Index + 1)) + p.Dopant.Index })],
            GroupColumns = ["host", "dopant"],
            IsComposition = true,
        };
    }
}
