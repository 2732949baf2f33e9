using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>One result in the cache and the names of the run folders that used it.</summary>
/// <remarks>Only runs below the runs root are known: those made elsewhere (<c>--out</c>) leave no trace in the cache.</remarks>
public sealed record CacheUse(string Stage, string Hash, string Path, long Bytes, bool Finished, IReadOnlyList<string> Runs)
{
    /// <summary>Joins a cache with the plans of the run folders below <paramref name="runsRoot"/>.</summary>
    internal static IReadOnlyList<CacheUse> Of(StageCache cache, string runsRoot)
    {
        var runs = Directory.Exists(runsRoot)
            ? Directory.EnumerateDirectories(runsRoot).ToDictionary(r => System.IO.Path.GetFileName(r), HashesOf)
            : [];
        return [.. cache.List().Select(entry => new CacheUse(
            entry.Stage,
            entry.Hash,
            entry.Path,
            entry.Bytes,
            entry.Finished,
            [.. runs.Where(r => r.Value.Contains(entry.Hash)).Select(r => r.Key).Order(StringComparer.Ordinal)]))];
    }

    /// <summary>What a run used; nothing where its plan does not read, so that one damaged file hides no other run.</summary>
    private static HashSet<string> HashesOf(string run)
    {
        try
        {
            var plan = System.IO.Path.Combine(run, "plan.json");
            var stages = File.Exists(plan) ? JsonNode.Parse(File.ReadAllText(plan))?["stages"]?.AsArray() : null;
            return [.. stages?.Select(s => (string?)s?["input_hash"]).OfType<string>() ?? []];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
