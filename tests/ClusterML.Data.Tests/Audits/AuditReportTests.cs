using System.Text.Json;
using ClusterML.Data.Audits;

namespace ClusterML.Data.Tests.Audits;

public sealed class AuditReportTests
{
    private static readonly AuditReport Report = new(
        "rows",
        9,
        [
            Finding.Of(FindingKinds.FewRows, "the table has 9 rows"),
            Finding.Of(FindingKinds.IdentityViolation, "a = b fails", [new("r1", "rows.csv:3")], ["a", "b"]),
            Finding.Of(FindingKinds.DuplicateRows, "2 rows are the same", [new("r4", "rows.csv:6"), new("r2", "rows.csv:4")]),
            Finding.Of(FindingKinds.TargetInFeatures, "x is y", columns: ["x"]),
            Finding.Of(FindingKinds.PilotRows, "trial", [new("r7")]),
        ],
        [new("duplicate rows"), new("weights", "rows have no weights")]);

    [Fact]
    public void Findings_AreInOrderOfWeight() => Assert.Equal(
        ["duplicate_rows", "identity_violation", "target_in_features", "pilot_rows", "few_rows"], Report.Findings.Select(f => f.Code));

    [Theory]
    [InlineData("duplicate_rows", "identity_violation,target_in_features")]
    [InlineData("duplicate_rows:r2", "duplicate_rows,identity_violation,target_in_features")]
    [InlineData("duplicate_rows:r2 duplicate_rows:r4", "identity_violation,target_in_features")]
    [InlineData("identity_violation:r1 target_in_features:x", "duplicate_rows")]
    [InlineData("identity_violation:a", "duplicate_rows,identity_violation,target_in_features")]
    [InlineData("duplicate_rows identity_violation target_in_features pilot_rows", "")]
    public void Accept_CodeOrEverySubject_LetsTheFindingPass(string entries, string stopping) => Assert.Equal(
        stopping, string.Join(',', Report.Accept(entries.Split(' ').Select(Acceptance.Parse)).Stopping.Select(f => f.Code)));

    [Fact]
    public void Accept_WhatIsNotThere_IsNoted()
    {
        var accepted = Report.Accept([new("mixed_spin"), new("duplicate_rows", "r9")]);

        Assert.Equal(
            ["audit.accept names duplicate_rows:r9, and there is no such finding", "audit.accept names mixed_spin, and there is no such finding"],
            accepted.Of(FindingKinds.UnusedAcceptance).Select(f => f.What));
        Assert.Equal(AuditSeverity.Note, accepted.Of(FindingKinds.UnusedAcceptance)[0].Severity);
    }

    [Fact]
    public void Accept_ANote_StaysANote() => Assert.Empty(Report.Accept([new("few_rows")]).Accepted);

    [Fact]
    public void Accept_Again_ForgetsTheFirstJudgement() => Assert.Equal(3, Report.Accept([new("duplicate_rows")]).Accept([]).Stopping.Count);

    [Fact]
    public void Acceptance_RowIdWithAColon_KeepsIt() => Assert.Equal(new("duplicate_rows", "a:b"), Acceptance.Parse("duplicate_rows:a:b"));

    [Fact]
    public void Summary_CountsWhatWasAccepted() => Assert.Equal("severe: 3 (1 accepted), warnings: 1, notes: 1", Report.Accept([new("duplicate_rows")]).Summary());

    [Fact]
    public void ToJson_ReadBack_IsTheSame()
    {
        var json = AuditReportFile.ToJson(Report.Accept([new("duplicate_rows")]));

        Assert.Equal(json, AuditReportFile.ToJson(AuditReportFile.FromJson(json)));
        var document = JsonDocument.Parse(json).RootElement;
        Assert.Equal("clusterml/audit@1", document.GetProperty("schema").GetString());
        Assert.Equal((3, 1, 2), (Count("severe"), Count("accepted"), Count("stopping")));
        Assert.Equal("rows.csv:4", document.GetProperty("findings")[0].GetProperty("rows")[0].GetProperty("place").GetString());

        int Count(string name) => document.GetProperty("counts").GetProperty(name).GetInt32();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"schema\":\"clusterml/audit@2\",\"findings\":[],\"checks\":[]}")]
    [InlineData("null")]
    public void FromJson_AnotherDocument_IsRefused(string json) => Assert.Throws<JsonException>(() => AuditReportFile.FromJson(json));

    [Fact]
    public void ToString_ManyRows_NamesTheFirst()
    {
        var finding = Finding.Of(FindingKinds.PilotRows, "trial", Enumerable.Range(0, 9).Select(i => new FindingRow($"r{i}", $"rows.csv:{i + 2}")));

        Assert.Equal(
            "warning pilot_rows: trial [r0 (rows.csv:2), r1 (rows.csv:3), r2 (rows.csv:4), r3 (rows.csv:5), r4 (rows.csv:6), r5 (rows.csv:7), and 3 more]",
            finding.ToString());
    }
}
