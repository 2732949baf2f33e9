using System.Security.Cryptography;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Summary;

/// <summary>A file that the report was made from.</summary>
internal sealed record RunFile(string Name, int Bytes, string Sha256);

/// <summary>The files that report and card are generated from.</summary>
internal static class RunFiles
{
    // Files that a run writes to after its report (log, plan, crate) would have changed by the time anyone reads their hash.
    private static readonly string[] Names =
    [
        RunMetricsFile.FileName, RunTables.PredictionsFile, RunTables.CurveFile, RunTables.BaselinesFile, AuditReportFile.FileName, RunFolder.ConfigFile, RunFolder.EnvironmentFile,
    ];

    internal static IReadOnlyList<RunFile> Sources(string folder)
    {
        var files = new List<RunFile>();
        foreach (var name in Names)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                var bytes = File.ReadAllBytes(path);
                files.Add(new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
            }
        }

        return files;
    }
}
