using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Tests.Electronic;

public sealed class DBandTests
{
    [Fact]
    public void Centre_TwoLevels_IsTheirWeightedMean() =>
        Assert.Equal(-1.75, DBand.Centre([new(-3, 2, 0.75), new(-2, 2, 0.25), new(4, 0, 1)], -1), 12);

    [Fact]
    public void Centre_SemicoreState_DoesNotCount()
    {
        ProjectedLevel[] valence = [new(-3, 2, 0.9), new(-2, 2, 0.9)];
        Assert.Equal(DBand.Centre(valence, -1), DBand.Centre([new(-36, 2, 0.05), .. valence], -1));
    }

    [Fact]
    public void Centre_NoDStates_IsNotKnown() => Assert.Equal(double.NaN, DBand.Centre([new(-3, 2, 0)], 0));

    [Fact]
    public void Centre_ShiftOfAllEnergies_ChangesNothing()
    {
        ProjectedLevel[] levels = [new(-3.25, 1, 0.5), new(-2.5, 0.5, 0.75), new(-1, 0.25, 0.125)];
        Assert.Equal(DBand.Centre(levels, -1.5), DBand.Centre(levels.Select(l => l with { Energy = l.Energy + 4 }), 2.5), 12);
    }
}
