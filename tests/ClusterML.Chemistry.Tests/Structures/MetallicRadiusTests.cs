using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Structures;

public sealed class MetallicRadiusTests
{
    [Theory]
    [InlineData("Ti", 1.47)]
    [InlineData("Zr", 1.60)]
    [InlineData("Hf", 1.59)]
    [InlineData("Fe", 1.26)]
    [InlineData("Cu", 1.28)]
    [InlineData("Pd", 1.37)]
    [InlineData("Pt", 1.385)]
    [InlineData("Au", 1.44)]
    [InlineData("Nb", 1.46)]
    [InlineData("W", 1.39)]
    [InlineData("Mg", 1.60)]
    [InlineData("Al", 1.43)]
    public void Of_CommonMetal_IsTheTextbookRadiusForTwelveNeighbours(string symbol, double textbook) =>
        Assert.Equal(textbook, MetallicRadius.Of(ElementTable.Default.Find(symbol)!), 0.03);

    [Fact]
    public void Of_CubicAndHexagonalMetals_HasTheVolumeOfTheCrystal()
    {
        var crystals = AseOracle.Run(
            """
            import json
            from ase.data import chemical_symbols, reference_states
            volume = {'fcc': lambda s: s['a'] ** 3 / 4, 'bcc': lambda s: s['a'] ** 3 / 2, 'hcp': lambda s: s['a'] ** 3 * s['c/a'] * 3 ** 0.5 / 4}
            print(json.dumps({e: volume[s['symmetry']](s) for e, s in zip(chemical_symbols, reference_states) if s and s['symmetry'] in volume}))
            """);
        var compared = 0;
        foreach (var crystal in crystals.EnumerateObject())
        {
            if (ElementTable.Default.Find(crystal.Name) is { IsMetal: true } element && !double.IsNaN(element.Density))
            {
                // Lattice constants of the alkali metals are those at low temperature, densities those at room temperature.
                var radius = Math.Cbrt(crystal.Value.GetDouble() / (4 * Math.Sqrt(2)));
                Assert.Equal(radius, MetallicRadius.Of(element), 0.021 * radius);
                compared++;
            }
        }

        Assert.InRange(compared, 50, 80);
    }

    [Fact]
    public void Of_EveryTransitionMetal_IsKnown() =>
        Assert.All(
            ElementTable.Default.All.Where(e => e.AtomicNumber is (>= 21 and <= 30) or (>= 39 and <= 48) or (>= 71 and <= 80)),
            e => Assert.InRange(MetallicRadius.Of(e), 1.2, 1.9));

    [Theory]
    [InlineData("C", "C has no metallic radius: it is not a metal")]
    [InlineData("Fr", "Fr has no metallic radius: its density is not known")]
    public void Of_ElementWithoutOne_IsRefused(string symbol, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => MetallicRadius.Of(ElementTable.Default.Find(symbol)!)).Message, StringComparison.Ordinal);
}
