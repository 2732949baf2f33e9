namespace ClusterML.Learning.Onnx;

/// <summary>A text column in a graph: texts, or codes that stand for texts.</summary>
public sealed class OnnxTexts
{
    private readonly OnnxValue value;
    private readonly Dictionary<string, long>? codes;

    private OnnxTexts(OnnxValue value, Dictionary<string, long>? codes) => (this.value, this.codes) = (value, codes);

    /// <summary>A column of texts.</summary>
    /// <param name="value">Texts, [batch, 1].</param>
    public static OnnxTexts Of(OnnxValue value) => value.Type == OnnxElementType.String
        ? new(value, null)
        : throw new ArgumentException($"{value.Name} holds {value.Type}, not texts", nameof(value));

    /// <summary>A column that holds a number for each text, such as atomic numbers for the symbols of elements.</summary>
    /// <param name="value">64-bit integers, [batch, 1]; one that no text has stands for an unknown text.</param>
    /// <param name="texts">The texts with their codes, each code from 0 up and small, since tables are indexed by it.</param>
    public static OnnxTexts Coded(OnnxValue value, IEnumerable<(string Text, long Code)> texts) => value.Type == OnnxElementType.Int64
        ? new(value, texts.ToDictionary(t => t.Text, t => t.Code, StringComparer.Ordinal))
        : throw new ArgumentException($"{value.Name} holds {value.Type}, not 64-bit integers", nameof(value));

    /// <summary>Position of each row's text among <paramref name="keys"/>, and their count for any other text: int64 [batch, 1].</summary>
    /// <remarks>The count itself as the answer lets a table of one row more than there are keys serve unknown texts too.</remarks>
    /// <param name="graph">The graph.</param>
    /// <param name="constant">Name for the table that this takes.</param>
    /// <param name="keys">Texts, each once.</param>
    public OnnxValue IndexIn(OnnxGraphBuilder graph, string constant, IReadOnlyList<string> keys)
    {
        if (codes is null)
        {
            return keys.Count == 0
                ? graph.Lookup(value, [string.Empty], [0], 0)
                : graph.Lookup(value, keys, [.. keys.Select((_, i) => (long)i)], keys.Count);
        }

        var table = new long[codes.Values.Append(-1).Max() + 2];
        Array.Fill(table, keys.Count);
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            if (codes.TryGetValue(key, out var code))
            {
                table[code] = index;
            }
        }

        // The last entry is for codes that no text has; a negative or large one is led there.
        var beyond = graph.Constant($"{constant}.beyond", [table.Length - 1L]);
        var inside = graph.And(graph.GreaterOrEqual(value, graph.Constant($"{constant}.first", [0L])), graph.Less(value, beyond));
        return graph.Gather(graph.Constant(constant, table, table.Length), graph.Where(inside, value, beyond));
    }
}
