using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterML.Experiments.Engine;

/// <summary><c>log.ndjson</c>: one JSON object a line, appended as things happen, and passed on to the observer.</summary>
internal sealed class RunLog(string path, TimeProvider clock, IRunObserver observer) : IRunObserver
{
    private readonly Lock gate = new();

    public void StageStarted(string stage, bool cached)
    {
        Append("stage_started", ("stage", stage), ("cached", cached));
        observer.StageStarted(stage, cached);
    }

    public void StageProgress(string stage, double fraction, string message)
    {
        Append("stage_progress", ("stage", stage), ("fraction", Math.Round(fraction, 4)), ("message", message));
        lock (gate)
        {
            observer.StageProgress(stage, fraction, message);
        }
    }

    public void StageFinished(string stage, TimeSpan elapsed)
    {
        Append("stage_finished", ("stage", stage), ("seconds", Math.Round(elapsed.TotalSeconds, 3)));
        observer.StageFinished(stage, elapsed);
    }

    public void Note(string message)
    {
        Append("note", ("message", message));
        observer.Note(message);
    }

    private void Append(string @event, params ReadOnlySpan<(string Name, JsonNode Value)> fields)
    {
        var line = new JsonObject { ["time"] = clock.GetUtcNow().ToString("O"), ["event"] = @event };
        foreach (var (name, value) in fields)
        {
            line[name] = value;
        }

        lock (gate)
        {
            File.AppendAllText(path, line.ToJsonString(JsonSerializerOptions.Default) + "\n");
        }
    }
}
