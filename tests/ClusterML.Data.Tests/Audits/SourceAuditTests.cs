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

    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11.0 A cutoff 300 Ry";

    [Fact]
    public void Run_PositionsInBohr_AreImplausible()
    {
        string Pair(double length) => FormattableString.Invariant($"2\n\nCu 0 0 0\nCu {length} 0 0\n");
        var finding = Assert.Single(SourceAudit.Run(folder.Write("a.xyz", Pair(2.4 / 0.5292) + Pair(2.4))).Of(FindingKinds.ImplausibleBond));

        Assert.Equal((AuditSeverity.Warning, "frame 1 (a.xyz)"), (finding.Severity, Assert.Single(finding.Rows).ToString()));
        Assert.EndsWith(": positions in Bohr, read as Angstrom?", finding.What, StringComparison.Ordinal);
        Assert.Equal(AuditSeverity.Severe, Assert.Single(SourceAudit.Run(folder.Write("b.xyz", Pair(0.24))).Of(FindingKinds.ImplausibleBond)).Severity);
    }

    [Theory]
    [InlineData(-1339.0, -100.0, null)]
    [InlineData(-1301.4, -100.0, "energies in Hartree, read as eV?")]
    [InlineData(-49.2, -100.0, "the cluster in Hartree and its free atoms in eV?")]
    public void Run_EnergiesInAnotherUnit_AreImplausible(double cluster, double atom, string? hint)
    {
        Calculation("Ti13", cluster);
        Calculation("Ti12_vac", cluster * 12 / 13);
        Calculation("Ti_atom", atom);

        var findings = SourceAudit.Run(folder.Path).Of(FindingKinds.ImplausibleEnergy);

        Assert.Equal(hint is null ? 0 : 2, findings.Count);
        Assert.All(findings, f => Assert.EndsWith(hint!, f.What, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_TwoMethodsWithAsManyRows_IsSevereUnlessOneIsChosen()
    {
        foreach (var method in new[] { Method, Method.Replace("300 Ry", "400 Ry", StringComparison.Ordinal) })
        {
            Calculation("Ti13", -1339, method);
            Calculation("Ti12_vac", -1235, method);
            Calculation("Ti_atom", -100, method);
        }

        var mixed = Assert.Single(SourceAudit.Run(folder.Path).Of(FindingKinds.MixedFingerprints));

        Assert.Equal(AuditSeverity.Severe, mixed.Severity);
        Assert.Matches(@"^the clusters have 2 methods: (\w+) \(2 clusters, 1 complete rows\): .* \| \w+ \(2 clusters", mixed.What);
        var chosen = SourceAudit.Run(folder.Path, calculations: new() { Fingerprint = mixed.What.Split(' ')[5] });
        Assert.Empty(chosen.Of(FindingKinds.MixedFingerprints));
        Assert.StartsWith("2 rows were left out: Ti12_vac: another method", Assert.Single(chosen.Of(FindingKinds.RowsLeftOut)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RestrictedMagnetWithoutARow_IsNamed()
    {
        Calculation("Ti13", -1339);
        Calculation("Ti12_vac", -1235);
        Calculation("Ti_atom", -100);
        Calculation("Fe13", -1339);

        Assert.Equal(
            "spin-restricted clusters with magnetic elements that are in no row: Fe13",
            Assert.Single(SourceAudit.Run(folder.Path).Of(FindingKinds.SpinRestrictedMagnetic)).What);
    }

    [Fact]
    public void Run_TableOfSites_IsReadAsFiguresReadIt()
    {
        var wrong = folder.Write("wrong.csv", "host,dopant,site,e_b\nXx,Ti,in,-3\nTi,Pt,up,-3\nTi,Pd,in,abc\n");
        var unit = folder.Write("unit.csv", "host,dopant,site,e_b\nTi,Pt,in,-107.97\nTi,Pt,out,-4.1\nTi,Pd,in,-7.1\n");

        Assert.Equal(3, Assert.Throws<DataException>(() => SourceAudit.Run(wrong)).Problems.Count);
        var report = SourceAudit.Run(unit);
        Assert.Equal("Ti12Pt_in (unit.csv:2)", Assert.Single(Assert.Single(report.Of(FindingKinds.ImplausibleEnergy)).Rows).ToString());
        Assert.Equal(1, report.Count(AuditSeverity.Severe));
        Assert.Equal(["Ti12Pd_in"], report.Of(FindingKinds.BoundBeyondBulk).SelectMany(f => f.Rows).Select(r => r.Id));
    }

    [Fact]
    public void Run_CellsThatCannotBeRead_AreSevereWithTheirPlaces()
    {
        var report = SourceAudit.Run(folder.Write("q.csv", "symbol,n_atoms,energy_total_eV\nNb,40,-1\nXx,41,-2\nNb,x,-3\n"));

        var cells = report.Of(FindingKinds.UnreadableCells);
        Assert.All(cells, f => Assert.Equal(AuditSeverity.Severe, f.Severity));
        Assert.Equal(["q.csv:3:1", "q.csv:4:2"], cells.Select(f => f.What.Split(": ")[0]).Order());
    }

    [Fact]
    public void ToString_RowNamedByItsLine_SaysTheLineOnce() => Assert.Equal("As25 (qcd.csv:1715)", new FindingRow("As25 (line 1715)", "qcd.csv:1715").ToString());

    [Fact]
    public void Run_IdentityOfOtherColumns_SaysWhatMayBeMeantOnce()
    {
        var file = folder.Write("t.csv", "eb_S_eV,other\n1,2\n");

        Assert.EndsWith(
            "t has no column eb_s (did you mean eb_S_eV?), xyz; it has eb_S_eV, other",
            folder.Problems(() => SourceAudit.Run(file, new() { Identities = ["eb_s = xyz"] })),
            StringComparison.Ordinal);
    }

    private void Calculation(string name, double energy, string method = Method)
    {
        var of = name.EndsWith("_atom", StringComparison.Ordinal) ? method.Replace("RKS Fermi-Dirac 1000 K box 11.0", "UKS OT box 8.0", StringComparison.Ordinal) : method;
        folder.Write($"{name}_{(of.Contains("400 Ry", StringComparison.Ordinal) ? 400 : 300)}.json", FormattableString.Invariant(
            $"{{\"name\": \"{name}\", \"method\": \"{of}\", \"energy_T0_eV\": {energy}, \"scf_converged\": true, \"geometry_converged\": true, \"fmax_eV_per_A\": 0.01, \"pilot\": false}}"));
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
