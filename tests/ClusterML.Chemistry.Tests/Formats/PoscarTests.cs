using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class PoscarTests
{
    private const string Cube = "5 0 0\n0 5 0\n0 0 5\n";

    [Fact]
    public void Read_DirectWithPotentialNames_ScalesTheFractions()
    {
        var structure = Read($"a cluster\n2.0\n{Cube}Ti_pv Fe/0123abc ! as in POTCAR\n1 1\nDirect\n0 0 0 Ti\n0.5 0.5 0.25\n");

        Assert.Equal("FeTi", structure.Formula);
        Assert.Equal([0, 0, 0, 5, 5, 2.5], structure.Positions);
        Assert.Equal(UnitCell.Cube(10), structure.Cell);
        Assert.Equal(PropertyValue.Of("a cluster"), structure.Properties["comment"]);
        Assert.Empty(structure.AtomProperties);
    }

    [Fact]
    public void Read_NegativeFactor_IsTheVolume()
    {
        var structure = Read($"x\n-1000\n{Cube}Ti\n1\nCartesian\n1 0 0\n");

        Assert.Equal(1000, structure.Cell!.SignedVolume, 1e-9);
        Assert.Equal(2, structure.Positions[0], 1e-12);
    }

    [Fact]
    public void Read_ThreeFactors_ScaleXYAndZ()
    {
        var structure = Read("x\n1 2 3\n1 1 1\n0 1 0\n0 0 1\nTi\n1\nKartesisch\n1 1 1\n");

        Assert.Equal([1, 2, 3, 0, 2, 0, 0, 0, 3], structure.Cell!.Vectors);
        Assert.Equal([1, 2, 3], structure.Positions);
    }

    [Theory]
    [InlineData("Ti Fe")]
    [InlineData("Ti12 Fe1")]
    [InlineData("Ti12Fe")]
    [InlineData("Ti_Fe-3 relaxed")]
    public void Read_Vasp4_TakesTheElementsOfTheComment(string comment) =>
        Assert.Equal("FeTi2", Read($"{comment}\n1\n{Cube}2 1\nDirect\n0 0 0\n0.1 0 0\n0.2 0 0\n").Formula);

    [Theory]
    [InlineData("unknown")]
    [InlineData("Ti")]
    [InlineData("Ti Fe on Pt")]
    [InlineData("")]
    public void Read_Vasp4WithoutTheElements_IsRefused(string comment) => Refused.At(
        6, 0, "2 counts of atoms and no line of symbols before them", $"{comment}\n1\n{Cube}2 1\nDirect\n0 0 0\n0.1 0 0\n0.2 0 0\n", StructureFormat.Poscar);

    [Fact]
    public void Read_SelectiveDynamics_OfWholeAtoms_IsAMask() => Assert.Equal(
        PropertyValue.Of([false, true]),
        Read($"x\n1\n{Cube}Ti\n2\nSelective dynamics\nDirect\n0 0 0 F F F\n0 0 0.5 .TRUE. T t\n").AtomProperties["move_mask"]);

    [Fact]
    public void Read_SelectiveDynamics_OfDirections_IsAMaskAlongTheCell() => Assert.Equal(
        PropertyValue.Of([false, true, true], 1, 3),
        Read($"x\n1\n{Cube}Ti\n1\n  selective\nDirect\n0 0 0 F T T\n").AtomProperties["selective_dynamics"]);

    [Fact]
    public void Read_Velocities_AreLeftAside() =>
        Assert.Equal("Ti", Read($"x\n1\n{Cube}Ti\n1\nDirect\n0 0 0\n\n0.1 0.2 0.3\nwhatever\n").Formula);

    [Fact]
    public void Read_ElementTwice_KeepsTheOrder() =>
        Assert.Equal(["Ti", "Fe", "Ti"], Read($"x\n1\n{Cube}Ti Fe Ti\n1 1 1\nDirect\n0 0 0\n0 0 0.3\n0 0 0.6\n").Elements.Select(e => e.Symbol));

    [Theory]
    [InlineData(1, 0, "the file is empty", "")]
    [InlineData(1, 0, "the scaling factor should follow", "x\n")]
    [InlineData(2, 1, "the scaling factor is expected", "x\nabc\n")]
    [InlineData(2, 1, "the scaling factor is expected", "x\n1 2\n")]
    [InlineData(2, 1, "the scaling factor is expected", "x\n1 -2 3\n")]
    [InlineData(2, 1, "the scaling factor is expected", "x\n0\n")]
    [InlineData(2, 1, "the scaling factor is expected", "x\nnan\n")]
    [InlineData(4, 3, "three finite numbers", "x\n1\n5 0 0\n0 x 0\n")]
    [InlineData(2, 0, "no volume", "x\n1\n1 0 0\n2 0 0\n0 0 1\nTi\n1\nDirect\n0 0 0\n")]
    [InlineData(2, 0, "no volume", "x\n-100\n1 0 0\n2 0 0\n0 0 1\nTi\n1\nDirect\n0 0 0\n")]
    [InlineData(2, 0, "no volume", "x\n1e300\n1 0 0\n0 1 0\n0 0 1e300\nTi\n1\nDirect\n0 0 0\n")]
    public void Read_WrongHead_SaysWhere(int line, int column, string words, string text) =>
        Refused.At(line, column, words, text, StructureFormat.Poscar);

    [Theory]
    [InlineData(6, 4, "\"Xx\" is not an element", "Ti Xx\n1 1\nDirect\n0 0 0\n0 0 0.5\n")]
    [InlineData(6, 0, "are expected", "\n1\nDirect\n0 0 0\n")]
    [InlineData(7, 0, "1 counts of atoms for 2 elements (Ti Fe)", "Ti Fe\n2\nDirect\n0 0 0\n0 0 0.5\n")]
    [InlineData(7, 3, "a number of atoms from 0 to 20000000", "Ti Fe\n1 -1\nDirect\n0 0 0\n")]
    [InlineData(7, 1, "a number of atoms from 0 to 20000000", "Ti\n999999999\nDirect\n0 0 0\n")]
    [InlineData(7, 0, "0 atoms", "Ti\n0\nDirect\n0 0 0\n")]
    [InlineData(7, 0, "40000000 atoms", "Ti Fe\n20000000 20000000\nDirect\n0 0 0\n")]
    [InlineData(9, 0, "the file ends after 1 of 19000000 atoms", "Ti\n19000000\nDirect\n0 0 0\n")]
    [InlineData(7, 0, "Direct or Cartesian should follow", "Ti\n1\n")]
    [InlineData(8, 1, "Direct or Cartesian is expected, not \"0 0 0\"", "Ti\n1\n0 0 0\n")]
    [InlineData(8, 1, "Direct or Cartesian is expected, not \"\"", "Ti\n1\n\n0 0 0\n")]
    [InlineData(8, 1, "Cartesian must begin the line", "Ti\n1\n Cartesian\n0 0 0\n")]
    [InlineData(9, 5, "the position of an atom needs three finite numbers", "Ti\n1\nDirect\n0 0 x\n")]
    [InlineData(9, 4, "the position of an atom needs three finite numbers", "Ti\n1\nDirect\n0 0\n")]
    [InlineData(10, 9, "three of T and F", "Ti\n1\nSelective\nDirect\n0 0 0 T 1 T\n")]
    [InlineData(9, 0, "not finite", "Ti\n1\nDirect\n1e308 0 0\n")]
    public void Read_WrongBody_SaysWhere(int line, int column, string words, string body) =>
        Refused.At(line, column, words, $"x\n1\n{Cube}{body}", StructureFormat.Poscar);

    [Fact]
    public void Write_Structure_IsInTheOrderOfItsAtoms()
    {
        var elements = Read($"x\n1\n{Cube}Ti Fe\n2 1\nDirect\n0 0 0\n0 0 0.3\n0 0 0.6\n").Elements;

        Assert.Equal(
            """
            Ti Fe
            1.0
                                5.0                    0.0                    0.0
                                0.0                    5.0                    0.0
                                0.0                    0.0                    5.0
               Ti   Fe
                2    1
            Cartesian
                                0.0                    0.0                    0.0
                                0.0                    0.0                    1.5
                                0.1                    0.0                    3.0

            """.ReplaceLineEndings("\n"),
            Written([new(elements, [0, 0, 0, 0, 0, 1.5, 0.1, 0, 3], UnitCell.Cube(5))]));
    }

    [Fact]
    public void Write_WithoutCell_IsRefused() =>
        Assert.Contains("needs a cell", Assert.Throws<ArgumentException>(() => Written([StructureFuzzTargets.Samples()[1]])).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_NotOneStructure_IsRefused()
    {
        var boxed = Read($"x\n1\n{Cube}Ti\n1\nDirect\n0 0 0\n");

        Assert.Throws<ArgumentException>(() => Written([boxed, boxed]));
        Assert.Throws<ArgumentException>(() => Written([]));
    }

    [Fact]
    public void Write_MaskOfAxesInASkewCell_IsRefused()
    {
        var structure = new Structure(StructureFuzzTargets.Samples()[1].Elements, [0, 0, 0], new([5, 0, 0, 1, 5, 0, 0, 0, 5], true, true, true))
        {
            AtomProperties = new Dictionary<string, PropertyValue> { ["move_mask"] = PropertyValue.Of([true, false, true], 1, 3) },
        };

        Assert.Throws<ArgumentException>(() => Written([structure]));
    }

    private static Structure Read(string text) => Refused.One(text, StructureFormat.Poscar);

    private static string Written(IEnumerable<Structure> structures)
    {
        using var writer = new StringWriter();
        StructureFile.Write(writer, structures, StructureFormat.Poscar);
        return writer.ToString();
    }
}
