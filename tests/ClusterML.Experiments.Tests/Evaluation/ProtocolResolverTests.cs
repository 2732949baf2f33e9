using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;

namespace ClusterML.Experiments.Tests.Evaluation;

public sealed class ProtocolResolverTests
{
    private static readonly HoldOutFractionConfig Fe = new() { Name = "fe", Value = "Fe" };

    [Fact]
    public void Resolve_FewerPairsThanTheProtocolNeeds_SaysHowManyOfHowMany()
    {
        var protocol = Assert.Single(Resolve(Grid(["Ti", "Zr", "Hf"], 12, ("Fe", 3)), Fe));

        Assert.Equal("3 of 12 Fe pairs", protocol.Reason);
        Assert.Empty(protocol.Splits);
    }

    // The paper: 30 Fe rows; x = 1 trains on none, x = 0.95 on two, x = 0.65 on ten, x = 0 on all; 20 to 30 test rows.
    [Fact]
    public void Resolve_PaperSizes_GiveThePapersCounts()
    {
        var protocol = Assert.Single(Resolve(Grid(["Ti", "Zr", "Hf"], 30, ("Fe", 30)), Fe));

        Assert.Equal(21, protocol.Splits.Count);
        var byFraction = protocol.Splits.ToDictionary(s => s.Fraction);
        Assert.Equal([0, 2, 10, 30], new[] { 1.0, 0.95, 0.65, 0.0 }.Select(x => byFraction[x].K));
        Assert.Equal([30, 28, 20, 20], new[] { 1.0, 0.95, 0.65, 0.0 }.Select(x => byFraction[x].Test.Length));
        Assert.All(protocol.Splits, s => Assert.Equal(120, s.Train.Union(s.Test).Count()));
        Assert.All(protocol.Splits, s => Assert.Empty(s.Train.Intersect(s.Test)));
    }

    [Fact]
    public void Resolve_LeaveOneGroupOut_TestsEveryRowOnce()
    {
        var table = Grid(["Ti", "Zr", "Hf"], 10);
        var protocol = Assert.Single(Resolve(table, new LeaveOneGroupOutConfig { Name = "hosts", Column = "host" }));

        Assert.Equal(["Hf", "Ti", "Zr"], protocol.Splits.Select(s => s.Name));
        Assert.Equal(Enumerable.Range(0, 30), protocol.Splits.SelectMany(s => s.Test).Order());
    }

    [Fact]
    public void Resolve_LeftOutGroupLeavesTooFewRows_IsNotMeasured()
    {
        var protocol = Assert.Single(Resolve(Grid(["Ti", "Zr"], 6), new LeaveOneGroupOutConfig { Name = "hosts", Column = "host" }));

        Assert.Equal("6 of 10 training rows when one host is left out", protocol.Reason);
    }

    [Theory]
    [InlineData(100, 4, "36 rows are too few for 100 folds")]
    [InlineData(2, 20, "18 of 20 training rows with 2 folds")]
    public void Resolve_MoreFoldsThanTheRowsAllow_SaysWhatIsShort(int folds, int fewest, string reason) => Assert.Equal(
        reason,
        Assert.Single(ProtocolResolver.Resolve([new KFoldConfig { Name = "random", Folds = folds }], Grid(["Ti", "Zr"], 18), fewest, new SeedStreams(0), "")).Reason);

    [Fact]
    public void Resolve_AnotherSeed_DrawsOtherSplits()
    {
        var table = Grid(["Ti", "Zr", "Hf"], 10);
        var folds = new KFoldConfig { Name = "random", Folds = 5 };

        int[] First(int seed) => ProtocolResolver.Resolve([folds], table, 5, new SeedStreams(seed), "")[0].Splits[0].Test;

        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }

    private static IReadOnlyList<ProtocolSplits> Resolve(DataTable table, ProtocolConfig protocol) =>
        ProtocolResolver.Resolve([protocol], table, 5, new SeedStreams(42), "");

    private static DataTable Grid(string[] hosts, int dopants, (string Host, int Dopants)? extra = null)
    {
        var pairs = hosts.SelectMany(h => Enumerable.Range(0, dopants).Select(d => (Host: h, Dopant: $"D{d}")))
            .Concat(extra is { } e ? Enumerable.Range(0, e.Dopants).Select(d => (e.Host, Dopant: $"D{d}")) : [])
            .ToList();
        return new DataTable("grid", [.. pairs.Select(p => p.Host + p.Dopant)])
        {
            IsComposition = true,
            TextColumns = new OrderedDictionary<string, string[]>
            {
                ["host"] = [.. pairs.Select(p => p.Host)],
                ["dopant"] = [.. pairs.Select(p => p.Dopant)],
            },
        };
    }
}
