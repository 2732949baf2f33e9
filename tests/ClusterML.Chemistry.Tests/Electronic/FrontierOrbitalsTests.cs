using ClusterML.Chemistry.Electronic;
using CsCheck;

namespace ClusterML.Chemistry.Tests.Electronic;

public sealed class FrontierOrbitalsTests
{
    [Fact]
    public void Of_IntegerOccupations_IsLumoMinusHomo()
    {
        var found = FrontierOrbitals.Of(Levels((-5, 2), (-3, 2), (-1, 0), (0, 0)))!;
        Assert.Equal((-3.0, -1.0, 2.0), (found.Homo, found.Lumo, found.Gap));
    }

    [Fact]
    public void Of_Smeared_IsWhereOccupationCrossesHalf()
    {
        var found = FrontierOrbitals.Of(Levels((-5, 1.99), (-3, 1.2), (-2.9, 0.8), (0, 0.01)))!;
        Assert.Equal(0.1, found.Gap, 12);
    }

    [Fact]
    public void Of_TwoSpins_TakesTheEdgesOfBoth()
    {
        var found = FrontierOrbitals.Of(Levels((-4, 1), (-1, 0)), Levels((-3, 1), (0, 0)))!;
        Assert.Equal((-3.0, -1.0, 2.0), (found.Homo, found.Lumo, found.Gap));
        Assert.Equal([3, 3], found.GapBySpin);
    }

    [Fact]
    public void Of_FixedMoment_TakesTheSmallestGapWithinASpin()
    {
        var found = FrontierOrbitals.Of(Levels((-4, 1), (-3.5, 0)), Levels((-3, 1), (-1, 0)))!;
        Assert.True(found.Lumo < found.Homo);
        Assert.Equal(0.5, found.Gap);
    }

    [Fact]
    public void Of_EmptySpin_LeavesTheOther()
    {
        // A hydrogen atom: no electron in the second spin.
        var found = FrontierOrbitals.Of(Levels((-7, 1), (-1, 0)), Levels((-2, 0)))!;
        Assert.Equal(5, found.Gap);
    }

    [Fact]
    public void Of_NoEmptyLevel_IsNotKnown()
    {
        Assert.Null(FrontierOrbitals.Of(Levels((-5, 2), (-3, 2))));
        Assert.Null(FrontierOrbitals.Of(Levels((-5, 1), (-3, 0)), Levels((-5, 1))));
        Assert.Null(FrontierOrbitals.Of(Levels((-5, 0))));
        Assert.Null(FrontierOrbitals.Of());
    }

    [Fact]
    public void Of_AnyOrderOfLevels_IsTheSame() => Gen.Select(Gen.Double[-10, 10].Array[2, 30], Gen.Int[1, 29], Gen.Int[0, 1000]).Sample((energies, filled, seed) =>
    {
        Array.Sort(energies);
        var levels = energies.Select((e, i) => new OrbitalLevel(e, i < Math.Min(filled, energies.Length - 1) ? 2 : 0)).ToArray();
        var shuffled = levels.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(FrontierOrbitals.Of(levels)!.Gap, FrontierOrbitals.Of(shuffled)!.Gap);
        Assert.True(FrontierOrbitals.Of(levels)!.Gap >= 0);
    });

    private static IReadOnlyList<OrbitalLevel> Levels(params (double Energy, double Occupation)[] levels) =>
        [.. levels.Select(level => new OrbitalLevel(level.Energy, level.Occupation))];
}
