using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Elements;

public sealed class ElementTableTests
{
    private static readonly string[] Dopants =
        "Sc Ti V Cr Mn Fe Co Ni Cu Zn Y Zr Nb Mo Tc Ru Rh Pd Ag Cd Lu Hf Ta W Re Os Ir Pt Au Hg".Split(' ');

    private static readonly string[] Numbers =
    [
        "AtomicMass", "AtomicRadius", "Electronegativity", "IonizationEnergy", "ElectronAffinity", "MeltingPoint", "BoilingPoint",
        "Density", "CohesiveEnergy",
    ];

    [Fact]
    public void All_HasEveryElementOnceInOrder() =>
        Assert.Equal(Enumerable.Range(1, 103), ElementTable.Default.All.Select(e => e.AtomicNumber));

    [Fact]
    public void Find_KnownSymbol_GivesItsNumber()
    {
        Assert.Equal(22, ElementTable.Default.Find("Ti")!.AtomicNumber);
        Assert.Equal("Hafnium", ElementTable.Default.ByNumber(72).Name);
        Assert.Null(ElementTable.Default.Find("Xx"));
        Assert.Null(ElementTable.Default.Find("ti"));
    }

    [Fact]
    public void ByNumber_NoSuchElement_SaysSo() =>
        Assert.Contains("no element with this atomic number", Assert.Throws<ArgumentOutOfRangeException>(() => ElementTable.Default.ByNumber(0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Xx", "host \"Xx\" is not an element (did you mean Xe?)")]
    [InlineData("ti", "host \"ti\" is not an element (did you mean Ti?)")]
    [InlineData("Titanium", "host \"Titanium\" is not an element (did you mean Ti?)")]
    [InlineData("", "host \"\" is not an element")]
    public void Unknown_NamesTheNearest(string symbol, string message) =>
        Assert.Equal(message, ElementTable.Default.Unknown("host", symbol));

    [Fact]
    public void Dopants_HaveEveryProperty()
    {
        Assert.Equal(30, Dopants.Length);
        foreach (var element in Dopants.Select(s => ElementTable.Default.Find(s)!))
        {
            Assert.All(Numbers, property => Assert.True(double.IsFinite(Value(element, property)), $"{element} {property}"));
            Assert.All([element.OxidationStates, element.StandardState, element.GroupBlock], Assert.NotEmpty);
            Assert.True(element.IsMetal);
        }
    }

    [Fact]
    public void Imputed_AmongDopants_IsTheElectronAffinityOfSix()
    {
        var imputed = Dopants.Select(s => ElementTable.Default.Find(s)!).Where(e => e.Imputed.Count > 0).ToArray();
        Assert.Equal("Mn Zn Cd Lu Hf Hg", string.Join(' ', imputed.Select(e => e.Symbol)));
        Assert.All(imputed, e => Assert.True(e.IsImputed("ElectronAffinity")));
        Assert.All(imputed.Where(e => e.Symbol is not ("Lu" or "Hf")), e => Assert.Equal(0.0, e.ElectronAffinity));
        Assert.False(ElementTable.Default.Find("Ti")!.IsImputed("ElectronAffinity"));
    }

    [Fact]
    public void Sources_CoverEveryColumnAndRule()
    {
        var header = ElementTable.ReadResource("elements.csv").Split('\n')[0].Split(',');
        var sources = ElementTable.ReadResource("elements.sources.md").Split('\n');
        Assert.Equal(header, sources.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim()));
        Assert.All(
            ElementTable.Default.All.SelectMany(e => e.Imputed.Values).Distinct(),
            rule => Assert.Contains(sources, line => line.StartsWith($"- `{rule}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Categories_OfDopants_AreThePublishedOnes()
    {
        var dopants = Dopants.Select(s => ElementTable.Default.Find(s)!).ToArray();
        Assert.Equal(17, dopants.Select(e => e.OxidationStates).Distinct().Count());
        Assert.Equal(30, dopants.Select(e => e.ElectronConfiguration).Distinct().Count());
        Assert.Equal("Hg", Assert.Single(dopants, e => e.StandardState == "Liquid").Symbol);
        Assert.Equal("Lu", Assert.Single(dopants, e => e.GroupBlock == "Lanthanide").Symbol);
    }

    [Fact]
    public void Numbers_AgreeWithPubChem()
    {
        var lines = File.ReadLines(Published.Table("elements", "PubChemElements_all.csv")).ToArray();
        foreach (var line in lines.Skip(1).Take(103))
        {
            // Only oxidation states are quoted in that file; they are the eleventh column, behind the eight numbers needed here.
            var fields = line.Split(',');
            var element = ElementTable.Default.ByNumber(int.Parse(fields[0], CultureInfo.InvariantCulture));
            Assert.Equal(fields[1], element.Symbol);
            Same(fields[3], element.AtomicMass);
            Same(fields[6], element.Electronegativity);
            Same(fields[7], element.AtomicRadius);
            Same(fields[8], element.IonizationEnergy);
            if (!element.IsImputed("ElectronAffinity"))
            {
                Same(fields[9], element.ElectronAffinity);
            }

            var tail = line[(line.LastIndexOf('"') + 1)..].Split(',')[^6..];
            Assert.Equal(tail[0], element.StandardState);
            Same(tail[1], element.MeltingPoint);
            Same(tail[2], element.BoilingPoint);
            Same(tail[3], element.Density);
            Assert.Equal(tail[4], element.GroupBlock);
        }
    }

    private static void Same(string published, double value) =>
        Assert.Equal(published.Length == 0 ? double.NaN : double.Parse(published, CultureInfo.InvariantCulture), value);

    private static double Value(Element element, string property) =>
        (double)typeof(Element).GetProperty(property)!.GetValue(element)!;
}
