using ClusterML.Data.Audits;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Audits;

/// <summary>What is known to be wrong in the published tables is found, and nothing beside it.</summary>
public sealed class PublishedTablesTests(ITestOutputHelper output)
{
    private AuditReport Audit(AuditReport report)
    {
        foreach (var finding in report.Findings)
        {
            output.WriteLine(finding.ToString());
        }

        return report;
    }

    [Fact]
    public void Run_PublishedTm13Set_FindsOnlyTheBindingEnergyOfHafnium()
    {
        var report = Audit(TableAudit.Run(AuditSource.Read(Published.Table("kit_tm13", "tm13_unary_kit.csv"))));

        var wrong = Assert.Single(report.Findings, f => f.Severity != AuditSeverity.Note);
        Assert.Equal((FindingKinds.IdentityViolation.Code, AuditSeverity.Severe), (wrong.Code, wrong.Severity));
        var row = Assert.Single(wrong.Rows);
        Assert.Equal("Hf", row.Id);
        Assert.StartsWith("tm13_unary_kit.csv:", row.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DeclaredIdentity_FindsHafniumToo()
    {
        var table = AuditSource.Read(Published.Table("kit_tm13", "tm13_unary_kit.csv"));

        var report = TableAudit.Run(table, new AuditOptions { Identities = ["eb_check_from_S_eV_per_atom = eb_eV_per_atom within 1e-4"] });

        Assert.Equal(["Hf", "Hf"], report.Of(FindingKinds.IdentityViolation).SelectMany(f => f.Rows).Select(r => r.Id));
    }

    [Fact]
    public void Run_PublishedQcdTable_FindsTheSizesThatItsSourceNames()
    {
        var report = Audit(TableAudit.Run(AuditSource.Read(Published.Table("qcd", "qcd_unary.csv"))));
    }

    [Fact]
    public void Run_Loaded()
    {
        Audit(TableAudit.Run(QcdUnaryTable.Load(Published.Table("qcd", "qcd_unary.csv"))));
        Audit(TableAudit.Run(SegregationTable.Load(Published.Table("segregation", "ruban1999_tidy.csv"))));
        Audit(TableAudit.Run(AuditSource.Read(Published.Table("segregation", "ruban1999_tidy.csv"))));
        var folder = Path.Combine(Published.Repository, "data", "x12tm");
        Audit(TableAudit.Run(X12tmTable.Load(folder, new() { MaxForce = 0.08 })).With(X12tmAudit.Run(folder, new() { MaxForce = 0.08 })));
    }
}
