using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterML.Data.Audits;

/// <summary><c>audit.json</c>: what an audit found, with what was accepted.</summary>
public static class AuditReportFile
{
    /// <summary>File name.</summary>
    public const string FileName = "audit.json";

    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/audit@1";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<AuditSeverity>(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The report as text, ending with a line feed.</summary>
    public static string ToJson(AuditReport report) => JsonSerializer.Serialize(Document.Of(report), Options) + "\n";

    /// <summary>The report that <paramref name="json"/> holds.</summary>
    /// <exception cref="JsonException">It holds none, or one of another format.</exception>
    public static AuditReport FromJson(string json)
    {
        var document = JsonSerializer.Deserialize<Document>(json, Options);
        return document is { Schema: SchemaName, Findings: not null, Checks: not null }
            ? new(document.Table ?? "", document.Rows, document.Findings.Select(f => f.ToFinding()), document.Checks)
            : throw new JsonException($"not a document of the schema {SchemaName}");
    }

    private sealed record Document(
        string? Schema, string? Table, int Rows, CountsRecord? Counts, IReadOnlyList<FindingRecord>? Findings, IReadOnlyList<AuditCheck>? Checks)
    {
        public static Document Of(AuditReport report) => new(
            SchemaName,
            report.Table,
            report.Rows,
            new(report.Count(AuditSeverity.Severe), report.Accepted.Count, report.Stopping.Count, report.Count(AuditSeverity.Warning), report.Count(AuditSeverity.Note)),
            [.. report.Findings.Select(FindingRecord.Of)],
            report.Checks);
    }

    private sealed record CountsRecord(int Severe, int Accepted, int Stopping, int Warning, int Note);

    private sealed record FindingRecord(
        string? Code, AuditSeverity Severity, bool Accepted, string? What, string? Why, string? Remedy, IReadOnlyList<string>? Columns, IReadOnlyList<FindingRow>? Rows,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Size = 0)
    {
        public static FindingRecord Of(Finding finding) => new(
            finding.Code, finding.Severity, finding.IsAccepted, finding.What, finding.Why, finding.Remedy, finding.Columns, finding.Rows, finding.Size);

        public Finding ToFinding() => new(Code ?? "", Severity, Rows ?? [], What ?? "", Why ?? "", Remedy ?? "")
        {
            Columns = Columns ?? [],
            IsAccepted = Accepted,
            Size = Size,
        };
    }
}
