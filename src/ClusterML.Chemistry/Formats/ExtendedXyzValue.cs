using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Values of the comment of extended xyz: what a text stands for, and the text for a value.</summary>
/// <remarks>
/// All integers, else all real, else all logical, else JSON after <c>_JSON </c>, else text; more than one value is an array.
/// <c>Lattice</c>, <c>stress</c> and <c>virial</c> are 3 x 3, column by column. JSON that is not a regular array stays text.
/// </remarks>
internal static class ExtendedXyzValue
{
    private const string JsonMark = "_JSON ";

    /// <summary>What an entry stands for.</summary>
    /// <exception cref="FormatException">It contradicts its key, or holds JSON that is none.</exception>
    public static PropertyValue Interpret(ExtendedXyzEntry entry)
    {
        var value = entry switch
        {
            { Text: null } => PropertyValue.Of(true),
            { IsNested: true } => Nested(entry.Text),
            _ when entry.Key.Equals("uid", StringComparison.OrdinalIgnoreCase) => PropertyValue.Of(entry.Text),
            _ => Interpret(entry.Text),
        };
        return entry.Key is "Lattice" or "stress" or "virial" ? Matrix(value, isTransposed: entry.Key != "Lattice") : value;
    }

    /// <summary>A logical word; null for any other word.</summary>
    public static bool? Logical(ReadOnlySpan<char> word) => word switch
    {
        "T" or "True" or "true" or "TRUE" => true,
        "F" or "False" or "false" or "FALSE" => false,
        _ => null,
    };

    /// <summary><c>key=value</c> as the comment holds it, so that reading gives the same value.</summary>
    /// <exception cref="ArgumentException">The format cannot hold it under this key.</exception>
    public static string Write(string key, PropertyValue value)
    {
        if (key.Length == 0 || key is "Lattice" or "Properties" or "pbc" || !IsText(key))
        {
            throw new ArgumentException($"extended xyz has no room for a property named \"{key}\"", nameof(key));
        }

        if (key is "stress" or "virial")
        {
            value = Matrix(key, value);
        }

        var text = Plain(value);
        if (text is null || !IsRead(key, text, value))
        {
            text = value is { IsScalar: true, Texts: [var raw] } && IsRawJson(raw) ? raw : JsonMark + JsonTree.Write(value);
        }

        return $"{Escaped(key)}={Escaped(text)}";
    }

    private static PropertyValue Interpret(string text)
    {
        var words = text.Split((char[])[], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (words.Length == 0)
        {
            return PropertyValue.Of(text);
        }

        if (All(words, (string w, out long i) => NumberText.TryInteger(w, out i)) is { } integers)
        {
            return integers.Length == 1 ? PropertyValue.Of(integers[0]) : PropertyValue.Of(integers);
        }

        if (All(words, (string w, out double r) => NumberText.TryReal(w, out r)) is { } reals)
        {
            return reals.Length == 1 ? PropertyValue.Of(reals[0]) : PropertyValue.Of(reals);
        }

        if (All(words, (string w, out bool l) => (l = Logical(w) is true) || Logical(w) is false) is { } logicals)
        {
            return logicals.Length == 1 ? PropertyValue.Of(logicals[0]) : PropertyValue.Of(logicals);
        }

        return text.StartsWith(JsonMark, StringComparison.Ordinal)
            ? JsonTree.ToValue(JsonReader.Parse(text[JsonMark.Length..])) ?? PropertyValue.Of(text)
            : PropertyValue.Of(text);
    }

    private static PropertyValue Nested(string text)
    {
        var json = text.Replace("'", "\"", StringComparison.Ordinal);
        return JsonTree.ToValue(JsonReader.Parse(json, logicalWords: true))
            ?? throw new FormatException($"{TextLines.Quote(text)} is not a regular array of one kind");
    }

    private delegate bool Parser<T>(string word, out T value);

    private static T[]? All<T>(string[] words, Parser<T> parser)
    {
        var values = new T[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!parser(words[i], out values[i]))
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Nine numbers as a matrix; nested rows are in their order, flat ones go column by column where it is transposed.</summary>
    private static PropertyValue Matrix(PropertyValue value, bool isTransposed) => (value.Shape, value.Integers, value.Reals) switch
    {
        ([9], { } integers, _) => PropertyValue.Of(isTransposed ? Transposed([.. integers]) : [.. integers], 3, 3),
        ([9], _, { } reals) => PropertyValue.Of(isTransposed ? Transposed([.. reals]) : [.. reals], 3, 3),
        ([3, 3], _, not null) => value,
        _ => throw new FormatException("nine numbers are expected, a 3 x 3 matrix"),
    };

    private static T[] Transposed<T>(T[] m) => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

    private static PropertyValue Matrix(string key, PropertyValue value)
    {
        if (key == "stress" && value is { Shape: [6], Reals: { } v })
        {
            return PropertyValue.Of([v[0], v[5], v[4], v[5], v[1], v[3], v[4], v[3], v[2]], 3, 3);
        }

        return (value.Shape, value.Reals) switch
        {
            ([3, 3], not null) => value,
            _ => throw new ArgumentException($"extended xyz has room for {key} as a 3 x 3 matrix alone", nameof(value)),
        };
    }

    /// <summary>The value without JSON; null for an array that would read back as something else.</summary>
    private static string? Plain(PropertyValue value)
    {
        var texts = Words(value);
        return value switch
        {
            { Shape: [3, 3], Texts: null } => string.Join(' ', Transposed(texts)),
            { IsScalar: true } => texts[0],
            { Shape.Count: 1, Texts: null } => string.Join(' ', texts),
            _ => null,
        };
    }

    private static string[] Words(PropertyValue value) => value switch
    {
        { Logicals: { } logicals } => [.. logicals.Select(l => l ? "T" : "F")],
        { Integers: { } integers } => [.. integers.Select(NumberText.Exact)],
        { Reals: { } reals } => [.. reals.Select(NumberText.Exact)],
        _ => [.. value.Texts!],
    };

    private static bool IsRead(string key, string text, PropertyValue value)
    {
        try
        {
            var read = Interpret(new ExtendedXyzEntry(key, text, 0, false));
            return text.Length > 0 && IsText(text) && (read.Equals(value) || (key is "stress" or "virial"));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a line of UTF-8 can hold the text, character by character.</summary>
    private static bool IsText(string text) => !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD');

    private static bool IsRawJson(string text)
    {
        try
        {
            return text.StartsWith(JsonMark, StringComparison.Ordinal)
                && text.All(c => c is >= ' ' and < (char)127)
                && JsonTree.ToValue(JsonReader.Parse(text[JsonMark.Length..])) is null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Escaped(string text)
    {
        if (!text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '{' or '}' or '[' or ']' or '=' or '\\'))
        {
            return text;
        }

        var escaped = new StringBuilder("\"");
        foreach (var c in text)
        {
            escaped.Append(c is '"' or '\\' ? "\\" : "").Append(c);
        }

        return escaped.Append('"').ToString();
    }
}
