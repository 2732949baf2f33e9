using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class DopantTopologyTests
{
    private static readonly double[][] Icosahedron = Shell();

    [Fact]
    public void SiteOf_DopantAtTheCentre_IsIn() =>
        Assert.Equal(Site.In, DopantTopology.SiteOf(["Pt", .. Enumerable.Repeat("Ti", 12)], Icosahedron, "Pt"));

    [Fact]
    public void SiteOf_DopantAtAnyVertex_IsOut()
    {
        for (var vertex = 1; vertex <= 12; vertex++)
        {
            var symbols = Enumerable.Repeat("Ti", 13).ToArray();
            symbols[vertex] = "Pt";
            Assert.Equal(Site.Out, DopantTopology.SiteOf(symbols, Icosahedron, "Pt"));
        }
    }

    [Fact]
    public void SiteOf_NoSuchDopant_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DopantTopology.SiteOf([.. Enumerable.Repeat("Ti", 13)], Icosahedron, "Pt"));

    /// <summary>A centre and twelve vertices at (0, 1, g) and its cyclic permutations and signs.</summary>
    private static double[][] Shell()
    {
        var g = (1 + Math.Sqrt(5)) / 2;
        var vertices = from a in new[] { -1.0, 1.0 }
                       from b in new[] { -g, g }
                       from shift in Enumerable.Range(0, 3)
                       let p = new[] { 0.0, a, b }
                       select new[] { p[shift], p[(shift + 1) % 3], p[(shift + 2) % 3] };
        return [[0.0, 0.0, 0.0], .. vertices];
    }
}
