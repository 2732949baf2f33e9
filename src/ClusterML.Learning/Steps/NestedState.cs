using System.Text.Json.Nodes;
using Microsoft.ML;

namespace ClusterML.Learning.Steps;

/// <summary>States inside states: the files of an inner state carry a prefix in the outer one.</summary>
internal static class NestedState
{
    /// <summary>The inner document; the inner files are added to <paramref name="blobs"/>.</summary>
    internal static JsonObject Put(ITransformer transformer, Dictionary<string, byte[]> blobs, string prefix)
    {
        var stateful = transformer as IStatefulTransformer
            ?? throw new NotSupportedException($"{transformer.GetType().Name} has no state that can be written down");
        var state = stateful.ToState();
        foreach (var (name, bytes) in state.Blobs)
        {
            blobs.Add(prefix + name, bytes);
        }

        return state.Json;
    }

    /// <summary>The inner state whose document is <paramref name="json"/>, with the files of this prefix.</summary>
    internal static StepState Take(StepState outer, JsonObject json, string prefix) => new(
        json.DeepClone().AsObject(),
        outer.Blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(b => b.Key[prefix.Length..], b => b.Value));
}
