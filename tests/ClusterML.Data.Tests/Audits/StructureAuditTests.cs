using ClusterML.Chemistry.Structures;
using ClusterML.Data.Audits;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Audits;

public sealed class StructureAuditTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_TurnedRenumberedAndReflectedCopy_IsFound(bool reflected)
    {
        var original = Random(13, 1);

        var finding = Assert.Single(StructureAudit.Run("t", [Named("a", original), Named("b", Random(13, 2)), Named("c", Copy(original, reflected, 0.01))]).Findings);

        Assert.Equal((FindingKinds.DuplicateStructures.Code, AuditSeverity.Severe), (finding.Code, finding.Severity));
        Assert.Equal(["a", "c"], finding.Rows.Select(r => r.Id));
        Assert.StartsWith("a, c are one structure of 13 atoms: no atom is farther than 0.0", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DifferentStructures_FindsNothing() => Assert.Empty(StructureAudit.Run("t", [Named("a", Random(13, 1)), Named("b", Random(13, 2)), Named("c", Random(12, 1))]).Findings);

    [Fact]
    public void AgainstPretraining_CopyOfATestCluster_IsOverlap()
    {
        var original = Random(13, 3);

        var report = StructureAudit.AgainstPretraining(
            "t", [Named("Ti12Ti", original), Named("other", Random(13, 4))], [Named("Ti13", Copy(original, true, 0)), Named("seen", Random(13, 5)), Named("seen too", Random(13, 5))]);

        var finding = Assert.Single(report.Findings);
        Assert.Equal("severe pretraining_overlap: Ti12Ti: the same structure as Ti13 of pretraining, to within 0.1 Angstrom [Ti12Ti]", finding.ToString());
    }

    [Fact]
    public void Run_FileOfStructures_NamesTheFrames()
    {
        var file = folder.Write("t.xyz", "2\n\nTi 0 0 0\nZr 0 0 2.5\n2\n\nTi 0 0 0\nZr 0 0 2.9\n2\n\nZr 1 3.5 1\nTi 1 1 1\n");

        Assert.Equal(["frame 1", "frame 3"], Assert.Single(SourceAudit.Run(file).Of(FindingKinds.DuplicateStructures)).Rows.Select(r => r.Id));
    }

    /// <summary>Inside and outside of one composition are different clusters in every row of the repository.</summary>
    [Fact]
    public void Run_OwnCalculations_HaveNoCopies()
    {
        var report = X12tmAudit.Run(Path.Combine(Published.Repository, "data", "x12tm", "pilot"), new() { MaxForce = 0.08 });

        Assert.Contains(report.Checks, c => c is { Name: "copies of structures", Reason: null });
        Assert.Empty(report.Of(FindingKinds.DuplicateStructures));
    }

    private static NamedStructure Named(string name, Structure structure) => new(name, [new(name)], structure);

    private static Structure Random(int atoms, int seed)
    {
        var random = new Random(seed);
        return Make([.. Enumerable.Range(0, atoms).Select(i => (i == 0 ? "Pt" : "Ti", new[] { 8 * random.NextDouble(), 8 * random.NextDouble(), 8 * random.NextDouble() }))]);
    }

    private static Structure Copy(Structure original, bool reflected, double noise)
    {
        var (c, s) = (Math.Cos(0.7), Math.Sin(0.7));
        var random = new Random(9);
        var atoms = Enumerable.Range(0, original.Count).Select(i =>
        {
            var p = original.Positions.Slice(3 * i, 3);
            var (x, y, z) = (p[0], p[1], reflected ? -p[2] : p[2]);
            return (original.Elements[i].Symbol, new[] { (c * x) - (s * y) + 1 + (noise * random.NextDouble()), (s * x) + (c * y) - 2, z + 3 });
        });
        return Make([.. atoms.Reverse()]);
    }

    private static Structure Make((string Symbol, double[] At)[] atoms) =>
        new([.. atoms.Select(a => Chemistry.Elements.ElementTable.Default.Find(a.Symbol)!)], [.. atoms.SelectMany(a => a.At)]);
}
