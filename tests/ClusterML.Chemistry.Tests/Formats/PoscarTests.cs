using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

public sealed class PoscarTests
{
    [Fact]
    public void Read_DirectWithPotentialNames_ScalesTheFractions()
    {
        var structure = Read("""
            a cluster
            2.0
            5 0 0
            0 5 0
            0 0 5
            Ti_pv Fe/0123abc
            1 1
            Direct
            0 0 0
            0.5 0.5 0.25
            """);

        Assert.Equal("FeTi", structure.Formula);
        Assert.Equal([0, 0, 0, 5, 5, 2.5], structure.Positions);
        Assert.Equal(UnitCell.Cube(10), structure.Cell);
    }

    private static Structure Read(string text) => Assert.Single(StructureFile.Read(new StringReader(text), StructureFormat.Poscar));
}
