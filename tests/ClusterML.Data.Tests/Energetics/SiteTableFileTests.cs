using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Energetics;

namespace ClusterML.Data.Tests.Energetics;

public sealed class SiteTableFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_EveryColumn_IsTaken()
    {
        var site = Assert.Single(Read(
            "host,dopant,site,e_b,e_b_u,e_int,de_dist,e_form,de_tot,d_av,ecn,ecn_dopant,d_centre,gap,frequencies,fault,method",
            "Ti,Pt,in,-3.6077,-3.2000,-9.1000,0.0500,-8.5,-0.4,2.70,6.39,12.0,-2.5,0.12,-12.5 40 300.25,,PBE").Sites);
        Assert.Equal("Ti12Pt_in", site.Name);
        Assert.Equal(
            [-3.6077, -3.2, -9.1, 0.05, -8.5, -0.4, 2.7, 6.39, 12.0, -2.5, 0.12],
            SiteColumn.All.Select(c => c.Of(site)));
        Assert.Equal([-12.5, 40, 300.25], site.Frequencies);
        Assert.True(site.IsUsable);
    }

    [Fact]
    public void Read_PartsThatDoNotAddUp_AreRefusedWithBothNumbers()
    {
        // (12 * -3.20 - 9.10 + 12 * 0.05) / 13 = -3.6077; the second row states another E_b.
        var table = Read("host,dopant,site,e_b,e_b_u,e_int,de_dist", "Ti,Pt,in,-3.6077,-3.200,-9.100,0.050", "Ti,Pt,out,-3.7000,-3.200,-9.100,0.050");
        Assert.Equal(["Ti12Pt_in"], table.Sites.Select(s => s.Name));
        var left = Assert.Single(table.LeftOut);
        Assert.EndsWith("sites.csv:3", left.Source, StringComparison.Ordinal);
        Assert.Equal(
            "Ti12Pt_out: refused, equation 1 gives E_b = -3.700000 +- 0.00005 eV/atom, equation 5 gives -3.607692 +- 0.0009615 eV/atom: they differ by 0.092308, the stated precision explains 0.001012",
            left.Reason);
    }

    [Fact]
    public void Read_StatedTolerance_Widens() => Assert.Empty(Read(
        "host,dopant,site,e_b,e_b_u,e_int,de_dist", "Ti,Pt,out,-3.70 +- 0.1,-3.200,-9.100,0.050").LeftOut);

    [Fact]
    public void Read_TotalsThatContradictTheParts_AreRefused()
    {
        var table = Read(
            "host,dopant,site,e_total,e_host_atom,e_dopant_atom,e_b_u,e_int,de_dist",
            "Ti,Pt,in,-46.90,0.00,0.00,-3.200,-9.100,0.050",
            "Ti,Pt,out,-48.90,0.00,0.00,-3.200,-9.100,0.050");
        Assert.Equal(["Ti12Pt_in"], table.Sites.Select(s => s.Name));
        Assert.Contains("equation 1 gives E_b = -3.761538", Assert.Single(table.LeftOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoMethods_KeepsTheMostFrequent_AndNamesBoth()
    {
        var table = Read("host,dopant,site,e_b,method", "Ti,Pt,in,-3.6,PBE", "Ti,Pt,out,-3.5,PBE", "Ti,Au,in,-3.1,RPBE");
        Assert.Equal("PBE", table.Method);
        Assert.Equal("Ti12Au_in: another method (RPBE) than that of the table (PBE)", Assert.Single(table.LeftOut).Reason);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameTable()
    {
        var table = Read(
            "host,dopant,site,e_b,e_b_u,e_int,de_dist,gap,frequencies,fault,method", "Ti,Pt,in,-3.607692,-3.2,-9.1,0.05,0.12,40 50.5,,\"PBE, 300 Ry\"", "Ti,Pt,out,-3.5,,,,,,not relaxed,\"PBE, 300 Ry\"");
        using var writer = new StringWriter();
        SiteTableFile.Write(writer, table);
        var again = SiteTableFile.Read(folder.Write("again.csv", writer.ToString()));
        Assert.Empty(again.LeftOut);
        Assert.Equal(table.Method, again.Method);
        Assert.Equal(["", "not relaxed"], again.Sites.Select(s => s.Fault ?? ""));
        foreach (var (before, after) in table.Sites.Zip(again.Sites))
        {
            Assert.Equal(SiteColumn.All.Select(c => c.Of(before)), SiteColumn.All.Select(c => c.Of(after)));
            Assert.Equal(before.Frequencies, after.Frequencies);
        }
    }

    [Fact]
    public void Read_BadInput_NamesEveryProblem() => Assert.Equal(
        """
        sites.csv:2:1: host "Xx" is not an element (did you mean Xe?)
        sites.csv:2:3: site "inside" is neither in nor out
        sites.csv:3:4: e_b "low" is not a number
        sites.csv:4:3: the site Ti12Pt_in is already in sites.csv:3
        sites.csv:4:5: "fast" is not a frequency; give numbers in 1/cm separated by blanks, imaginary ones negative
        """,
        folder.Problems(() => Read("host,dopant,site,e_b,frequencies", "Xx,Pt,inside,-3,", "Ti,Pt,in,low,", "Ti,Pt,in,-3,10 fast")),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void ReadComponents_WithoutParts_SaysSo() =>
        Assert.Equal("parts.csv: no row has e_b_u, e_int and de_dist", folder.Problems(() => SiteTableFile.ReadComponents(folder.Write("parts.csv", "host,dopant,site,e_b\nTi,Pt,in,-3\n"))));

    [Fact]
    public void Load_FolderOfCalculations_TakesComponents()
    {
        var campaign = Path.Combine(ClusterML.Tests.Published.Repository, "data", "x12tm", "pilot");
        var plain = SiteDataset.Load(campaign, new() { MaxForce = 0.08 });
        Assert.Equal("x12tm-pilot", plain.Name);

        // The dataset grows, and no calculation leaves it: 29 clusters when this was written, 228 when it is complete.
        Assert.InRange(plain.Sites.Usable.DistinctBy(s => (s.Host, s.Dopant, s.IsX13 ? Chemistry.Calculations.Site.In : s.Site)).Count(s => double.IsFinite(s.Binding)), 29, 228);

        var row = plain.Sites.Sites.Single(s => s.Name == "Zr12Pt_in");
        var (strain, interaction) = (0.05, (13 * row.Binding) - (12 * row.HostBinding) - (12 * 0.05));
        string Parts(double error) => FormattableString.Invariant($"host,dopant,site,e_b_u,e_int,de_dist\nZr,Pt,in,{row.HostBinding:F4},{interaction + error:F4},{strain:F4}\n");
        var with = SiteDataset.Load(campaign, new() { MaxForce = 0.08 }, folder.Write("parts.csv", Parts(0.0)));
        Assert.Equal(interaction, with.Sites.Sites.Single(s => s.Name == "Zr12Pt_in").Interaction, 1e-4);
        var refused = SiteDataset.Load(campaign, new() { MaxForce = 0.08 }, folder.Write("wrong.csv", Parts(0.5)));
        Assert.True(double.IsNaN(refused.Sites.Sites.Single(s => s.Name == "Zr12Pt_in").Interaction));
        Assert.Contains(refused.Sites.LeftOut, l => l.Source.EndsWith("wrong.csv:2", StringComparison.Ordinal) && l.Reason.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_WhatIsNoDataset_SaysWhatWouldBe()
    {
        Assert.StartsWith("none: no such folder", folder.Problems(() => SiteDataset.Load(Path.Combine(folder.Path, "none"))), StringComparison.Ordinal);
        Assert.StartsWith("t.csv:1: not a table of sites", folder.Problems(() => SiteDataset.Load(folder.Write("t.csv", "a,b\n1,2\n"))), StringComparison.Ordinal);
        Assert.Contains("the folder holds no calculation", folder.Problems(() => SiteDataset.Load(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_ReadsEveryForm_AndReportsProblems()
    {
        var crystals = BulkFile.Read(folder.Write("bulk.csv", "element,structure,e_bulk,volume,nearest_neighbour,e_atom\nPt,fcc,-206,16,,-200\nTi,hcp,-105,,2.9,\n"));
        Assert.Equal(Math.Sqrt(2), crystals[0].Radius, 9);
        Assert.Equal(1.45, crystals[1].Radius);
        Assert.True(double.IsNaN(crystals[1].FreeAtom));
        Assert.Equal(
            """
            bad.csv:2:1: element "Xx" is not an element (did you mean Xe?)
            bad.csv:2:4: volume must be above 0
            bad.csv:3:5: the volume of A15 does not follow from the distance between atoms (it does for fcc, bcc, hcp, sc, diamond); give volume
            """,
            folder.Problems(() => BulkFile.Read(folder.Write("bad.csv", "element,structure,e_bulk,volume,nearest_neighbour\nXx,fcc,-1,-2,\nW,A15,-1,,2.6\n"))),
            ignoreLineEndingDifferences: true);
    }

    private SiteTable Read(params string[] lines) => SiteTableFile.Read(folder.Write("sites.csv", string.Join('\n', lines) + "\n"));
}
