using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Evaluation;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Tests.Evaluation;

/// <summary>Scores of protocols that leave groups out, from results made by hand: intervals are over groups, whatever is repeated within them.</summary>
public sealed class ClusteredScoresTests
{
    private static readonly SeedStreams Seeds = new(3);

    private static readonly string[] Groups = ["a", "b", "c", "d"];

    // Group means 0, 1, 2, 3: of the 256 samples of four, 5 have a sum of at most 1 and 15 one of at most 2, so that the 2.5 % point is 2/4.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Summarize_GroupsLeftOut_HaveAnIntervalOverGroups(int rowsOfAGroup)
    {
        var table = Table(rowsOfAGroup);
        var splits = Groups.Select((g, i) => Result(new(g, [], Rows(i, rowsOfAGroup)) { Group = g }, i, _ => true)).ToList();
        var protocol = new ProtocolSplits("out", "leave_one_group_out", "group", null, [.. splits.Select(s => s.Split)]);

        var metrics = new EvaluationSummary(table, Seeds).Summarize("m", [(protocol, [splits])]).Metrics;

        var mae = metrics.Single(m => m.Name == "mae");
        Assert.Equal((1.5, 0.5, 2.5), (mae.Value, mae.CiLower, mae.CiUpper));

        // Four groups that are all covered are four successes, not eighty.
        var coverage = metrics.Single(m => m.Name == "coverage");
        Assert.Equal(Math.Pow(0.025, 0.25), coverage.CiLower!.Value, 6);
    }

    [Fact]
    public void Summarize_TwoGroups_HaveNoInterval()
    {
        var splits = Groups.Take(2).Select((g, i) => Result(new(g, [], Rows(i, 5)) { Group = g }, i, _ => true)).ToList();
        var protocol = new ProtocolSplits("out", "leave_one_group_out", "group", null, [.. splits.Select(s => s.Split)]);

        Assert.Null(new EvaluationSummary(Table(5), Seeds).Summarize("m", [(protocol, [splits])]).Metrics.Single(m => m.Name == "mae").CiLower);
    }

    [Fact]
    public void Summarize_GroupsOfFolds_AreDrawnWhole()
    {
        // Two folds of two groups each.
        var splits = Enumerable.Range(0, 2).Select(f => Result(new($"fold {f}", [], [.. Rows(2 * f, 6), .. Rows((2 * f) + 1, 6)]), row => row / 6, _ => true)).ToList();
        var protocol = new ProtocolSplits("folds", "grouped_k_fold", "group", null, [.. splits.Select(s => s.Split)]);

        var mae = new EvaluationSummary(Table(6), Seeds).Summarize("m", [(protocol, [splits])]).Metrics.Single(m => m.Name == "mae");

        Assert.Equal((1.5, 0.5, 2.5), (mae.Value, mae.CiLower, mae.CiUpper));
    }

    // The curve falls from 3 to 1 because d, with an error of 9, has no rows for four labels: nothing was learned.
    [Fact]
    public void LabelsNeeded_AreReadFromGroupsThatHaveEveryNumberOfLabels()
    {
        int[] ks = [0, 4];
        var splits = ks.SelectMany(k => Groups.Index().Where(g => k == 0 || g.Item != "d").Select(g =>
            Result(new($"{g.Item} k={k}", [], Rows(g.Index, 4)) { Group = g.Item, K = k }, _ => g.Item == "d" ? 9 : 1, _ => true))).ToList();
        var protocol = new ProtocolSplits("new", "adaptation", "group", null, [.. splits.Select(s => s.Split)]) { Thresholds = [1] };

        var metrics = new EvaluationSummary(Table(4), Seeds).Summarize("m", [(protocol, [splits])]).Metrics;

        var needed = metrics.Single(m => m.Name == "labels_needed_for_1");
        Assert.Equal((0.0, 3, 0.0, 0.0), (needed.Value, needed.N, needed.CiLower, needed.CiUpper));
        Assert.Equal([(3.0, 4), (1.0, 3)], metrics.Where(m => m.Name == "mae").Select(m => (m.Value, m.N)));
    }

    [Fact]
    public void Intervals_OfACurve_HaveAPoolForEachNumberOfLabelsAndDrawsAddNothing()
    {
        int[] ks = [0, 4];

        // Without labels group d is missed, with four all are covered.
        List<SplitResult> Of(int draws) =>
        [
            .. ks.SelectMany(k => Enumerable.Range(0, draws).SelectMany(draw => Groups.Select((g, i) =>
                Result(new($"{g} {draw} k={k}", [], Rows(i, 6)) { Group = g, K = k, Draw = draw }, i, _ => k == 4 || g != "d")))),
        ];
        var (once, often) = (Of(1), Of(30));
        ProtocolSplits Protocol(List<SplitResult> of) => new("new", "adaptation", "group", null, [.. of.Select(s => s.Split)]);

        var records = IntervalSummary.Of("m", Protocol(often), often, Table(6)).ToList();
        var ledger = IntervalSummary.Ledger("m", Protocol(often), often, Seeds).ToList();

        Assert.Equal(["k=0", "k=4"], records.Select(r => r.Split));
        Assert.Equal(["k=0", "k=4"], ledger.Select(r => r.Split));
        Assert.Equal([0.75, 1.0], records.Select(r => r.Coverage));
        Assert.Equal(IntervalSummary.Of("m", Protocol(once), once, Table(6)).Select(r => (r.CoverageLower, r.CoverageUpper)), records.Select(r => (r.CoverageLower, r.CoverageUpper)));
        Assert.InRange(records[0].CoverageLower, 0.0, 0.3);
        Assert.Contains("training holds 4 rows of one group after the other", ledger[1].Statement, StringComparison.Ordinal);
    }

    private static int[] Rows(int group, int count) => [.. Enumerable.Range(group * count, count)];

    private static SplitResult Result(EvaluationSplit split, int error, Func<int, bool> covered) => Result(split, _ => error, covered);

    private static SplitResult Result(EvaluationSplit split, Func<int, int> error, Func<int, bool> covered)
    {
        double[][] Each(Func<int, double> value) => [.. split.Test.Select(row => new[] { value(row) })];
        return new(split, Each(_ => 0), Each(row => error(row)), Each(_ => double.NegativeInfinity), Each(row => covered(row) ? 10 : -1), 0)
        {
            Method = "split",
            Alphas = [0.1],
            Guarantees = [new() { Method = IntervalMethod.Split, Alpha = 0.1, N = 9, TheoremBound = 0.9 }],
        };
    }

    private static DataTable Table(int rowsOfAGroup) => new("groups", [.. Enumerable.Range(0, Groups.Length * rowsOfAGroup).Select(i => $"r{i}")])
    {
        TextColumns = new OrderedDictionary<string, string[]> { ["group"] = [.. Groups.SelectMany(g => Enumerable.Repeat(g, rowsOfAGroup))] },
        GroupColumns = ["group"],
        Targets = [new("y", "eV")],
        TargetValues = [.. Enumerable.Range(0, Groups.Length * rowsOfAGroup).Select(_ => new[] { 0.0 })],
    };
}
