using ClusterML.Chemistry.Convergence;
using ClusterML.Data.Energetics;

namespace ClusterML.Data.Tests.Energetics;

/// <summary>Verdicts on the published convergence tests (supporting information, tables S1 to S4), checked by hand.</summary>
public sealed class ConvergenceFileTests
{
    private static readonly string PublishedTables =
        Path.Combine(ClusterML.Tests.Published.Repository, "tests", "ClusterML.Data.Tests", "Energetics", "published-s1-s4.csv");

    private static readonly IReadOnlyList<ConvergenceSet> Sets = ConvergenceFile.Read(PublishedTables);

    [Fact]
    public void Read_ManyParameters_GivesASetForEach()
    {
        Assert.Equal(["box", "encut_over_enmax", "ediff", "ediffg"], Sets.Select(s => s.Parameter.Name));
        Assert.All(Sets, s => Assert.Equal(7, s.Points.Count));
        Assert.All(Sets, s => Assert.Equal(["dE", "ecn_A", "ecn_B", "dav_A", "dav_B", "m_A", "m_B"], s.Quantities));
        Assert.Equal(-0.005, Sets[3].Points[^1].Value);
        Assert.Equal("table S4", Sets[3].Points[^1].Source);
    }

    [Theory]
    [InlineData("box", 0.01, 22.0)] // 22 is 0.0066 from 24; 20 is 0.0328 away.
    [InlineData("box", 0.05, 16.0)] // 14 is 0.0668 away; from 16 on at most 0.0337.
    [InlineData("box", 0.005, double.NaN)]
    [InlineData("encut_over_enmax", 0.01, 1.5)] // 1.5 is 0.0083 from 2; 1.25 is 0.0232 away.
    [InlineData("encut_over_enmax", 0.03, 1.125)]
    [InlineData("encut_over_enmax", 0.05, 1.0)]
    [InlineData("ediff", 0.001, 0.01)]
    [InlineData("ediffg", 0.001, -0.1)]
    public void Study_EnergyOfPublishedTables_ConvergesWhereItShould(string parameter, double tolerance, double expected)
    {
        var verdict = Study(parameter, ("energy", tolerance)).Verdicts.Single(v => v.Quantity == "dE");
        Assert.Equal(double.IsNaN(expected) ? null : expected, verdict.ConvergedAt);
    }

    [Fact]
    public void Study_BoxTwelve_FlagsTheBondLengthAsOutlier()
    {
        var study = Study("box");
        var flagged = study.Verdicts.Where(v => v.Outliers.Count > 0).ToArray();
        Assert.Equal("dav_A", Assert.Single(flagged).Quantity);
        Assert.Equal([12.0], flagged[0].Outliers);
        Assert.Equal(14.0, flagged[0].ConvergedAt);
        Assert.Equal(14.0, flagged[0].ConvergedAtWithoutOutliers);
        Assert.Contains(study.Warnings, w => w.StartsWith("dav_A at 12 Angstrom is 2.2093, -0.7363 from the finest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("encut_over_enmax")]
    [InlineData("ediff")]
    [InlineData("ediffg")]
    public void Study_CoarseButConsistentValues_AreNoOutliers(string parameter)
    {
        Assert.All(Study(parameter).Verdicts, v => Assert.Empty(v.Outliers));
        Assert.All(Study(parameter, ("energy", 0.001), ("dav", 0.001)).Verdicts, v => Assert.Empty(v.Outliers));
    }

    [Fact]
    public void Study_OfTheBox_WarnsThatTheEnergyOscillates()
    {
        var study = Study("box");
        Assert.True(study.Verdicts.Single(v => v.Quantity == "dE").IsOscillating);
        Assert.Contains("dE: the verdict rests on one finer value", study.Warnings);
        Assert.Equal(22.0, study.ConvergedAt);
        Assert.Equal("converged at 22 Angstrom", study.Text);
        Assert.False(Study("ediff").Verdicts.Single(v => v.Quantity == "dE").IsOscillating);
    }

    [Fact]
    public void Study_OfTheCutoff_SaysWhatIsNotConverged()
    {
        var study = Study("encut_over_enmax", ("energy", 0.005));
        Assert.Null(study.ConvergedAt);
        Assert.Equal("not converged within the set: dE", study.Text);
        Assert.Equal(
            "not converged within the set: only the finest value, 2, is within 0.005 eV of itself",
            study.Verdicts.Single(v => v.Quantity == "dE").Text(study.Set.Parameter));
    }

    [Fact]
    public void Read_TotalEnergies_AddTheirDifference()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("box.csv", "box,E_A,E_B\n10,-5.0,-2.0\n12,-5.1,\n14,-5.2,-2.05\n");
        var set = Assert.Single(ConvergenceFile.Read(path, "box"));
        Assert.Equal([-3.0, double.NaN, -5.2 + 2.05], set.Of("dE_A-B"));
        Assert.Equal($"{path}:2", set.Points[0].Source);
        Assert.Equal("Angstrom", set.Parameter.Unit);
    }

    [Theory]
    [InlineData("parameter,value,E\nbox,10,-5\nbox,10,-5\n", "box 10 is already in")]
    [InlineData("parameter,value,E\nbox,ten,-5\n", "value \"ten\" is not a number")]
    [InlineData("parameter,value,E\nknob,1,-5\nknob,2,-5\n", "which end of knob is the finest is not known")]
    [InlineData("box,E\n10,-5\n", "column \"parameter\" is missing")]
    [InlineData("parameter,value,unit,E\nbox,10,Angstrom,1\nbox,24,Bohr,2\n", "unit Bohr, and the first row of box has Angstrom")]
    [InlineData("parameter,value,E\n", "the table has no rows")]
    public void Read_BadInput_SaysWhatIsWrong(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataException>(() => ConvergenceFile.Read(folder.Write("bad.csv", text)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("bad.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Study_ToleranceOfWhatIsNotThere_NamesWhatThereIs()
    {
        var error = Assert.Throws<ArgumentException>(() => Study("box", ("energie", 0.01)));
        Assert.Contains("energie", error.Message, StringComparison.Ordinal);
        Assert.Contains("ecn_A", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Study("box", ("energy", 0.0)));
    }

    private static ConvergenceStudy Study(string parameter, params (string Name, double Tolerance)[] tolerances) => ConvergenceStudy.Of(
        Sets.Single(s => s.Parameter.Name == parameter),
        new(tolerances.ToDictionary(t => t.Name, t => t.Tolerance)));
}
