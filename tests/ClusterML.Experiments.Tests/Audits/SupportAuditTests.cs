using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Tests.Yaml.Support;

namespace ClusterML.Experiments.Tests.Audits;

public sealed class SupportAuditTests
{
    private static readonly BackboneSupport Unary = BackboneSupport.Of(Rows([.. from e in new[] { "Ti", "Zr", "Pt", "Fe" } from n in Enumerable.Range(3, 20) where n != 12 select (e, e, n)]));

    [Fact]
    public void Run_UnaryPretraining_LeavesEveryDifferenceAndFlagUntrained()
    {
        var finding = Assert.Single(SupportAudit.Run(Rows([("Ti", "Pt", 12), ("Zr", "Fe", 12)]), Unary).Of(FindingKinds.UntrainedToken), f => f.Severity == AuditSeverity.Severe);

        Assert.Contains("melting_point_abs_diff", finding.Columns);
        Assert.Contains("same_electron_configuration", finding.Columns);
        Assert.All(finding.Columns, c => Assert.True(c.EndsWith("_abs_diff", StringComparison.Ordinal) || c.StartsWith("same_", StringComparison.Ordinal), c));
    }

    [Fact]
    public void Run_UntrainedTokenThatNeverVaries_IsANote()
    {
        var findings = SupportAudit.Run(Rows([("Ti", "Ti", 5), ("Zr", "Zr", 6)]), Unary).Of(FindingKinds.UntrainedToken);

        Assert.Equal(AuditSeverity.Note, Assert.Single(findings).Severity);
    }

