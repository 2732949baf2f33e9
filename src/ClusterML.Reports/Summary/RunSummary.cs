using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Summary;

/// <summary>A run, condensed to what report and card print.</summary>
internal sealed record RunSummary(
    RunFolder Folder,
    RunMetrics Metrics,
    RunConfigFacts Config,
    IReadOnlyList<ProtocolSummary> Protocols,
    IReadOnlyList<string> Models)
{
    private static readonly DataSummary NoData = new("not on record", "not on record", 0, [], [], new Dictionary<string, IReadOnlyList<string>>());

    internal string? MainModel => Metrics.MainModel;

    /// <summary>The table of the run; an empty one where none is on record.</summary>
    internal DataSummary Data => Metrics.Data ?? NoData;

    /// <summary>The audit of the data; null where none is on record.</summary>
    internal AuditSummary? Audit => Folder.Audit is { } report ? new(report) : null;

    /// <summary>Whether rows name a host and a dopant; other tables are known by their row ids.</summary>
    internal bool IsComposition => Data.Groups.ContainsKey("host") || Folder.Predictions.Any(p => p.Host.Length > 0);

    /// <summary>The protocols the headline may speak of: measured ones, honest ones first.</summary>
    internal IEnumerable<ProtocolSummary> Measured => Protocols.Where(p => p.Status.Measured && p.Targets.Count > 0).OrderBy(p => p.IsOptimistic);

    internal static RunSummary From(RunFolder folder)
    {
        var metrics = folder.Metrics ?? throw new InvalidDataException($"{folder.Name}: {RunMetricsFile.FileName} is missing");
        var config = RunConfigFacts.Read(folder.ConfigText);

        // The main model first: it owns the first colour in every figure.
        var models = (metrics.MainModel is { } main ? new[] { main } : [])
            .Concat(folder.Baselines.Select(b => b.Model))
            .Concat(folder.Curve.Select(c => c.Model))
            .Distinct()
            .ToList();

        // A protocol that only the tables know is shown rather than lost.
        var known = metrics.Protocols.Select(p => p.Name).ToHashSet();
        var unknown = folder.Curve.Select(c => (c.Protocol, Type: "hold_out_fraction"))
            .Concat(folder.Baselines.Select(b => (b.Protocol, Type: "not on record")))
            .DistinctBy(p => p.Protocol)
            .Where(p => !known.Contains(p.Protocol))
            .Select(p => new ProtocolStatus(p.Protocol, p.Type, true, null, 0));
        return new(
            folder, metrics, config, [.. metrics.Protocols.Concat(unknown).Select(p => ScoreTable.Summarize(folder, metrics, config, p))], models);
    }

    /// <summary>The unit of a target; empty where it has none.</summary>
    internal string UnitOf(string target) => Data.Targets.FirstOrDefault(t => t.Name == target)?.Unit ?? string.Empty;
}
