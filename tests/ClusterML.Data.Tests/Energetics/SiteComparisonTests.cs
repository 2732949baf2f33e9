using System.Globalization;
using ClusterML.Data.Energetics;

namespace ClusterML.Data.Tests.Energetics;

public sealed class SiteComparisonTests : IDisposable
{
    private static readonly Dictionary<string, string> Renamed = new() { ["host"] = "symbol", ["e_b"] = "eb", ["d_av"] = "bond" };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_RowsWithoutDopant_AreComparedWithX13_QuantityByQuantity()
    {
        var comparison = Compare(
            ["host,dopant,site,e_b,d_av", "Ti,Ti,in,-3.75,2.72", "Zr,Zr,in,-4.50,2.99", "Ti,Pt,in,-9,2"],
            ["symbol,eb,bond", "Ti,-3.71,2.70", "Zr,-4.73,", "Nb,-4.9,2.76"]);
        Assert.Equal(["Ti e_b", "Ti d_av", "Zr e_b"], comparison.Pairs.Select(p => $"{p.Host} {p.Column.Name}"));
        Assert.Equal([-0.04, 0.02, 0.23], comparison.Pairs.Select(p => Math.Round(p.Difference, 10)));

        var binding = comparison.Summaries.Single(s => s.Column.Name == "e_b");
        Assert.Equal((2, 0.095, 0.135, 0.135, "Zr"), (
            binding.Count, Math.Round(binding.MeanDifference, 10), Math.Round(binding.MeanAbsoluteDifference, 10), Math.Round(binding.MedianAbsoluteDifference, 10), binding.Largest.Host.Symbol));
    }

    [Fact]
    public void Of_SiteWithAFault_HasNoSay() => Assert.Empty(Compare(
        ["host,dopant,site,e_b,fault", "Ti,Ti,in,-3.75,not relaxed"], ["symbol,eb,bond", "Ti,-3.71,2.70"]).Pairs);

    [Fact]
    public void Of_DopantAndSite_MatchBoth()
    {
        var published = folder.Write("published.csv", "host,dopant,site,gap\nTi,Pt,out,0.5\nTi,Pt,in,0.25\n");
        var ours = folder.Write("sites.csv", "host,dopant,site,gap\nTi,Pt,in,0.5\nTi,Pt,out,0.125\n");
        var comparison = SiteComparison.Of(SiteTableFile.Read(ours), PublishedSites.Read(published, new Dictionary<string, string>()));
        Assert.Equal([-0.375, 0.25], comparison.Pairs.Select(p => p.Difference));

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        comparison.Write(text);
        Assert.Equal(
            "host,dopant,site,quantity,unit,ours,published,difference\nTi,Pt,out,gap,eV,0.1250,0.5000,-0.3750\nTi,Pt,in,gap,eV,0.5000,0.2500,0.2500\n", text.ToString());
    }

    [Fact]
    public void Read_EverythingWrong_IsNamedAtOnce()
    {
        var problems = Assert.Throws<DataException>(() => PublishedSites.Read(
            folder.Write("published.csv", "symbol,eb,site\nXx,-3.7,in\nTi,many,middle\n"), new Dictionary<string, string> { ["host"] = "symbol", ["e_b"] = "eb" })).Problems;
        Assert.Equal([(2, 1), (3, 2), (3, 3)], problems.Select(p => (p.Line, p.Column)));
    }

    [Fact]
    public void Read_NameThatIsNotThere_SaysWhatIs() => Assert.Contains("the file has symbol, eb", Assert.Throws<DataException>(() => PublishedSites.Read(
        folder.Write("published.csv", "symbol,eb\nTi,-3.7\n"), Renamed)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SiteTwice_IsRefusedWithBothLines()
    {
        var problem = Assert.Single(Assert.Throws<DataException>(() => PublishedSites.Read(folder.Write("published.csv", "symbol,eb,bond\nTi,-3.7,\nZr,-3.9,\nTi,-3.8,\n"), Renamed)).Problems);
        Assert.Equal((4, "this site was published in line 2 already; keep one of the two"), (problem.Line, problem.Message));
    }

    private SiteComparison Compare(string[] ours, string[] published) => SiteComparison.Of(
        SiteTableFile.Read(folder.Write("sites.csv", string.Join('\n', ours) + "\n")),
        PublishedSites.Read(folder.Write("published.csv", string.Join('\n', published) + "\n"), Renamed));
}
