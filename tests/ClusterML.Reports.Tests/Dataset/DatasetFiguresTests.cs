using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics.Bulk;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Reports.Dataset;

namespace ClusterML.Reports.Tests.Dataset;

public sealed class DatasetFiguresTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-figures-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_FullDataset_DrawsEveryFigureWithItsNumbers()
    {
        var table = Synthetic();
        var index = DatasetFigures.Write(new("synthetic", table, Bulk()), folder);
        Assert.Equal(DatasetFigures.Ids, index.Figures.Select(f => f.Id));
        Assert.All(index.Figures, f => Assert.True(f.Measured));

        // 3 hosts of 30 dopants at two sites and 4 quantities; 4 hosts of 30 pairs; 33 modes each.
        Assert.Equal(3 * 30 * 2 * 4, index.Figures.Single(f => f.Id == "fig2").Count);
        Assert.Equal(4 * 30, index.Figures.Single(f => f.Id == "fig3").Count);
        Assert.Equal(3 * 30 * 2 * 33, index.Figures.Single(f => f.Id == "s10").Count);
        Assert.Equal(30 * 2 * 4, index.Figures.Single(f => f.Id == "s12").Count);

        var fig2 = Csv("fig2.csv");
        Assert.Equal(["host", "dopant", "z", "site", "e_b", "e_b_u", "e_int", "de_dist"], fig2[0]);
        Assert.Equal(1 + (3 * 30 * 2), fig2.Length);
        foreach (var row in fig2.Skip(1))
        {
            var site = table.Sites.Single(s => s.Host.Symbol == row[0] && s.Dopant.Symbol == row[1] && s.Site == (row[3] == "in" ? Site.In : Site.Out));
            Assert.Equal(site.Dopant.AtomicNumber.ToString(CultureInfo.InvariantCulture), row[2]);
            Assert.Equal([site.Binding, site.HostBinding, site.Interaction, site.Distortion], row.Skip(4).Select(Number), (a, b) => Math.Abs(a - b) < 1e-6);
        }

        var pair = Csv("fig3.csv").Single(r => r[0] == "Zr" && r[1] == "Pt");
        Assert.Equal(table.Sites.First(s => s.Name == "Zr12Pt_in").SitePreference, Number(pair[3]), 6);
        Assert.Equal(Number(pair[3]) < 0 ? "in" : "out", pair[4]);
    }

    [Fact]
    public void Write_Drawings_AreValidAndComplete()
    {
        DatasetFigures.Write(new("synthetic", Synthetic(), Bulk()), folder);
        foreach (var id in DatasetFigures.Ids)
        {
            var svg = XDocument.Load(Path.Combine(folder, $"{id}.svg"));
            Assert.Equal("svg", svg.Root!.Name.LocalName);
            var texts = string.Join('\n', svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
            Assert.Contains("Hg", texts, StringComparison.Ordinal);
            Assert.DoesNotContain("not measured", texts, StringComparison.Ordinal);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(Path.Combine(folder, $"{id}.png")).Take(4).Select(b => (int)b));
        }

        var page = File.ReadAllText(Path.Combine(folder, DatasetFigures.PageFile));
        Assert.Equal(DatasetFigures.Ids.Count, page.Split("<svg ").Length - 1);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingMeasured_SaysSoEverywhere()
    {
        var index = DatasetFigures.Write(new("empty", new([], "", [], []), BulkComparison.Of([], [], new([]), _ => double.NaN)), folder, new() { Png = false });
        Assert.All(index.Figures, f => Assert.False(f.Measured));
        Assert.All(index.Figures.Where(f => f.Id != "s1"), f => Assert.StartsWith("Not measured.", f.Caption, StringComparison.Ordinal));
        Assert.Contains("Computed values: not measured", index.Figures.Single(f => f.Id == "s1").Caption, StringComparison.Ordinal);
        Assert.All(index.Trends, t => Assert.Equal(TrendVerdict.NotMeasured, t.Verdict));
        Assert.Empty(Directory.EnumerateFiles(folder, "*.png"));
        Assert.Contains("not measured", File.ReadAllText(Path.Combine(folder, "fig2.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PartOfTheQuantities_CountsThem()
    {
        var table = Synthetic();
        var some = table with { Sites = [.. table.Sites.Select(s => s with { Interaction = double.NaN, Distortion = double.NaN, Fault = s.Dopant.Symbol == "Au" ? "not relaxed" : null })] };
        var caption = DatasetFigures.Write(new("part", some, Bulk()), folder, new() { Only = ["fig2"], Png = false }).Figures.Single().Caption;
        Assert.Contains("n = E_b: 87 in, 87 out; E_b^u: 87 in, 87 out; E_int: 0 in, 0 out", caption, StringComparison.Ordinal);
        Assert.Contains("Not measured: E_int, dE_dist.", caption, StringComparison.Ordinal);
        Assert.Contains("8 sites are not shown", caption, StringComparison.Ordinal);
        Assert.DoesNotContain(Csv("fig2.csv"), r => r[1] == "Au");
        Assert.True(File.Exists(Path.Combine(folder, "fig2.svg")));
        Assert.False(File.Exists(Path.Combine(folder, "fig3.svg")));
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        var input = new DatasetFigureInput("synthetic", Synthetic(), Bulk());
        DatasetFigures.Write(input, Path.Combine(folder, "a"), new() { Only = ["fig3", "s1"] });
        DatasetFigures.Write(input, Path.Combine(folder, "b"), new() { Only = ["fig3", "s1"] });
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "a")).Select(Path.GetFileName))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "a", file!)), File.ReadAllBytes(Path.Combine(folder, "b", file!)));
        }
    }

    [Fact]
    public void Write_Index_IsJsonWithUnitsAndTrends()
    {
        DatasetFigures.Write(new("synthetic", Synthetic(), Bulk()), folder, new() { Only = ["s1", "fig4"], Png = false });
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, DatasetFigures.IndexFile)));
        var root = json.RootElement;
        Assert.Equal("clusterml/figures@1", root.GetProperty("schema").GetString());
        Assert.Equal(["fig4", "s1"], root.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("id").GetString()));
        Assert.Equal("Angstrom", root.GetProperty("figures")[0].GetProperty("columns")[4].GetProperty("unit").GetString());
        Assert.Contains(root.GetProperty("trends").EnumerateArray(), t => t.GetProperty("name").GetString() == "binding_parabola" && t.GetProperty("verdict").GetString() == "supported");
        Assert.Contains("MAE 0.10 eV/atom", root.GetProperty("figures")[1].GetProperty("caption").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UnknownFigure_NamesThoseThatThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => DatasetFigures.Write(new("x", Synthetic(), Bulk()), folder, new() { Only = ["fig9"] }));
        Assert.Contains("no figure fig9; there are fig2, fig3", error.Message, StringComparison.Ordinal);
    }

    private string[][] Csv(string name) => [.. File.ReadAllLines(Path.Combine(folder, name)).Select(l => l.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static BulkComparison Bulk() => BulkComparison.Of(
        TransitionSeries.All.SelectMany(s => s.Elements),
        [.. TransitionSeries.All.SelectMany(s => s.Elements).Select(e => new BulkCrystal("bulk.csv", e, "fcc", -100 - e.CohesiveEnergy - 0.1, 1.4, -100, null))],
        new([]),
        _ => 1.38);

    /// <summary>Four hosts, thirty dopants, both sites, everything measured; numbers of no special meaning that satisfy equation 5.</summary>
    private static SiteTable Synthetic()
    {
        var sites = new List<SiteProperties>();
        foreach (var (host, own) in new[] { ("Ti", -3.6), ("Zr", -4.3), ("Hf", -4.5), ("Fe", -3.1) })
        {
            foreach (var dopant in TransitionSeries.All.SelectMany(s => s.Elements))
            {
                var middle = 1 - Math.Pow((TransitionSeries.Of(dopant)!.Group(dopant) - 8) / 5.0, 2);
                double Interaction(Site site) => -4 - (5 * middle) - (site == Site.In ? (2 * middle) - 0.8 : 0);
                double Distortion(Site site) => site == Site.In ? 0.08 : 0.11;
                double Binding(Site site) => ((12 * own) + Interaction(site) + (12 * Distortion(site))) / 13;
                foreach (var site in new[] { Site.In, Site.Out })
                {
                    sites.Add(new()
                    {
                        Host = ElementTable.Default.Find(host)!,
                        Dopant = dopant,
                        Site = site,
                        Source = "synthetic",
                        Binding = Binding(site),
                        HostBinding = own,
                        Interaction = Interaction(site),
                        Distortion = Distortion(site),
                        Formation = Interaction(site) + (12 * Distortion(site)),
                        SitePreference = 13 * (Binding(Site.In) - Binding(Site.Out)),
                        BondLength = site == Site.In ? 2.7 : 2.76,
                        Ecn = site == Site.In ? 6.39 : 6.3,
                        DopantEcn = site == Site.In ? 12 : 5.9,
                        DBandCentre = site == Site.In ? -2.5 : -2.2,
                        Gap = site == Site.In ? 0.2 : 0.1,
                        Frequencies = [.. Enumerable.Range(1, 33).Select(i => (9.0 * i) + (site == Site.In ? 0 : 4))],
                    });
                }
            }
        }

        return new(sites, "a method", [], []);
    }
}
