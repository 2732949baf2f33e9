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
    [InlineData("Ti12_in")]
    [InlineData("Ti12_out_frozen")]
    public void Parse_AnotherForm_IsNull(string name) => Assert.Null(ClusterSystem.Parse(name));

    [Fact]
    public void Parse_UnknownElement_SaysWhich() => Assert.Equal(
        "dopant \"Xx\" is not an element (did you mean Xe?)",
        Assert.Throws<FormatException>(() => ClusterSystem.Parse("Ti12Xx_in")).Message);

    [Theory]
    [InlineData("Pt", "Pt_atom")]
    [InlineData("12*Ti", "Ti12_imported")]
    [InlineData("13*Ti", "Ti13")]
    [InlineData("12*Ti Pt", "Ti12Pt_out")]
    [InlineData("11*Ti 2*Pt", "Pt2Ti11")]
    [InlineData("6*Ti 6*Pt", "Pt6Ti6")]
    [InlineData("2*Ti O", "OTi2")]
    public void OfAtoms_Composition_SaysTheSystem(string atoms, string name)
    {
        string[] symbols = [.. atoms.Split(' ').SelectMany(part => part.Split('*') is [var count, var symbol]
            ? Enumerable.Repeat(symbol, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))
            : [part])];

        var system = ClusterSystem.OfAtoms(symbols, _ => Site.Out);

        Assert.Equal(name, system.Name);
        Assert.Equal(symbols.Order(StringComparer.Ordinal), system.Atoms().Order(StringComparer.Ordinal));
        Assert.Equal(system.Kind == SystemKind.Other ? null : system, ClusterSystem.Parse(name));
    }

    [Fact]
    public void OfAtoms_NoAtoms_IsRefused() => Assert.Throws<FormatException>(() => ClusterSystem.OfAtoms([], _ => Site.In));
}
