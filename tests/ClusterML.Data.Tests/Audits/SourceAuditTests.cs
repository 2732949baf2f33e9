using ClusterML.Data.Audits;

namespace ClusterML.Data.Tests.Audits;

public sealed class SourceAuditTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_FileWithTargets_TakesAllOtherColumnsAsFeatures()
    {
        var file = folder.Write("t.csv", "id,x,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"s{i},{i * i},{(2 * i * i) + 1}\n"))));

        var finding = Assert.Single(SourceAudit.Run(file, targets: ["y"]).Of(FindingKinds.TargetInFeatures));

        Assert.Equal(["x"], finding.Columns);
        Assert.Equal("no column is a target", SourceAudit.Run(file).Checks.Single(c => c.Name == "targets among the features").Reason);
    }

    private const string Dataset = """
        {"schema": "clusterml/dataset@1", "name": "d", "title": "D", "version": "1", "licence": "CC0-1.0", "citation": "none", "kind": "table",
         "columns": [{"name": "id", "role": "id"}, {"name": "a", "role": "numeric"}, {"name": "b", "role": "target"}, {"name": "scf_converged", "role": "metadata"}],
         "identities": ["b = 2 * a within 0.1"]}
        """;

    [Fact]
    public void Run_Dataset_ChecksItsIdentitiesAndItsMetadata()
    {
        folder.Write("dataset.json", Dataset);
        folder.Write("rows.csv", "id,a,b,scf_converged\nr1,1,2,1\nr2,2,5,1\nr3,3,6.05,0\n");

        var report = SourceAudit.Run(folder.Path);

        Assert.Equal(["r2 (rows.csv:3)"], report.Of(FindingKinds.IdentityViolation).SelectMany(f => f.Rows).Select(r => r.ToString()));
        Assert.Equal(["r3"], report.Of(FindingKinds.UnconvergedRows).SelectMany(f => f.Rows).Select(r => r.Id));
    }

    [Fact]
    public void Run_DatasetWithABadIdentity_NamesThePlace()
    {
        folder.Write("dataset.json", Dataset.Replace("b = 2 * a within 0.1", "b = 2 *", StringComparison.Ordinal));
        folder.Write("rows.csv", "id,a,b,scf_converged\nr1,1,2,1\n");

        Assert.Matches(@"^dataset\.json:3:\d+: identities.*column 8: expected a column, a number or \($", folder.Problems(() => SourceAudit.Run(folder.Path)));
    }

    [Fact]
    public void Run_FolderWithoutAReference_NamesIt()
    {
        const string Cluster = """{"name": "NAME", "method": "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry", "energy_T0_eV": -100.0, "scf_converged": true, "geometry_converged": true, "fmax_eV_per_A": 0.01, "pilot": false}""";
        const string Atom = """{"name": "NAME", "method": "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS OT box 8.0 A cutoff 300 Ry", "energy_T0_eV": -10.0, "scf_converged": true, "geometry_converged": null, "pilot": false}""";
        foreach (var name in new[] { "Ti13", "Ti12_vac", "Zr13" })
        {
            folder.Write($"{name}.json", Cluster.Replace("NAME", name, StringComparison.Ordinal));
        }

        folder.Write("Ti_atom.json", Atom.Replace("NAME", "Ti_atom", StringComparison.Ordinal));

        var missing = SourceAudit.Run(folder.Path).Of(FindingKinds.MissingReference);

        Assert.Equal(["Zr13", "Zr13"], missing.SelectMany(f => f.Rows).Select(r => r.Id));
        Assert.Equal(["the X12 of Zr", "the free atom of Zr"], missing.Select(f => f.What.Split(" is not there")[0]));
    }

    [Fact]
    public void Read_RowsWithoutAnId_AreCalledByElementAndSize()
    {
        var table = AuditSource.Read(folder.Write("t.csv", "symbol,n_atoms,note\nNb,40,\nNb,41,a\nNb,41,b\n"));

        Assert.Equal(["Nb40", "Nb41 (line 3)", "Nb41 (line 4)"], table.RowIds);
        Assert.Equal(["t.csv:2", "t.csv:3", "t.csv:4"], table.Places);
        Assert.NotNull(table.Find("n_atoms")!.Numbers);
        Assert.NotNull(table.Find("note")!.Texts);
    }

    [Theory]
    [InlineData("t.csv", "a,b\n1\n", "t.csv:2: 1 fields, the header has 2")]
    [InlineData("t.csv", "a,a\n1,2\n", "t.csv:1:2: column \"a\" appears twice")]
    [InlineData("t.csv", "a,b\n", "t.csv: the table has no rows")]
    [InlineData("t.txt", "a,b\n1,2\n", "t.txt: not a table; an audit reads .csv and .parquet files, files of structures, dataset folders, folders of calculations and configs (.yaml)")]
    public void Run_UnreadableFile_NamesThePlace(string name, string text, string problem)
    {
        var file = folder.Write(name, text);

        Assert.Equal(problem, folder.Problems(() => SourceAudit.Run(file)));
    }

    [Fact]
    public void Run_TargetThatIsNotThere_NamesTheColumns()
    {
        var file = folder.Write("t.csv", "a,b\n1,2\n");

        Assert.Equal("t.csv:1: there is no column \"c\"; the file has a, b", folder.Problems(() => SourceAudit.Run(file, targets: ["c"])));
    }

    [Fact]
    public void Run_NoSuchFile_SaysSo() =>
        Assert.StartsWith("missing.csv: no such file", folder.Problems(() => SourceAudit.Run(Path.Combine(folder.Path, "missing.csv"))), StringComparison.Ordinal);
}
