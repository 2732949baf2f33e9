using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Tests.Electronic;

public sealed class GapAndDBandTests
{
    private static readonly double[] Centres = [-3.2, -2.9, -2.7, -2.2, -2.0, -1.9, -1.5, -1.1, -1.0, -0.7];
    private static readonly double[] Gaps = [0.9, 0.85, 0.6, 0.7, 0.5, 0.55, 0.3, 0.32, 0.2, 0.1];

    [Fact]
    public void Of_FallingGaps_SupportsTheClaim()
    {
        var found = GapAndDBand.Of(Centres, Gaps);

        Assert.Equal((GapAndDBandVerdict.Supported, 10), (found.Verdict, found.Count));
        Assert.InRange(found.Pearson.Value, found.Pearson.Lower, found.Pearson.Upper);
        Assert.True(found.Pearson.Upper < 0 && found.Spearman.Upper < 0);
        Assert.Matches(@"^supported: Pearson -0\.9\d \[-\d\.\d\d, -\d\.\d\d\], Spearman -0\.9\d \[.*\], n = 10, intervals at 0\.95$", found.Text);
    }

    [Fact]
    public void Of_Unrelated_DoesNotSupportIt()
    {
        var found = GapAndDBand.Of(Centres, [0.5, 0.1, 0.9, 0.3, 0.6, 0.2, 0.8, 0.35, 0.15, 0.7]);

        Assert.Equal(GapAndDBandVerdict.NotSupported, found.Verdict);
        Assert.StartsWith("not supported: Pearson ", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FewClusters_IsNotMeasured()
    {
        var found = GapAndDBand.Of(Centres.AsSpan(0, 7), Gaps.AsSpan(0, 7));

        Assert.Equal(GapAndDBandVerdict.NotMeasured, found.Verdict);
        Assert.Equal("not measured: 7 clusters state both a gap and a d-band centre, 8 are needed", found.Text);
        Assert.Equal(GapAndDBandVerdict.NotMeasured, GapAndDBand.Of([]).Verdict);
    }

    [Fact]
    public void Of_ConstantGap_IsNotMeasured() =>
        Assert.Equal("not measured: all clusters have the same gap or the same d-band centre", GapAndDBand.Of(Centres, new double[10]).Text);

    [Fact]
    public void Of_SameSeed_IsTheSame_AnotherSeedIsNot()
    {
        Assert.Equal(GapAndDBand.Of(Centres, Gaps), GapAndDBand.Of(Centres, Gaps));
        Assert.NotEqual(GapAndDBand.Of(Centres, Gaps).Pearson, GapAndDBand.Of(Centres, Gaps, new() { Seed = 1 }).Pearson);
    }

    [Fact]
    public void Of_ValueNotFinite_IsRefused() => Assert.Throws<ArgumentException>(() => GapAndDBand.Of(Centres, [.. Gaps[..9], double.NaN]));

    /// <summary>Values of scipy.stats 1.10: pearsonr, spearmanr (with ties) of the same lists.</summary>
    [Fact]
    public void Pearson_AndSpearman_AreThoseOfScipy()
    {
        double[] x = [1, 2, 2, 3, 5, 8, 8, 9.5];
        double[] y = [2, 1, 4, 4, 3, 7, 9, 6];
        Assert.Equal(0.8234430230295593, Correlation.Pearson(x, y), 12);
        Assert.Equal(0.7818325406743832, Correlation.Spearman(x, y), 12);
        Assert.Equal([1, 2.5, 2.5, 4, 5, 6.5, 6.5, 8], Correlation.Ranks(x));
    }

    /// <summary>The interval covers a known correlation about as often as it says.</summary>
    [Fact]
    public void Of_NormalPairs_CoversTheirCorrelation()
    {
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var covered = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var x = Enumerable.Range(0, 40).Select(_ => Normal()).ToArray();
            var y = x.Select(v => (-0.6 * v) + (0.8 * Normal())).ToArray();
            var pearson = GapAndDBand.Of(x, y, new() { Resamplings = 300, Seed = trial }).Pearson;
            covered += pearson.Lower <= -0.6 && -0.6 <= pearson.Upper ? 1 : 0;
        }

        Assert.InRange(covered, 172, 200);
    }
}
