using ClusterML.Data.Audits;
using ClusterML.Tests;

namespace ClusterML.Data.Tests.Audits;

/// <summary>What is known to be wrong in the published tables is found, and clean rows are left in peace.</summary>
public sealed class PublishedTablesTests
{
    /// <summary>The worst transition metals that the source of the QCD table names, by |second difference|.</summary>
    private static readonly string[] Suspicious = ["Nb40", "Nb52", "Os25", "Nb53", "Os15"];

    [Fact]
    public void Run_PublishedTm13Set_FindsOnlyTheBindingEnergyOfHafnium()
    {
        var report = TableAudit.Run(AuditSource.Read(Published.Table("kit_tm13", "tm13_unary_kit.csv")));

        var wrong = Assert.Single(report.Findings, f => f.Severity != AuditSeverity.Note);
        Assert.Equal((FindingKinds.IdentityViolation.Code, AuditSeverity.Severe), (wrong.Code, wrong.Severity));
        Assert.Equal(new("Hf", "tm13_unary_kit.csv:23"), Assert.Single(wrong.Rows));
        Assert.Equal(
            "eb_S_eV_per_atom = (13*eb_eV_per_atom + e_int_S_eV + e_dis_S_eV)/14 within 1e-4: -4.78979 on the left, -5.774153 on the right", wrong.What);
    }

    [Fact]
    public void Run_DeclaredIdentity_FindsHafniumToo()
    {
        var table = AuditSource.Read(Published.Table("kit_tm13", "tm13_unary_kit.csv"));

        var report = TableAudit.Run(table, new AuditOptions { Identities = ["eb_check_from_S_eV_per_atom = eb_eV_per_atom within 1e-4"] });

        Assert.Equal(["Hf", "Hf"], report.Of(FindingKinds.IdentityViolation).Ids());
        Assert.DoesNotContain(
            TableAudit.Run(table, new() { Identities = ["eb_check_from_S_eV_per_atom = eb_corrected_eV_per_atom within 1e-4"] }).Of(FindingKinds.IdentityViolation),
            f => f.What.StartsWith("eb_check", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_PublishedQcdTable_FindsTheSizesThatItsSourceNames()
    {
        var report = TableAudit.Run(AuditSource.Read(Published.Table("qcd", "qcd_unary.csv")));

        string Size(Finding f) => Assert.Single(f.Rows).Id.Split(' ')[0];
        var bends = report.Of(FindingKinds.EnergyCurveKink)
            .Select(f => (Size: Size(f), Bend: Math.Abs(double.Parse(f.What.Split("= ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)))).ToArray();
        var metals = bends.Where(b => QcdUnaryOptions.Metals.Contains(b.Size.TrimEnd([.. "0123456789"]))).ToArray();

        // 50 sizes of transition metals above 3 eV, Cs47 with its two neighbours, and 40 sizes of non-metals, which are the worst.
        Assert.Equal(95, bends.Length);
        Assert.Equal(53, metals.Length);
        Assert.Equal(50, metals.Count(b => !b.Size.StartsWith("Cs", StringComparison.Ordinal)));
        Assert.Equal(Suspicious, metals.OrderByDescending(b => b.Bend).Take(5).Select(b => b.Size));
        Assert.Equal(["C31", "C35", "C34"], bends.OrderByDescending(b => b.Bend).Take(3).Select(b => b.Size));
        Assert.Empty(report.Of(FindingKinds.DuplicateRows));
        Assert.Empty(report.Of(FindingKinds.NearDuplicateRows));
        Assert.Equal(0, report.Count(AuditSeverity.Severe));
    }

    /// <summary>The free atom of Cs does not belong to its totals, and Pb lacks spin-orbit coupling: no other element is beyond its bulk.</summary>
    [Fact]
    public void Run_RowsOfPretraining_FindsOnlyTheFreeAtomsThatDoNotFit()
    {
        var report = TableAudit.Run(QcdUnaryTable.Load(Published.Table("qcd", "qcd_unary.csv")));

        Assert.Equal([FindingKinds.BoundBeyondBulk.Code, FindingKinds.BoundBeyondBulk.Code], report.Findings.Where(f => f.Severity != AuditSeverity.Note).Select(f => f.Code));
        Assert.Equal(["Cs", "Pb"], report.Of(FindingKinds.BoundBeyondBulk).Select(f => f.Rows[0].Id[..2]));
        Assert.StartsWith("an atom added to Cs clusters gains 2.13 eV", report.Of(FindingKinds.BoundBeyondBulk)[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SegregationTable_IsClean() => Assert.All(
        TableAudit.Run(SegregationTable.Load(Published.Table("segregation", "ruban1999_tidy.csv"))).Findings, f => Assert.Equal(AuditSeverity.Note, f.Severity));

    [Fact]
    public void Run_OwnCalculations_HaveNothingSevere() => Assert.Equal(0, SourceAudit.Run(Path.Combine(Published.Repository, "data", "x12tm", "pilot")).Count(AuditSeverity.Severe));
}
