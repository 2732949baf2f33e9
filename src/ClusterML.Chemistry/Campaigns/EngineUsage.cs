using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>What a process of the engine has taken, as last seen. It is noted in the folder of the run while the process lives, so that it is known of one that was killed, too.</summary>
/// <param name="WallSeconds">How long it ran.</param>
/// <param name="CpuSeconds">Processor time; NaN when it was not seen.</param>
internal sealed record EngineUsage(double WallSeconds, double CpuSeconds)
{
    private const string FileName = "usage.json";
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What is noted in the folder of a run; null when nobody looked, or the note is damaged.</summary>
    public static EngineUsage? Of(string folder) => Read(Path.Combine(folder, FileName));

    /// <summary>Notes it in the folder of a run.</summary>
    /// <remarks>A note that cannot be written is no reason to stop the engine.</remarks>
    public void Write(string folder)
    {
        try
        {
            AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was noted before stands.
        }
    }

    private static EngineUsage? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<EngineUsage>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
