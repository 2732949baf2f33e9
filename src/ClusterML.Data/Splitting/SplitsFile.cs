using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Json;

namespace ClusterML.Data;

/// <summary>Reads and writes <c>splits/NAME.json</c>.</summary>
public static class SplitsFile
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads splits.</summary>
    /// <exception cref="DataException">The file has mistakes; every one is named with line and column.</exception>
    public static ListedSplits Read(string path)
    {
        var problems = new List<DataProblem>();
        var file = new ObjectReader(path, "", PlacedJson.Read(path), problems);
        if (file.Text("schema") is { Length: > 0 } schema && schema != ListedSplits.SchemaName)
        {
            file.Report("schema", $"\"{schema}\" is not {ListedSplits.SchemaName}");
        }

        var splits = new ListedSplits
        {
            Dataset = file.Text("dataset"),
            Hash = file.Text("hash"),
            Protocol = file.Scalars("protocol"),
            Splits = [.. file.Objects("splits", required: true).Select(ReadSplit)],
        };
        if (splits.Hash.Length > 0 && (splits.Hash.Length != 64 || splits.Hash.Any(c => !char.IsAsciiHexDigitLower(c))))
        {
            file.Report("hash", "expected 64 hexadecimal digits in small letters");
        }

        if (!splits.Protocol.ContainsKey("type"))
        {
            file.Report("protocol", "type: missing; the protocol that made the splits, or listed");
        }

        if (splits.Splits.Count == 0)
        {
            file.Report("splits", "there must be a split");
        }

        file.Finish();
        return problems.Count == 0 ? splits : throw new DataException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    /// <summary>Writes splits, each list of ids on a line of its own.</summary>
    public static void Write(string path, ListedSplits splits) => AtomicFile.WriteText(path, Text(splits));

    private static ListedSplit ReadSplit(ObjectReader split)
    {
        var read = new ListedSplit
        {
            Name = split.Text("name"),
            Group = split.Text("group", "") is { Length: > 0 } group ? group : null,
            K = split.Count("k"),
            Fraction = split.Number("fraction"),
            Train = split.Texts("train", required: true),
            Test = split.Texts("test", required: true),
        };
        foreach (var (name, rows) in new[] { ("train", read.Train), ("test", read.Test) })
        {
            if (rows.Count == 0)
            {
                split.Report(name, "there must be a row");
            }
        }

        if (read.Fraction is < 0 or > 1)
        {
            split.Report("fraction", "must lie between 0 and 1");
        }

        split.Finish();
        return read;
    }

    private static string Text(ListedSplits splits)
    {
        string Json(object value) => JsonSerializer.Serialize(value, Compact);

        var text = new StringBuilder("{\n");
        text.Append($"  \"schema\": {Json(splits.Schema)},\n  \"dataset\": {Json(splits.Dataset)},\n  \"hash\": {Json(splits.Hash)},\n");
        text.Append($"  \"protocol\": {{{string.Join(", ", splits.Protocol.Select(p => $"{Json(p.Key)}: {Json(p.Value)}"))}}},\n  \"splits\": [\n");
        text.AppendJoin(",\n", splits.Splits.Select(split =>
        {
            List<string> members = [$"\"name\": {Json(split.Name)}"];
            if (split.Group is { } group)
            {
                members.Add($"\"group\": {Json(group)}");
            }

            if (split.K is { } k)
            {
                members.Add($"\"k\": {Json(k)}");
            }

            if (split.Fraction is { } fraction)
            {
                members.Add($"\"fraction\": {Json(fraction)}");
            }

            return $"    {{{string.Join(", ", members)},\n     \"train\": {Json(split.Train)},\n     \"test\": {Json(split.Test)}}}";
        }));
        return text.Append("\n  ]\n}\n").ToString();
    }
}
