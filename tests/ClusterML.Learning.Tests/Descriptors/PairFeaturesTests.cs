using ClusterML.Chemistry.Elements;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Learning.Tests.Descriptors;

public sealed class PairFeaturesTests
{
    [Theory]
    [InlineData("H", 1, 1)]
    [InlineData("He", 1, 18)]
    [InlineData("B", 2, 13)]
    [InlineData("Ti", 4, 4)]
    [InlineData("Pd", 5, 10)]
    [InlineData("La", 6, 3)]
    [InlineData("Lu", 6, 3)]
    [InlineData("Hf", 6, 4)]
    [InlineData("Hg", 6, 12)]
    [InlineData("Lr", 7, 3)]
    public void PeriodicPosition_Of_IsThatOfTheLongTable(string symbol, int period, int group) =>
        Assert.Equal(new PeriodicPosition(period, group), PeriodicPosition.Of(ElementTable.Default.Find(symbol)!.AtomicNumber));

    // Wigner-Seitz radii of Fe and Au, 1.41 and 1.59 Angstrom (Skriver, The LMTO Method (1984), table of metals: 2.66 and 3.00 bohr).
    [Theory]
    [InlineData("Fe", 1.41)]
    [InlineData("Au", 1.59)]
    public void RadiusWs_IsThePublishedOne(string symbol, double radius) =>
        Assert.Equal(radius, ElementProperty.Find("radius_ws")!.Of(ElementTable.Default.Find(symbol)), 0.015);

    [Fact]
    public void Rich_ExchangeOfSites_ChangesSignsAndNothingElse()
    {
        var (ti, pd) = (ElementTable.Default.Find("Ti"), ElementTable.Default.Find("Pd"));

        foreach (var feature in PairFeatures.Rich)
        {
            var (there, back) = (feature.Of(ti, pd), feature.Of(pd, ti));
            switch (feature.Operation)
            {
                case PairOperation.Difference:
                    Assert.Equal(there, -back, 12);
                    break;
                case PairOperation.Mean or PairOperation.Product or PairOperation.SquaredDifference:
                    Assert.Equal(there, back, 12);
                    break;
                case PairOperation.Misfit:
                    Assert.Equal(1, (1 + there) * (1 + back), 12);
                    break;
                case PairOperation.Host:
                    Assert.Equal(feature.Property.Of(ti), there);
                    break;
                default:
                    Assert.Equal(feature.Property.Of(pd), there);
                    break;
            }
        }
    }

    [Fact]
    public void Rich_EveryTransitionMetalPair_IsKnown()
    {
        var metals = ElementTable.Default.All.Where(e => e.GroupBlock == "Transition metal" && e.AtomicNumber <= 80).ToList();

        Assert.Equal(PairFeatures.Rich.Count, PairFeatures.Rich.Select(f => f.Name).Distinct().Count());
        Assert.All(metals, metal => Assert.All(PairFeatures.Rich, f => Assert.True(double.IsFinite(f.Of(metals[0], metal)), $"{f.Name} of {metal}")));
    }

    [Fact]
    public void DElectrons_AreThoseOutsideTheCore() =>
        Assert.Equal([2, 2, 10, 10], new[] { "Ti", "Zr", "Au", "Pd" }.Select(s => ElementProperty.Find("d_electrons")!.Of(ElementTable.Default.Find(s))));
}