    [Fact]
    public void Run_PretrainingOnPairs_TrainsEveryToken()
    {
        string[] metals = ["Ti", "Zr", "Pt", "Fe", "Zn", "Li", "Al", "La", "W"];
        var pairs = BackboneSupport.Of(Rows([.. from a in metals from b in metals from n in new[] { 5, 12 } select (a, b, n)], dopants: 2));

        Assert.DoesNotContain(
            SupportAudit.Run(Rows([("Ti", "Pt", 12)]), pairs).Of(FindingKinds.UntrainedToken).SelectMany(f => f.Columns), c => c.EndsWith("_abs_diff", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ClusterOfPretraining_IsOverlapHoweverItIsWritten()
    {
        // Ti12 + Ti is Ti13, a row that pretraining left out; Ti11 + Ti is Ti12, one that it has.
        Assert.Empty(SupportAudit.Run(Rows([("Ti", "Ti", 12)]), Unary).Of(FindingKinds.PretrainingOverlap));
        var finding = Assert.Single(SupportAudit.Run(Rows([("Ti", "Ti", 11), ("Ti", "Pt", 11)]), Unary).Of(FindingKinds.PretrainingOverlap));
        Assert.Equal("Ti11Ti is Ti12, and Ti12 is a row of the pretraining table rows", finding.What);
        Assert.Equal("Ti11Ti", Assert.Single(finding.Rows).Id);
    }

    [Fact]
    public void Run_ElementThatPretrainingLacks_IsUnseen()
    {
        var report = SupportAudit.Run(Rows([("Ti", "Tc", 12), ("Zr", "Tc", 12), ("Ti", "Pt", 12)]), Unary);

        var finding = Assert.Single(report.Of(FindingKinds.UnseenCategory));
        Assert.Equal(["Ti12Tc", "Zr12Tc"], finding.Rows.Select(r => r.Id));
        Assert.StartsWith("Tc in 2 of 3 rows: pretraining never saw its atomic_number_2", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ValuesOutOfRange_AreCounted()
    {
        var finding = Assert.Single(SupportAudit.Run(Rows([("Ti", "Pt", 12), ("Ti", "Pt", 60)]), Unary).Of(FindingKinds.OutsidePretrainingRange));

        Assert.Equal(["Ti60Pt"], finding.Rows.Select(r => r.Id));
        Assert.Equal("1 of 2 rows leave the range of pretraining: n_atoms_1 in 1 rows (seen 3 to 22)", finding.What);
        Assert.Empty(SupportAudit.Run(Rows([("Ti", "Pt", 12)]), Unary).Of(FindingKinds.OutsidePretrainingRange));
    }

    [Fact]
    public void Run_PretrainingAlone_SaysWhatItWillLeaveUntrained()
    {
        var report = SupportAudit.Run(Unary);

        Assert.Equal([AuditSeverity.Warning, AuditSeverity.Warning], report.Findings.Select(f => f.Severity));
        Assert.Contains("Tc", Assert.Single(report.Of(FindingKinds.UnseenCategory)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ReadBack_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        BackboneSupportFile.Write(folder.Path, Unary);

        Assert.Equal(BackboneSupportFile.Text(Unary), BackboneSupportFile.Text(BackboneSupportFile.TryRead(folder.Path)!));
        Assert.Null(BackboneSupportFile.TryRead(Path.Combine(folder.Path, "none")));
        folder.Write(BackboneSupportFile.FileName, "{\"schema\":\"clusterml/support@9\"}");
        Assert.Throws<VerificationException>(() => BackboneSupportFile.TryRead(folder.Path));
    }

    [Fact]
    public void Verify_SupportOfOtherWeights_IsRefused()
    {
        using var folder = new TemporaryFolder();
        BackboneFolder.Copy(Published, folder.Path);
        _ = BackboneFolder.Verify(folder.Path);

        BackboneSupportFile.Write(folder.Path, Unary with { WeightsHash = "0" });

        Assert.Contains("support.json belongs to the weights 0", Assert.Throws<VerificationException>(() => BackboneFolder.Verify(folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>The shipped backbone: every |difference| and flag untrained, Tc, Lu and Hg without a row. From the design, found by the audit alone.</summary>
    [Fact]
    public void Run_ShippedBackbone_FindsTheUntrainedTokens()
    {
        var support = BackboneSupportFile.TryRead(Published)!;

        var untrained = support.Continuous.Where(c => c.IsConstant).Select(c => c.Name).ToArray();
        Assert.Equal(21, untrained.Length);
        Assert.Equal(16, untrained.Count(c => c.EndsWith("_abs_diff", StringComparison.Ordinal)));
        Assert.Equal(4, untrained.Count(c => c.StartsWith("same_", StringComparison.Ordinal)));
        Assert.Equal("transition metals without a pretraining row: Tc, Lu, Hg", Assert.Single(SupportAudit.Run(support).Of(FindingKinds.UnseenCategory)).What);
        foreach (var host in new[] { "Ti", "Zr", "Hf", "Fe" })
        {
            Assert.DoesNotContain($"{host}13", support.Compositions);
            Assert.DoesNotContain($"{host}14", support.Compositions);
        }
    }

    /// <summary>The file in the repository is what the published table gives.</summary>
    [Fact]
    public void ShippedSupport_IsThatOfThePublishedTable()
    {
        var table = Environment.GetEnvironmentVariable("CLUSTERML_DATA") is { Length: > 0 } root ? Path.Combine(root, "qcd", "qcd_unary.csv") : PublishedTable();
        Assert.SkipUnless(File.Exists(table), "the published file qcd/qcd_unary.csv is not here");

        var shipped = BackboneSupportFile.TryRead(Published)!;

        Assert.Equal(BackboneSupportFile.Text(BackboneSupport.Of(QcdUnaryTable.Load(table!)) with { WeightsHash = shipped.WeightsHash }), File.ReadAllText(Path.Combine(Published, BackboneSupportFile.FileName)));
        Assert.Equal(BackboneFolder.Verify(Published).WeightsHash, shipped.WeightsHash);
    }

    private static string Published => Path.Combine(Binding.Repository, "artifacts", "backbones", "qcd-ft66");

    private static string? PublishedTable()
    {
        for (var folder = new DirectoryInfo(Binding.Repository); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", "qcd", "qcd_unary.csv") is var file && File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static DataTable Rows((string Host, string Dopant, int Atoms)[] rows, int dopants = 1) =>
        new("rows", [.. rows.Select(r => $"{r.Host}{r.Atoms}{r.Dopant}")])
        {
            TextColumns = new OrderedDictionary<string, string[]> { ["host"] = [.. rows.Select(r => r.Host)], ["dopant"] = [.. rows.Select(r => r.Dopant)] },
            NumberColumns = new OrderedDictionary<string, float[]>
            {
                ["n_atoms_1"] = [.. rows.Select(r => (float)r.Atoms)],
                ["n_atoms_2"] = [.. rows.Select(r => (float)dopants)],
            },
            IsComposition = true,
        };
}
