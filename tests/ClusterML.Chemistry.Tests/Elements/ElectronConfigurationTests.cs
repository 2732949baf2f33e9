using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Tests.Elements;

public sealed class ElectronConfigurationTests
{
    [Theory]
    [InlineData("Ti", 18, 2, 2, 0, 0, 0, 0, 0)]
    [InlineData("Cr", 18, 5, 1, 0, 0, 0, 0, 0)]
    [InlineData("Zr", 36, 0, 0, 2, 0, 2, 0, 0)]
    [InlineData("Pd", 36, 0, 0, 10, 0, 0, 0, 0)]
    [InlineData("Hf", 54, 0, 0, 0, 14, 0, 2, 2)]
    [InlineData("Pt", 54, 0, 0, 0, 14, 0, 9, 1)]
    [InlineData("H", 0, 0, 0, 0, 0, 0, 0, 0)]
    public void Parse_Element_CountsOutsideTheCore(string symbol, int core, int d3, int s4, int d4, int f4, int s5, int d5, int s6) =>
        Assert.Equal(
            new ElectronConfiguration(core, d3, s4, d4, f4, s5, d5, s6),
            ElectronConfiguration.Parse(ElementTable.Default.Find(symbol)!.ElectronConfiguration));

    [Fact]
    public void Parse_EveryElement_AddsUpToItsNumber()
    {
        foreach (var element in ElementTable.Default.All)
        {
            var parsed = ElectronConfiguration.Parse(element.ElectronConfiguration);
            var outside = element.ElectronConfiguration.Split(']')[^1].Split(' ').Sum(shell => int.Parse(shell.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(element.AtomicNumber, parsed.CoreElectrons + outside);
        }
    }

    [Theory]
    [InlineData("[Xe]4f14 5d2 6s2")]
    [InlineData("[Xe] 6s2 4f14 5d2")]
    [InlineData("[Xe]6s2 4f14 5d2 (predicted)")]
    [InlineData("  [Xe]6s2  4f14 5d2 (calculated) ")]
    public void Parse_OrderSpacesAndRemarks_DoNotMatter(string text) =>
        Assert.Equal(ElectronConfiguration.Parse("[Xe]6s2 4f14 5d2"), ElectronConfiguration.Parse(text));

    [Theory]
    [InlineData("", "electron configuration \"\": \"\" is empty")]
    [InlineData("[Xx]4s2", "electron configuration \"[Xx]4s2\": \"[Xx]\" is not a noble-gas core")]
    [InlineData("[Ar4s2", "electron configuration \"[Ar4s2\": \"[Ar4s2\" is not a noble-gas core")]
    [InlineData("[Ar]4s2 3x1", "electron configuration \"[Ar]4s2 3x1\": \"3x1\" is not a subshell such as 4d2")]
    [InlineData("[Ar]4s2 3d", "electron configuration \"[Ar]4s2 3d\": \"3d\" is not a subshell such as 4d2")]
    [InlineData("[Ar]4s2 3d11", "electron configuration \"[Ar]4s2 3d11\": \"3d11\" must hold 1 to 10 electrons")]
    [InlineData("[Ar]4s2 2d1", "electron configuration \"[Ar]4s2 2d1\": \"2d1\" names a subshell that does not exist (2d)")]
    [InlineData("[Ar]4s2 4s1", "electron configuration \"[Ar]4s2 4s1\": \"4s1\" repeats the subshell 4s")]
    [InlineData("[Ar]4s2 (maybe)", "electron configuration \"[Ar]4s2 (maybe)\": \"(maybe)\" is not a subshell such as 4d2")]
    public void Parse_Invalid_QuotesTheToken(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ElectronConfiguration.Parse(text)).Message);
}
