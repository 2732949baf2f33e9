using ClusterML.Chemistry.Convergence;
using ClusterML.Reports.Dataset;

namespace ClusterML.Reports.Tests.Dataset;

public sealed class ConvergenceReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-convergence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_Study_GivesTableAndPlot()
    {
        var points = new[] { (200.0, -10.0, 2.70), (300.0, -10.5, 2.71), (400.0, -10.505, double.NaN) }
            .Select(p => new ConvergencePoint(p.Item1, "a.json", new Dictionary<string, double> { ["E_Ti13"] = p.Item2, ["dav_Ti13"] = p.Item3 }));
        var study = ConvergenceStudy.Of(new(ConvergenceParameter.Find("cutoff")!, points));
        Assert.Equal(["cutoff.csv", "cutoff.svg", "cutoff.png"], ConvergenceReport.Write(study, folder));
        Assert.Equal(
            """
            cutoff,E_Ti13,E_Ti13_deviation,dav_Ti13,dav_Ti13_deviation,source
            200,-10.000000,0.505000,2.700000,-0.010000,a.json
            300,-10.500000,0.005000,2.710000,0.000000,a.json
            400,-10.505000,0.000000,,,a.json

            """,
            File.ReadAllText(Path.Combine(folder, "cutoff.csv")),
            ignoreLineEndingDifferences: true);
        var svg = File.ReadAllText(Path.Combine(folder, "cutoff.svg"));
        Assert.Contains("Convergence with cutoff: not converged within the set: dav_Ti13", svg, StringComparison.Ordinal);
        Assert.Contains("E_Ti13: from 300", svg, StringComparison.Ordinal);
    }
}
