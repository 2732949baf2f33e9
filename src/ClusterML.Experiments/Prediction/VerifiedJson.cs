using System.Text.Json;

namespace ClusterML.Experiments.Prediction;

/// <summary>Reads the JSON files of model and backbone folders; a file that does not read is a file that was altered.</summary>
internal static class VerifiedJson
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="VerificationException">It is damaged, or holds something else.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), ModelManifest.Format) ?? throw new VerificationException($"{path} holds null");
        }
        catch (JsonException e)
        {
            throw new VerificationException($"{path} is damaged: {e.Message}");
        }
    }
}
