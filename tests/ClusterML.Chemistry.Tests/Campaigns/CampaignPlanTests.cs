using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Campaigns;

public class CampaignPlanTests
{
    private static readonly string[] Available = [.. GthElement.All.Select(e => e.Symbol)];

    [Fact]
    public void Make_FourHostsAndAllDopants_Gives228DistinctClusters()
    {
        var plan = Make(new());

        var clusters = plan.Where(p => p.System.Kind is SystemKind.X12TM or SystemKind.X13).Select(p => p.Name).ToArray();
        Assert.Equal(228, clusters.Length);
        Assert.Equal(clusters.Length, clusters.Distinct().Count());
        Assert.Equal(plan.Count, plan.Select(p => p.Name).Distinct().Count());
    }

    [Fact]
    public void Make_Lutetium_IsRefusedByName()
    {
        var e = Assert.Throws<ArgumentException>(() => Make(new() { Dopants = ["Pt", "Lu"] }));

        Assert.StartsWith("no basis set and pseudopotential for Lu; there are: Sc, Ti,", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_EveryPair_HasBothSitesNextToEachOther()
    {
        var plan = Make(new()).Where(p => p.System.Kind == SystemKind.X12TM).ToArray();

        Assert.All(plan.Chunk(2), pair => Assert.Equal(
            (pair[0].System.Host, pair[0].System.Dopant, Site.In, Site.Out),
            (pair[1].System.Host, pair[1].System.Dopant, pair[0].System.Site!.Value, pair[1].System.Site!.Value)));
    }

    [Fact]
    public void Make_FrozenHosts_ComeAfterTheClustersTheyAreCutOutOf()
    {
        var names = Make(new() { Hosts = ["Ti"], Dopants = ["Pt"] }).Select(p => (p.Name, p.After)).ToArray();

        Assert.Equal(
            [("Ti_atom", null), ("Ti13", null), ("Ti12_vac", null), ("Ti12_cage", null), ("Ti12_cubo", null), ("Pt_atom", null),
                ("Ti12Pt_in", null), ("Ti12Pt_out", null), ("Ti12Pt_in_frozen", "Ti12Pt_in"), ("Ti12Pt_out_frozen", "Ti12Pt_out")],
            names);
    }

    [Fact]
    public void Make_GeometryOfTheSameName_IsTheFirstGuess()
    {
        var known = StartingGeometry.X13(Chemistry.Elements.ElementTable.Default.Find("Fe")!);

        var plan = Make(new() { Hosts = ["Fe"], Dopants = ["Pt"] }, new Dictionary<string, Structure> { ["Fe12Pt_in"] = known });

        Assert.Same(known, plan.Single(p => p.Name == "Fe12Pt_in").Start);
    }

    [Theory]
    [InlineData("vac")]
    [InlineData("cage")]
    [InlineData("cubo")]
    [InlineData("deca")]
    public void X12_EveryVariant_HasTwelveAtomsThatAreApart(string variant)
    {
        var structure = StartingGeometry.X12(Chemistry.Elements.ElementTable.Default.Find("Zr")!, variant);

        Assert.Equal(12, structure.Count);
        for (var a = 0; a < 12; a++)
        {
            for (var b = 0; b < a; b++)
            {
                Assert.True(Distance(structure, a, b) > 2.5);
            }
        }
    }

    private static double Distance(Structure s, int a, int b) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(s.Position(a)[i] - s.Position(b)[i], 2)));

    private static IReadOnlyList<PlannedCalculation> Make(CampaignOptions options, IReadOnlyDictionary<string, Structure>? geometries = null) =>
        CampaignPlan.Make(options, Available, geometries ?? new Dictionary<string, Structure>());
}
