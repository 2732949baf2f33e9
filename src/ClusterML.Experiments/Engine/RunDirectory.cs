using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Chemistry.Files;

namespace ClusterML.Experiments.Engine;

/// <summary>The folder of one run, <c>NAME-UTC-HASH8</c>: found again when the same run was interrupted, else new.</summary>
internal sealed class RunDirectory : IDisposable
{
    private const string PlanFile = "plan.json";
    private const string Unfinished = "unfinished";
    private const string LockFile = ".lock";

    private readonly FileLock right;

    private RunDirectory(string path, bool resumed, FileLock right)
    {
        Path = path;
        Resumed = resumed;
        this.right = right;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Whether an interrupted run goes on here.</summary>
    public bool Resumed { get; }

    /// <summary>Finds the unfinished folder of the same experiment and hash below <paramref name="root"/>, or makes a new one.</summary>
    public static RunDirectory Open(string root, string name, string hash, TimeProvider clock)
    {
        Directory.CreateDirectory(root);
        var suffix = $"-{hash[..8]}";
        foreach (var earlier in Directory.EnumerateDirectories(root, $"{name}-*{suffix}").OrderDescending(StringComparer.Ordinal))
        {
            // An unfinished run that is locked is not interrupted: another process is at it right now.
            if (StatusOf(earlier) == Unfinished && TryLock(earlier) is { } right)
            {
                return new(System.IO.Path.GetFullPath(earlier), resumed: true, right);
            }
        }

        var stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        for (var attempt = 0; ; attempt++)
        {
            // Two runs of one config within a second get folders of their own.
            var path = System.IO.Path.Combine(root, $"{name}-{stamp}{(attempt == 0 ? string.Empty : $"-{attempt}")}{suffix}");
            if (!Directory.Exists(path) && TryLock(path) is { } right)
            {
                return new(System.IO.Path.GetFullPath(path), resumed: false, right);
            }
        }
    }

    /// <summary>A path below the folder.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes <c>plan.json</c>.</summary>
    public void WritePlan(IEnumerable<StageRecord> stages, bool finished)
    {
        var plan = new JsonObject
        {
            ["status"] = finished ? "finished" : Unfinished,
            ["stages"] = new JsonArray([.. stages.Select(s => (JsonNode)s.ToJson())]),
        };
        AtomicFile.WriteText(File(PlanFile), plan.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>Lets other processes have the folder.</summary>
    public void Dispose()
    {
        right.Dispose();
        System.IO.File.Delete(File(LockFile));
    }

    private static FileLock? TryLock(string path) => FileLock.TryAcquire(System.IO.Path.Combine(path, LockFile));

    private static string? StatusOf(string path)
    {
        var file = System.IO.Path.Combine(path, PlanFile);
        if (!System.IO.File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(System.IO.File.ReadAllText(file))?["status"]?.GetValue<string>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One stage in <c>plan.json</c>.</summary>
internal sealed record StageRecord(string Name, string InputHash, IReadOnlyList<string> Inputs)
{
    /// <summary>Hash of the files it wrote; null before it ran.</summary>
    public string? OutputHash { get; init; }

    /// <summary><c>pending</c>, <c>cached</c> or <c>run</c>.</summary>
    public string State { get; init; } = "pending";

    /// <summary>When it began, in UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["state"] = State,
        ["inputs"] = new JsonArray([.. Inputs.Select(i => (JsonNode)i)]),
        ["input_hash"] = InputHash,
        ["output_hash"] = OutputHash,
        ["started"] = Started?.ToString("O", CultureInfo.InvariantCulture),
        ["seconds"] = Seconds,
    };
}
