using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Tests.Calculations;

public sealed class ClusterSystemTests
{
    [Theory]
    [InlineData("Ti13", SystemKind.X13, "Ti", "Ti", null, "")]
    [InlineData("Ti12Ti_in", SystemKind.X13, "Ti", "Ti", null, "")]
    [InlineData("Ti12_vac", SystemKind.X12, "Ti", "Ti", null, "vac")]
    [InlineData("Ti12", SystemKind.X12, "Ti", "Ti", null, "")]
    [InlineData("Pt_atom", SystemKind.FreeAtom, "Pt", "Pt", null, "")]
    [InlineData("Fe12Pt_in", SystemKind.X12TM, "Fe", "Pt", Site.In, "")]
    [InlineData("Fe12W_out", SystemKind.X12TM, "Fe", "W", Site.Out, "")]
    [InlineData("Ti12Pt_out_frozen", SystemKind.FrozenX12, "Ti", "Pt", Site.Out, "")]
    public void Parse_Name_IsUnderstood(string name, SystemKind kind, string host, string dopant, Site? site, string variant)
    {
        var system = ClusterSystem.Parse(name)!;
        Assert.Equal((kind, host, dopant, site, variant), (system.Kind, system.Host.Symbol, system.Dopant.Symbol, system.Site, system.Variant));
    }

    [Theory]
    [InlineData("Ti14")]
    [InlineData("Ti12Pt")]
    [InlineData("notes")]
    public void Parse_AnotherForm_IsNull(string name) => Assert.Null(ClusterSystem.Parse(name));

    [Fact]
    public void Parse_UnknownElement_SaysWhich() => Assert.Equal(
        "dopant \"Xx\" is not an element (did you mean Xe?)",
        Assert.Throws<FormatException>(() => ClusterSystem.Parse("Ti12Xx_in")).Message);
}
