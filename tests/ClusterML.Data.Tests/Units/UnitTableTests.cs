using ClusterML.Data.Units;

namespace ClusterML.Data.Tests.Units;

public sealed class UnitTableTests
{
    [Theory]
    [InlineData("Hartree", "eV", 27.211386245981)]
    [InlineData("Ry", "eV", 13.6056931229905)]
    [InlineData("kcal/mol", "eV", 0.043364104241800934)]
    [InlineData("kJ/mol", "eV", 0.010364269656262175)]
    [InlineData("meV", "eV", 1e-3)]
    [InlineData("Bohr", "Angstrom", 0.529177210544)]
    [InlineData("Hartree/Bohr", "eV/Angstrom", 51.42206751)]
    [InlineData("THz", "cm-1", 33.35640951981521)]
    [InlineData("eV/Angstrom^2", "J/m2", 16.02176634)]
    [InlineData("Ry", "Hartree", 0.5)]
    [InlineData("pm", "pm", 1)]
    public void Factor_OfTwoUnits_IsTheirRatio(string from, string to, double factor) =>
        Assert.Equal(factor, UnitTable.Factor(UnitTable.Find(from)!, UnitTable.Find(to)!)!.Value, Math.Abs(factor) * 1e-9);

    [Theory]
    [InlineData("eV", "eV/atom")]
    [InlineData("eV", "Angstrom")]
    [InlineData("e", "muB")]
    public void Factor_OfOtherDimensions_IsNull(string from, string to) =>
        Assert.Null(UnitTable.Factor(UnitTable.Find(from)!, UnitTable.Find(to)!));

    [Fact]
    public void Canonical_OfEveryUnit_HasFactorOne() =>
        Assert.All(UnitTable.All, unit => Assert.Equal(1.0, UnitTable.Canonical(unit).Factor));

    [Fact]
    public void All_Symbols_AreThereOnce() => Assert.Equal(UnitTable.All.Count, UnitTable.All.Select(u => u.Symbol).Distinct().Count());

    [Fact]
    public void Unknown_NearASymbol_NamesIt() => Assert.Equal("unknown unit \"ev\" (did you mean eV?)", UnitTable.Unknown("ev"));
}
