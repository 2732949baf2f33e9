using System.Globalization;
using System.Text.Json;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Energetics;

public sealed class TrendAnalysisTests
{
    private static readonly Element Ti = ElementTable.Default.Find("Ti")!;

    [Fact]
    public void Of_Parabola_IsFound_AndALineIsNot()
    {
        // |E_b| = 4 - 0.02 (Z - 26)^2 with a ripple, and a line with the same ripple.
        var bent = Series(21, 30, z => -(4 - (0.02 * (z - 26) * (z - 26)) + Ripple(z)));
        var straight = Series(39, 48, z => -(3 + (0.05 * (z - 39)) + Ripple(z)));
        var trends = TrendAnalysis.Of([.. bent, .. straight]).Where(t => t.Name == "binding_parabola").ToDictionary(t => t.Scope);
        Assert.Equal(TrendVerdict.Supported, trends["Ti, 3d, in"].Verdict);
        Assert.Equal(26.0, trends["Ti, 3d, in"].Numbers["peak_z"], 0.3);
        Assert.Equal(-0.02, trends["Ti, 3d, in"].Numbers["curvature"], 0.002);
        Assert.Equal(TrendVerdict.NotSupported, trends["Ti, 4d, in"].Verdict);
    }

    [Fact]
    public void Of_ParabolaOfSixPoints_IsJudgedByTheExactTest()
    {
        var trend = TrendAnalysis.Of(Series(39, 44, z => -(4 - (0.05 * (z - 41.4) * (z - 41.4)) + Ripple(z)))).Single(t => t.Name == "binding_parabola");

        Assert.Equal((6, TrendVerdict.Supported), (trend.Count, trend.Verdict));
        Assert.InRange(trend.Numbers["p"], 0, 0.05);
        Assert.Contains("AICc higher by", trend.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_UpwardParabola_IsNotSupported() =>
        Assert.Equal(TrendVerdict.NotSupported, TrendAnalysis.Of(Series(21, 30, z => -(3 + (0.02 * (z - 26) * (z - 26)) + Ripple(z)))).Single(t => t.Name == "binding_parabola").Verdict);

    [Fact]
    public void Of_FewDopants_AreNotMeasured()
    {
        var trend = TrendAnalysis.Of(Series(21, 25, z => -4 + (0.1 * z))).Single(t => t.Name == "binding_parabola");
        Assert.Equal(TrendVerdict.NotMeasured, trend.Verdict);
        Assert.Equal("needs 6 dopants in a series, these have fewer: Ti, 3d, in (5)", trend.Text);
    }

    [Fact]
    public void Fit_MatchesNumpyAndScipy()
    {
        double[] x = [.. Enumerable.Range(21, 10).Select(z => (double)z)];
        double[] y = [3.1, 3.5, 3.7, 3.95, 4.0, 4.1, 3.9, 3.8, 3.4, 3.0];
        var fit = PolynomialFit.Of(x, y)!;

        // numpy.polyfit and scipy.stats.f.sf on the same numbers.
        Assert.Equal(-0.049431818181818105, fit.Curvature, 10);
        Assert.Equal(25.429501915708812, fit.Extremum, 8);
        Assert.Equal(0.0030539727624886437, fit.LinearR2, 10);
        Assert.Equal(0.9862282570417454, fit.QuadraticR2, 10);
        Assert.Equal(499.7348564242334, fit.F, 7);
        Assert.Equal(1.0, fit.P / 9.065445717693153e-08, 8);
        Assert.Equal(36.820777521089724, fit.AicAdvantage, 8);
    }

    [Theory]
    [InlineData("3d", -0.04255109848484843, 23.4697946, 0.9567289157561633, 0.3605980239154906)]
    [InlineData("4d", -0.12588128409090915, 42.1714062, 24.99865952891611, 0.0015655143126310795)]
    [InlineData("5d", -0.18207431439393937, 74.583132, 67.45846341437827, 7.702226089058959e-05)]
    public void Fit_OfPublishedTM13_MatchesNumpyAndScipy(string series, double curvature, double peak, double f, double p)
    {
        // |E_b| of the published TM13 icosahedra: parabolic along 4d and 5d, and not along 3d, where Cr and Mn break it.
        var rows = File.ReadLines(Published.Table("kit_tm13", "tm13_unary_kit.csv")).Skip(1).Select(line => line.Split(',')).Where(r => r[2] == series).ToArray();
        double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        var fit = PolynomialFit.Of([.. rows.Select(r => Number(r[1]))], [.. rows.Select(r => Math.Abs(Number(r[6])))])!;
        Assert.Equal(10, fit.Count);
        Assert.Equal(curvature, fit.Curvature, 10);
        Assert.Equal(peak, fit.Extremum, 6);
        Assert.Equal(1.0, fit.F / f, 9);
        Assert.Equal(1.0, fit.P / p, 9);
    }

    [Theory]
    [InlineData(4.0, 7, 0.08561932856297606)]
    [InlineData(0.5, 3, 0.5304777709329569)]
    [InlineData(25.3, 12, 0.00029421939602131093)]
    [InlineData(1.0, 1, 0.5000000000000001)]
    [InlineData(300.0, 7, 5.256288046556899e-07)]
    [InlineData(0.001, 20, 0.9750863338433207)]
    public void Upper_MatchesScipy(double f, int denominator, double expected) =>
        Assert.Equal(1.0, FDistribution.Upper(f, 1, denominator) / expected, 10);

    [Fact]
    public void Of_PairsAndSites_AreCountedByTheirDefinition()
    {
        var sites = new List<SiteProperties>();
        foreach (var (symbol, preference) in new[] { ("Fe", -0.5), ("Co", -0.4), ("Ni", 0.1), ("Sc", 0.3), ("Zn", 0.2), ("Cu", -0.1), ("Ti", 0.0) })
        {
            var dopant = ElementTable.Default.Find(symbol)!;
            foreach (var site in new[] { Site.In, Site.Out })
            {
                sites.Add(new()
                {
                    Host = Ti,
                    Dopant = dopant,
                    Site = site,
                    Source = "test",
                    Binding = -3.5,
                    SitePreference = preference,
                    BondLength = site == Site.In ? 2.7 : 2.75,
                    DopantEcn = site == Site.In ? 11.9 : 6.1,
                });
            }
        }

        var trends = TrendAnalysis.Of(sites).ToDictionary(t => (t.Name, t.Scope));
        var middle = trends[("in_preferred_mid_row", "compositions")];
        Assert.Equal(TrendVerdict.Supported, middle.Verdict);
        Assert.Equal((3, 2, 3, 2), (middle.Numbers["middle"], middle.Numbers["middle_in"], middle.Numbers["ends"], middle.Numbers["ends_out"]));

        // X13 is one cluster: 13 clusters, and no pair of its own.
        Assert.Equal(13, trends[("binding_negative", "all clusters")].Count);
        Assert.Equal(6, trends[("bond_length_in_shorter", "pairs of in and out")].Count);
        Assert.Equal(-0.05, trends[("bond_length_in_shorter", "pairs of in and out")].Numbers["mean_difference"], 12);
        Assert.Equal(TrendVerdict.Supported, trends[("ecn_centre_twelve", "in")].Verdict);
        Assert.Equal(TrendVerdict.Supported, trends[("ecn_surface_below_seven", "out")].Verdict);
        Assert.Equal(TrendVerdict.NotMeasured, trends[("gap_in_larger", "pairs of in and out")].Verdict);
        Assert.Equal(TrendVerdict.NotMeasured, trends[("frequencies_positive", "all clusters")].Verdict);
    }

    [Fact]
    public void Of_OneExceptionToAlways_IsNotSupported()
    {
        var sites = Series(21, 30, z => z == 25 ? 0.1 : -3.0);
        var trend = TrendAnalysis.Of(sites).Single(t => t.Name == "binding_negative");
        Assert.Equal(TrendVerdict.NotSupported, trend.Verdict);
        Assert.StartsWith("9 of 10", trend.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ImaginaryFrequency_IsNotSupported()
    {
        double[] real = [.. Enumerable.Range(1, 33).Select(i => 10.0 * i)];
        SiteProperties At(double[] frequencies, string dopant) => new() { Host = Ti, Dopant = ElementTable.Default.Find(dopant)!, Site = Site.In, Source = "test", Frequencies = frequencies };
        Assert.Equal(TrendVerdict.Supported, TrendAnalysis.Of([At(real, "Fe")]).First().Verdict);
        Assert.Equal(TrendVerdict.NotSupported, TrendAnalysis.Of([At([-20.0, .. real.Skip(1)], "Fe")]).First().Verdict);
        Assert.Equal(TrendVerdict.NotSupported, TrendAnalysis.Of([At([.. real.Skip(1)], "Fe")]).First().Verdict);
    }

    [Fact]
    public void SiteTable_OfCampaign_HasTheCoordinationOfTheGeometry()
    {
        var campaign = Directory.EnumerateFiles(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations"), "*.json")
            .Order(StringComparer.Ordinal).Select(CalculationFile.Read).OfType<Calculation>().ToArray();
        var sites = SiteTable.Of(EnergeticsTable.Build(campaign, new() { MaxForce = 0.08 })).Sites.ToDictionary(s => s.Name);

        // The campaign's own script (Python) worked out ecn, dav_A and ecn_sites of the same positions.
        var compared = 0;
        foreach (var site in sites.Values)
        {
            using var file = JsonDocument.Parse(File.ReadAllText(site.Source));
            if (file.RootElement.TryGetProperty("ecn", out var ecn) && file.RootElement.TryGetProperty("dav_A", out var length))
            {
                Assert.Equal(ecn.GetDouble(), site.Ecn, 1e-3);
                Assert.Equal(length.GetDouble(), site.BondLength, 1e-4);
                compared++;
            }
        }

        Assert.True(compared > 0);
        Assert.Equal(12.0, sites["Zr12Pt_in"].DopantEcn, 0.01);
        Assert.InRange(sites["Zr12Pt_out"].DopantEcn, 5.5, 6.3);
        Assert.Equal(6.3965, sites["Zr12Pt_in"].Ecn, 1e-3);
        Assert.Equal(2.719, sites["Ti12Ti_in"].BondLength, 2e-3);
        Assert.Equal(sites["Ti12Ti_in"].BondLength, sites["Ti12Ti_out"].BondLength);
        Assert.True(sites["Ti12Ti_in"].DopantEcn > 11 && sites["Ti12Ti_out"].DopantEcn < 7);
    }

    private static double Ripple(int z) => 0.02 * (z % 3 - 1);

    private static SiteProperties[] Series(int from, int to, Func<int, double> binding) =>
    [
        .. Enumerable.Range(from, to - from + 1).Select(z => new SiteProperties
        {
            Host = Ti, Dopant = ElementTable.Default.ByNumber(z), Site = Site.In, Source = "test", Binding = binding(z),
        }),
    ];
}
