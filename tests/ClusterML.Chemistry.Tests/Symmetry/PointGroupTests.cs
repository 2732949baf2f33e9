using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Symmetry;

namespace ClusterML.Chemistry.Tests.Symmetry;

public sealed class PointGroupTests
{
    private static readonly Element Ti = ElementTable.Default.Find("Ti")!;
    private static readonly Element Fe = ElementTable.Default.Find("Fe")!;

    public static TheoryData<ClusterShape, int, string, int> Shapes => new()
    {
        { ClusterShape.Icosahedron, 1, "Ih", 120 },
        { ClusterShape.Icosahedron, 2, "Ih", 120 },
        { ClusterShape.Icosahedron, 3, "Ih", 120 },
        { ClusterShape.Icosahedron, 4, "Ih", 120 },
        { ClusterShape.Cuboctahedron, 1, "Oh", 48 },
        { ClusterShape.Cuboctahedron, 2, "Oh", 48 },
        { ClusterShape.Cuboctahedron, 3, "Oh", 48 },
        { ClusterShape.Decahedron, 1, "D5h", 20 },
        { ClusterShape.Decahedron, 2, "D5h", 20 },
        { ClusterShape.Decahedron, 3, "D5h", 20 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Of_IdealShape_IsTheGroupOfThePolyhedron(ClusterShape shape, int shells, string name, int order)
    {
        var group = PointGroup.Of(ClusterShapes.Pure(shape, Ti, shells), 0.01);

        Assert.Equal((name, (int?)order), (group.Name, group.Order));
        Assert.Equal(order, group.Operations.Count);
        Assert.InRange(group.LargestDeviation, 0, 1e-12);
    }
}
