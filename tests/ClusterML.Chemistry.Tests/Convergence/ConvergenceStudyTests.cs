using ClusterML.Chemistry.Convergence;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Convergence;

public sealed class ConvergenceStudyTests
{
    [Fact]
    public void Of_AnySet_FollowsTheDefinition() => Gen.Select(Gen.Double[-1, 1].Array[2, 9], Gen.Double[0.01, 1.5]).Sample((values, tolerance) =>
    {
        var study = ConvergenceStudy.Of(Set("box", values), new(new Dictionary<string, double> { ["E"] = tolerance }));
        var verdict = Assert.Single(study.Verdicts);

        // The definition, read forwards: the first index from which on all are within the tolerance of the last.
        var first = Enumerable.Range(0, values.Length).First(i => values.Skip(i).All(v => Math.Abs(v - values[^1]) <= tolerance * (1 + 1e-9)));
        Assert.Equal(first == values.Length - 1 ? null : first + 1.0, verdict.ConvergedAt);
        Assert.Equal(verdict.ConvergedAt, study.ConvergedAt);
    });

    [Fact]
    public void Of_OrderOfPoints_DoesNotMatter()
    {
        var points = new[] { 1.0, 1.2, 1.21, 1.205 }.Select((v, i) => Point(i + 1, v)).ToArray();
        var verdict = ConvergenceStudy.Of(new(ConvergenceParameter.Find("box")!, [.. points.Reverse()])).Verdicts[0];
        Assert.Equal(2.0, verdict.ConvergedAt);
        Assert.Equal(2, verdict.ConfirmedBy);
        Assert.Equal(0.005, verdict.LargestDeviation, 9);
    }

    [Fact]
    public void Of_SmallestIsFinest_GoesToTheSmallestMagnitude()
    {
        var set = new ConvergenceSet(ConvergenceParameter.Find("ediffg")!, [Point(-0.01, 1.0), Point(-0.1, 2.0), Point(-0.02, 1.001)]);
        Assert.Equal([-0.1, -0.02, -0.01], set.Points.Select(p => p.Value));
        Assert.Equal(-0.02, ConvergenceStudy.Of(set).ConvergedAt);
    }

    [Fact]
    public void Of_UnknownQuantityWithoutTolerance_IsNotJudged()
    {
        var set = new ConvergenceSet(ConvergenceParameter.Find("box")!, [Point(1, 1.0, "q"), Point(2, 5.0, "q")]);
        var study = ConvergenceStudy.Of(set);
        Assert.False(study.Verdicts[0].IsJudged);
        Assert.Equal("not judged", study.Text);
        Assert.Null(study.ConvergedAt);
    }

    [Fact]
    public void Of_MissingFinestValue_ComparesWithTheFinestThatThereIs()
    {
        var verdict = ConvergenceStudy.Of(Set("box", [1.0, 1.001, double.NaN])).Verdicts[0];
        Assert.Equal(2.0, verdict.Finest);
        Assert.Equal(1.0, verdict.ConvergedAt);
    }

    [Fact]
    public void Of_DeviationOfExactlyTheTolerance_IsWithinIt() =>
        Assert.Equal(1.0, ConvergenceStudy.Of(Set("box", [-12.4371, -12.4271])).ConvergedAt);

    [Fact]
    public void Of_ValueThatLeavesAgain_StartsAfterIt() =>
        Assert.Equal(4.0, ConvergenceStudy.Of(Set("box", [1.0, 1.0, 2.0, 1.0, 1.0])).ConvergedAt);

    [Fact]
    public void Set_ValueTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ConvergenceSet(ConvergenceParameter.Find("box")!, [Point(1, 1), Point(1, 2)]));

    private static ConvergenceSet Set(string parameter, double[] values) =>
        new(ConvergenceParameter.Find(parameter)!, values.Select((v, i) => Point(i + 1, v)));

    private static ConvergencePoint Point(double value, double quantity, string name = "E") =>
        new(value, FormattableString.Invariant($"point {value}"), new Dictionary<string, double> { [name] = quantity });
}
