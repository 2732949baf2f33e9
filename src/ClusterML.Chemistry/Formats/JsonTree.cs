using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Values of structures in JSON, in the encoding of ASE.</summary>
/// <remarks>
/// <c>{"__ndarray__": [shape, kind, numbers]}</c> is an array; a complex one has one more dimension of 2, the real and the imaginary
/// part. Regular nested lists are arrays too.
/// </remarks>
internal static class JsonTree
{
    /// <summary>The value of a tree; null for null, for objects, and for lists that are not regular or mix kinds.</summary>
    /// <exception cref="FormatException">An encoded array contradicts itself.</exception>
    public static PropertyValue? ToValue(object? tree) => tree switch
    {
        bool logical => PropertyValue.Of(logical),
        long integer => PropertyValue.Of(integer),
        double real => PropertyValue.Of(real),
        string text => PropertyValue.Of(text),
        PropertyValue value => value,
        JsonNumbers { Count: 0 } => PropertyValue.Of(Array.Empty<double>(), 0),
        JsonNumbers { Integers: { } integers } => PropertyValue.Of(integers.ToArray()),
        JsonNumbers numbers => PropertyValue.Of(numbers.Reals.ToArray()),
        List<object?> items => Regular(items),
        JsonObject { Members: [{ Name: "__ndarray__", Value: var parts }] } => Encoded(parts),
        _ => null,
    };

    /// <summary>The JSON of a value: a scalar or nested lists.</summary>
    public static string Write(PropertyValue value)
    {
        var text = new StringBuilder();
        Write(text, value, 0, 0);
        return text.ToString();
    }

    /// <summary>The JSON of a value; arrays in the encoding of ASE.</summary>
    public static string WriteEncoded(PropertyValue value)
    {
        if (value.IsScalar || value.Texts is not null)
        {
            return Write(value);
        }

        var kind = value.Logicals is not null ? "bool" : value.Integers is not null ? "int64" : "float64";
        var text = new StringBuilder("{\"__ndarray__\": [[");
        text.AppendJoin(", ", value.Shape).Append("], \"").Append(kind).Append("\", [");
        for (var i = 0; i < Count(value); i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, value, i);
        }

