namespace ClusterML.Cli.Engine;

/// <summary>A config file and the overrides given with <c>--set</c>.</summary>
internal sealed record ConfigSource(string Path, IReadOnlyList<string> Sets);

/// <summary>Report and card of a run folder.</summary>
internal sealed record ReportPaths(string Report, string Card);
