using ClusterML.Chemistry.Vibrations;

namespace ClusterML.Chemistry.Tests.Vibrations;

public sealed class VibrationalAnalysisTests
{
    [Fact]
    public void Judge_VibrationsAlone_AreAMinimum()
    {
        var found = VibrationalAnalysis.Judge([3821.2, 1623.8, 3722.0], 3);

        Assert.Equal((VibrationalVerdict.Minimum, 3, 0), (found.Verdict, found.Expected, found.Imaginary));
        Assert.Equal("minimum: 3 real frequencies (3N - 6), smallest 1623.8 1/cm", found.Text);
        Assert.Equal([1623.8, 3722.0, 3821.2], found.Vibrations);
        Assert.Empty(found.Rigid);
    }

    [Fact]
    public void Judge_ZeroPointEnergy_IsHalfTheSum()
    {
        // h c of 1/cm in eV from the exact constants: 6.62607015E-34 J s, 2.99792458E10 cm/s, 1.602176634E-19 J/eV.
        const double Factor = 6.62607015e-34 * 2.99792458e10 / 1.602176634e-19;
        Assert.Equal(0.5 * Factor * (1595 + 3657 + 3756), VibrationalAnalysis.Judge([1595, 3657, 3756], 3).ZeroPointEnergy, 12);
    }

    [Fact]
    public void Judge_AllModes_LeavesOutTheSixNearestZero()
    {
        var found = VibrationalAnalysis.Judge([352, 311, 187, 22.4, 8, 3.1, 0.4, -0.9, -12.9], 3);

        Assert.Equal(VibrationalVerdict.Minimum, found.Verdict);
        Assert.Equal([-12.9, -0.9, 0.4, 3.1, 8, 22.4], found.Rigid);
        Assert.Equal([187, 311, 352], found.Vibrations);
    }

    [Fact]
    public void Judge_TranslationsProjectedOut_LeavesOutThree() =>
        Assert.Equal(3, VibrationalAnalysis.Judge([352, 311, 187, 22.4, 8, -3.1], 3).Rigid.Count);

    [Fact]
    public void Judge_ImaginaryMode_IsASaddlePoint()
    {
        var found = VibrationalAnalysis.Judge([-512.3, 900, 1800], 3);

        Assert.Equal((VibrationalVerdict.SaddlePoint, 1), (found.Verdict, found.Imaginary));
        Assert.Equal("saddle point of order 1: smallest frequency 512.3i 1/cm", found.Text);
        Assert.Equal(double.NaN, found.ZeroPointEnergy);
    }

    [Fact]
    public void Judge_TooFew_IsIncomplete()
    {
        var found = VibrationalAnalysis.Judge([100, 200], 3);

        Assert.Equal(VibrationalVerdict.Incomplete, found.Verdict);
        Assert.Equal("incomplete: 2 of 3 vibrations (3N - 6 with N = 3)", found.Text);
    }

    [Fact]
    public void Judge_StiffRigidMode_IsUnclear()
    {
        var found = VibrationalAnalysis.Judge([352, 311, 287, 222, 8, 3.1, 0.4, -0.9, -12.9], 3);

        Assert.Equal(VibrationalVerdict.Unclear, found.Verdict);
        Assert.Equal("unclear: beside 3 vibrations (3N - 6) a mode at 222.0 1/cm should be rigid, within 100 1/cm of zero", found.Text);
    }

    [Theory]
    [InlineData(2, null, 1)]
    [InlineData(2, false, 1)]
    [InlineData(3, true, 4)]
    [InlineData(3, null, 3)]
    [InlineData(13, null, 33)]
    [InlineData(1, null, 0)]
    public void Judge_Expected_CountsTheModes(int atoms, bool? linear, int expected) =>
        Assert.Equal(expected, VibrationalAnalysis.Judge([.. Enumerable.Repeat(250.0, expected)], atoms, linear).Expected);

    [Fact]
    public void Judge_ZeroAmongVibrations_IsNoMinimum() =>
        Assert.Equal(VibrationalVerdict.SaddlePoint, VibrationalAnalysis.Judge([0, 100, 200], 3).Verdict);

    [Fact]
    public void Judge_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => VibrationalAnalysis.Judge(new double[10], 3));
        Assert.Throws<ArgumentException>(() => VibrationalAnalysis.Judge([double.NaN, 1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => VibrationalAnalysis.Judge([], 0));
    }

    [Fact]
    public void IsLinear_TellsLinesFromTriangles()
    {
        Assert.True(VibrationalAnalysis.IsLinear([[0, 0, 0], [1, 1, 1], [-2, -2, -2]]));
        Assert.False(VibrationalAnalysis.IsLinear([[0, 0, 0], [1, 0, 0], [0, 0.1, 0]]));
        Assert.True(VibrationalAnalysis.IsLinear([[0, 0, 0], [0, 0, 2]]));
        Assert.False(VibrationalAnalysis.IsLinear([[0, 0, 0]]));
    }
}
