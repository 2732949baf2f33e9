using System.Text;
using System.Text.Json;

namespace ClusterML.Data.Json;

/// <summary>A JSON value with the place it was written at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Column">Character of the line, from 1 (counted in bytes of UTF-8).</param>
/// <param name="Text">A text as it is meant, a number or a truth value as it was written; else empty.</param>
/// <param name="Members">Members of an object, in order; names may repeat.</param>
/// <param name="Items">Items of an array.</param>
internal sealed record PlacedJson(
    JsonValueKind Kind,
    int Line,
    int Column,
    string Text,
    IReadOnlyList<(string Name, int Line, int Column, PlacedJson Value)> Members,
    IReadOnlyList<PlacedJson> Items)
{
    /// <summary>What it is, in a word.</summary>
    public string Word => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    /// <summary>Reads a file; comments and trailing commas are refused.</summary>
    /// <exception cref="DataException">It is missing or not JSON; the place is named.</exception>
    public static PlacedJson Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException([new DataProblem(path, 0, 0, File.Exists(path) ? e.Message : "no such file")]);
        }

        return Parse(path, bytes);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="DataException">They are not JSON; the place is named.</exception>
    public static PlacedJson Parse(string path, byte[] bytes) => new Source(path, bytes).Root();

    /// <summary>Reads tokens and knows where lines start.</summary>
    private sealed class Source
    {
        private readonly string path;
        private readonly byte[] bytes;
        private readonly List<int> lines = [0];

        public Source(string path, byte[] bytes)
        {
            this.path = path;
            this.bytes = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
            for (var at = 0; at < this.bytes.Length; at++)
            {
                if (this.bytes[at] == '\n')
                {
                    lines.Add(at + 1);
                }
            }
        }

        public PlacedJson Root()
        {
            var reader = new Utf8JsonReader(bytes);
            try
            {
                reader.Read();
                var root = Value(ref reader);
                reader.Read();
                return root;
            }
            catch (JsonException e)
            {
                var (line, column) = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
                throw new DataException([new DataProblem(path, line, column, $"not JSON: {e.Message.Split(" LineNumber:")[0].TrimEnd('.')}")]);
            }
            catch (InvalidOperationException)
            {
                // A text that is not UTF-8, or holds half of a surrogate pair.
                var (line, column) = Place(reader.TokenStartIndex);
                throw new DataException([new DataProblem(path, line, column, "not JSON: the text is not valid UTF-8")]);
            }
        }

        private PlacedJson Value(ref Utf8JsonReader reader)
        {
            var (line, column) = Place(reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    var members = new List<(string, int, int, PlacedJson)>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    {
                        var (nameLine, nameColumn) = Place(reader.TokenStartIndex);
                        var name = reader.GetString()!;
                        reader.Read();
                        members.Add((name, nameLine, nameColumn, Value(ref reader)));
                    }

                    return new(JsonValueKind.Object, line, column, "", members, []);

                case JsonTokenType.StartArray:
                    var items = new List<PlacedJson>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        items.Add(Value(ref reader));
                    }

                    return new(JsonValueKind.Array, line, column, "", [], items);

                case JsonTokenType.String:
                    return new(JsonValueKind.String, line, column, reader.GetString()!, [], []);

                default:
                    var kind = reader.TokenType switch
                    {
                        JsonTokenType.Number => JsonValueKind.Number,
                        JsonTokenType.True => JsonValueKind.True,
                        JsonTokenType.False => JsonValueKind.False,
                        _ => JsonValueKind.Null,
                    };
                    return new(kind, line, column, Encoding.UTF8.GetString(reader.ValueSpan), [], []);
            }
        }

        private (int Line, int Column) Place(long at)
        {
            var line = lines.BinarySearch((int)at);
            line = line < 0 ? ~line - 1 : line;
            return (line + 1, (int)at - lines[line] + 1);
        }
    }
}
