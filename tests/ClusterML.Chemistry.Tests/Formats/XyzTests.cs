using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class XyzTests
{
    [Fact]
    public void Read_ExtendedFrame_HasCellColumnsAndProperties()
    {
        var structure = Read("""
            2
            Lattice="5 0 0 0 6 0 0 0 7" Properties=species:S:1:pos:R:3:forces:R:3:tags:I:1:free:L:1 energy=-1.5 config_type=bulk pbc="T T F" flag n=3 a={1 2 3} stress="1 2 3 4 5 6 7 8 9"
            Ti 0 0 0 0.1 0.2 0.3 1 T
            FE 1 1 1.5e0 -0.1 -0.2 -0.3 2 False
            """);

        Assert.Equal("FeTi", structure.Formula);
        Assert.Equal([0, 0, 0, 1, 1, 1.5], structure.Positions);
        Assert.Equal(new UnitCell([5, 0, 0, 0, 6, 0, 0, 0, 7], true, true, false), structure.Cell);
        Assert.Equal(PropertyValue.Of([0.1, 0.2, 0.3, -0.1, -0.2, -0.3], 2, 3), structure.AtomProperties["forces"]);
        Assert.Equal(PropertyValue.Of([1L, 2L]), structure.AtomProperties["tags"]);
        Assert.Equal(PropertyValue.Of([true, false]), structure.AtomProperties["free"]);
        Assert.Equal(PropertyValue.Of(-1.5), structure.Properties["energy"]);
        Assert.Equal(PropertyValue.Of("bulk"), structure.Properties["config_type"]);
        Assert.Equal(PropertyValue.Of(true), structure.Properties["flag"]);
        Assert.Equal(PropertyValue.Of(3L), structure.Properties["n"]);
        Assert.Equal(PropertyValue.Of([1L, 2L, 3L]), structure.Properties["a"]);
        Assert.Equal(PropertyValue.Of([1L, 4, 7, 2, 5, 8, 3, 6, 9], 3, 3), structure.Properties["stress"]);
    }

    private static Structure Read(string text) => Assert.Single(StructureFile.Read(new StringReader(text), StructureFormat.ExtendedXyz));
}