        return text.Append("]]}").ToString();
    }

    /// <summary>A tree as JSON again.</summary>
    public static void Write(StringBuilder text, object? tree)
    {
        switch (tree)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject item:
                text.Append('{');
                foreach (var member in item.Members)
                {
                    text.Append(text[^1] == '{' ? "" : ", ");
                    Quote(text, member.Name);
                    text.Append(": ");
                    Write(text, member.Value);
                }

                text.Append('}');
                break;
            case List<object?> items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Write(text, items[i]);
                }

                text.Append(']');
                break;
            case PropertyValue value:
                text.Append(WriteEncoded(value));
                break;
            default:
                text.Append(Write(ToValue(tree)!));
                break;
        }
    }

    /// <summary>A text in quotes, of ASCII alone.</summary>
    public static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => json.Append('\\').Append(c),
                '\n' => json.Append("\\n"),
                >= ' ' and < (char)127 => json.Append(c),
                _ => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        json.Append('"');
    }

    private static int Count(PropertyValue value) => value.Logicals?.Count ?? value.Integers?.Count ?? value.Reals?.Count ?? value.Texts!.Count;

    private static int Write(StringBuilder text, PropertyValue value, int dimension, int next)
    {
        if (dimension == value.Shape.Count)
        {
            Write(text, value, next);
            return next + 1;
        }

        text.Append('[');
        for (var i = 0; i < value.Shape[dimension]; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            next = Write(text, value, dimension + 1, next);
        }

        text.Append(']');
        return next;
    }

    private static void Write(StringBuilder text, PropertyValue value, int index)
    {
        if (value.Texts is { } texts)
        {
            Quote(text, texts[index]);
            return;
        }

        text.Append(value switch
        {
            { Logicals: { } logicals } => logicals[index] ? "true" : "false",
            { Integers: { } integers } => NumberText.Exact(integers[index]),
            _ => value.Reals![index] switch
            {
                double.NaN => "NaN",
                double.PositiveInfinity => "Infinity",
                double.NegativeInfinity => "-Infinity",
                var finite => NumberText.Exact(finite),
            },
        });
    }

    private static PropertyValue? Regular(List<object?> items)
    {
        var parts = new List<PropertyValue>(items.Count);
        foreach (var item in items)
        {
            if (item is JsonObject || ToValue(item) is not { } part || (parts.Count > 0 && !part.Shape.SequenceEqual(parts[0].Shape)))
            {
                return null;
            }

            parts.Add(part);
        }

        int[] shape = [parts.Count, .. parts[0].Shape];
        if (parts.TrueForAll(p => p.Logicals is not null))
        {
            return PropertyValue.Of(parts.SelectMany(p => p.Logicals!).ToArray(), shape);
        }

        if (parts.TrueForAll(p => p.Integers is not null))
        {
            return PropertyValue.Of(parts.SelectMany(p => p.Integers!).ToArray(), shape);
        }

        if (parts.TrueForAll(p => p.Reals is not null))
        {
            return PropertyValue.Of(parts.SelectMany(p => p.Reals!).ToArray(), shape);
        }

        return parts.TrueForAll(p => p.Texts is not null) ? PropertyValue.Of(parts.SelectMany(p => p.Texts!).ToArray(), shape) : null;
    }

    private static PropertyValue Encoded(object? parts)
    {
        if (parts is not List<object?> { Count: 3 } list || list[0] is not JsonNumbers { Integers: { } shape } || list[1] is not string kind)
        {
            throw new FormatException("an encoded array must be [shape, kind, numbers]");
        }

        var values = ToValue(list[2]) is { Shape.Count: 1 } flat ? flat : throw new FormatException("the numbers of an encoded array must be a flat list");
        var sizes = Sizes(kind.StartsWith("complex", StringComparison.Ordinal) ? [.. shape, 2] : shape, Count(values));
        if (Count(values) == 0)
        {
            return kind == "bool" ? PropertyValue.Of(Array.Empty<bool>(), sizes)
                : kind.Contains("int", StringComparison.Ordinal) ? PropertyValue.Of(Array.Empty<long>(), sizes)
                : PropertyValue.Of(Array.Empty<double>(), sizes);
        }

        return values switch
        {
            { Logicals: { } logicals } when kind == "bool" => PropertyValue.Of([.. logicals], sizes),
            { Integers: { } integers } when kind.Contains("int", StringComparison.Ordinal) => PropertyValue.Of([.. integers], sizes),
            { Reals: { } reals } when kind.StartsWith("float", StringComparison.Ordinal) || kind.StartsWith("complex", StringComparison.Ordinal) =>
                PropertyValue.Of([.. reals], sizes),
            { Texts: { } texts } when kind.StartsWith("str", StringComparison.Ordinal) => PropertyValue.Of([.. texts], sizes),
            _ => throw new FormatException($"an encoded array of the kind {TextLines.Quote(kind)} holds values of another kind"),
        };
    }

    /// <summary>A shape that holds so many values.</summary>
    internal static int[] Sizes(IReadOnlyList<long> shape, long count)
    {
        var product = 1L;
        foreach (var size in shape)
        {
            product = size is >= 0 and <= int.MaxValue && (product == 0 || size <= long.MaxValue / product)
                ? product * size
                : throw new FormatException("an encoded array has a shape that is negative or too large");
        }

        return product == count && shape.Count is >= 1 and <= FormatLimits.MaxDepth
            ? [.. shape.Select(size => (int)size)]
            : throw new FormatException(FormattableString.Invariant($"an encoded array of the shape ({string.Join(", ", shape.Take(8))}) holds {count} values"));
    }
}
