using System.Buffers.Binary;
using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>The binary encoding of <c>data</c> in a database of ASE from version 9 on, and the arrays of its columns.</summary>
/// <remarks>
/// Eight bytes say where the JSON at the end begins; arrays lie before it, little-endian, and the JSON holds
/// <c>{"__ndarray__": [shape, kind, where]}</c> in their place.
/// </remarks>
internal static class AseBytes
{
    /// <summary>The tree of encoded bytes.</summary>
    /// <exception cref="FormatException">They are not such an encoding.</exception>
    public static object? Read(byte[] bytes)
    {
        var start = bytes.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : -1;
        if (start < 8 || start > bytes.Length)
        {
            throw new FormatException("the binary encoding of ASE is expected, which begins with the place of its JSON");
        }

        string json;
        try
        {
            json = new UTF8Encoding(false, true).GetString(bytes, (int)start, bytes.Length - (int)start);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("the JSON of the binary encoding is not UTF-8", e);
        }

        return WithArrays(JsonReader.Parse(json), bytes);
    }

    /// <summary>JSON in the binary encoding.</summary>
    /// <param name="json">An object; arrays as JSON of ASE encodes them.</param>
    public static byte[] Write(string json)
    {
        using var bytes = new MemoryStream();
        bytes.Write(new byte[8]);
        var text = new StringBuilder();
        JsonTree.Write(text, WithPlaces(JsonReader.Parse(json), bytes));
        var start = bytes.Length;
        bytes.Write(Encoding.UTF8.GetBytes(text.ToString()));
        var all = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(all, start);
        return all;
    }

    /// <summary>Real numbers as bytes.</summary>
    public static byte[] Reals(IReadOnlyList<double> values) => Each(values, BinaryPrimitives.WriteDoubleLittleEndian);

    /// <summary>Integers as bytes, four each.</summary>
    /// <exception cref="ArgumentException">One needs more than 32 bits.</exception>
    public static byte[] Integers(IReadOnlyList<long> values)
    {
        var bytes = new byte[4 * values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), (int)values[i] == values[i]
                ? (int)values[i]
                : throw new ArgumentException(FormattableString.Invariant($"{values[i]} needs more than the 32 bits that the database has"), nameof(values)));
        }

        return bytes;
    }

    /// <summary>An array of a kind that numpy names, from little-endian bytes.</summary>
    /// <exception cref="FormatException">The kind is not known, or the bytes are too few or too many.</exception>
    public static PropertyValue Array(ReadOnlySpan<byte> bytes, string kind, IReadOnlyList<long> shape)
    {
        var size = Width(kind);
        var sizes = JsonTree.Sizes(shape, bytes.Length / size);
        if (bytes.Length % size != 0)
        {
            throw new FormatException(FormattableString.Invariant($"{bytes.Length} bytes are not an array of {kind}"));
        }

        return kind switch
        {
            "bool" => PropertyValue.Of(Each(bytes, 1, b => b[0] != 0), sizes),
            "int8" => PropertyValue.Of(Each(bytes, 1, b => (long)(sbyte)b[0]), sizes),
            "uint8" => PropertyValue.Of(Each(bytes, 1, b => (long)b[0]), sizes),
            "int16" => PropertyValue.Of(Each(bytes, 2, b => (long)BinaryPrimitives.ReadInt16LittleEndian(b)), sizes),
            "uint16" => PropertyValue.Of(Each(bytes, 2, b => (long)BinaryPrimitives.ReadUInt16LittleEndian(b)), sizes),
            "int32" => PropertyValue.Of(Each(bytes, 4, b => (long)BinaryPrimitives.ReadInt32LittleEndian(b)), sizes),
            "uint32" => PropertyValue.Of(Each(bytes, 4, b => (long)BinaryPrimitives.ReadUInt32LittleEndian(b)), sizes),
            "int64" => PropertyValue.Of(Each(bytes, 8, BinaryPrimitives.ReadInt64LittleEndian), sizes),
            "uint64" => PropertyValue.Of(Each(bytes, 8, b => (double)BinaryPrimitives.ReadUInt64LittleEndian(b)), sizes),
            "float16" => PropertyValue.Of(Each(bytes, 2, b => (double)BinaryPrimitives.ReadHalfLittleEndian(b)), sizes),
            "float32" => PropertyValue.Of(Each(bytes, 4, b => (double)BinaryPrimitives.ReadSingleLittleEndian(b)), sizes),
            "float64" => PropertyValue.Of(Each(bytes, 8, BinaryPrimitives.ReadDoubleLittleEndian), sizes),
            "complex64" => PropertyValue.Of(Each(bytes, 4, b => (double)BinaryPrimitives.ReadSingleLittleEndian(b)), [.. sizes, 2]),
            _ => PropertyValue.Of(Each(bytes, 8, BinaryPrimitives.ReadDoubleLittleEndian), [.. sizes, 2]),
        };
    }

    private static int Width(string kind) => kind switch
    {
        "bool" or "int8" or "uint8" => 1,
        "int16" or "uint16" or "float16" => 2,
        "int32" or "uint32" or "float32" => 4,
        "int64" or "uint64" or "float64" or "complex64" => 8,
        "complex128" => 16,
        _ => throw new FormatException($"arrays of the kind {TextLines.Quote(kind)} cannot be read"),
    };

    private delegate T Element<T>(ReadOnlySpan<byte> bytes);

    private delegate void Writer<T>(Span<byte> bytes, T value);

    private static byte[] Each<T>(IReadOnlyList<T> values, Writer<T> write)
    {
        var bytes = new byte[8 * values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            write(bytes.AsSpan(8 * i), values[i]);
        }

        return bytes;
    }

    private static T[] Each<T>(ReadOnlySpan<byte> bytes, int size, Element<T> read)
    {
        var values = new T[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice(i * size, size));
        }

        return values;
    }

    private static object? WithArrays(object? tree, byte[] bytes)
    {
        switch (tree)
        {
            case JsonObject { Members: [{ Name: "__ndarray__", Value: var parts }] }:
                return parts is List<object?> { Count: 3 } list && list[0] is JsonNumbers { Integers: { } shape } && list[1] is string kind && list[2] is long start
                    ? ArrayAt(bytes, kind, shape, start)
                    : throw new FormatException("an encoded array must be [shape, kind, place]");
            case JsonObject item:
                var copy = new JsonObject();
                foreach (var member in item.Members)
                {
                    copy.TryAdd(member with { Value = WithArrays(member.Value, bytes) });
                }

                return copy;
            case List<object?> items:
                return items.ConvertAll(inner => WithArrays(inner, bytes));
            default:
                return tree;
        }
    }

    /// <summary>The tree with places in place of the numbers of its arrays, which go to <paramref name="bytes"/>.</summary>
    private static object? WithPlaces(object? tree, MemoryStream bytes)
    {
        var copy = new JsonObject();
        switch (tree)
        {
            case JsonObject { Members: [{ Name: "__ndarray__" }] }:
                var value = JsonTree.ToValue(tree)!;
                copy.TryAdd(new("__ndarray__", new List<object?> { value.Shape.Select(n => (object?)(long)n).ToList(), Kind(value), bytes.Length }, 0, 0));
                bytes.Write(value switch
                {
                    { Logicals: { } logicals } => [.. logicals.Select(l => l ? (byte)1 : (byte)0)],
                    { Integers: { } integers } => Each(integers, BinaryPrimitives.WriteInt64LittleEndian),
                    _ => Reals(value.Reals!),
                });
                return copy;
            case JsonObject item:
                foreach (var member in item.Members)
                {
                    copy.TryAdd(member with { Value = WithPlaces(member.Value, bytes) });
                }

                return copy;
            case List<object?> items:
                return items.ConvertAll(inner => WithPlaces(inner, bytes));
            default:
                return tree;
        }
    }

    private static string Kind(PropertyValue value) => value.Logicals is not null ? "bool" : value.Integers is not null ? "int64" : "float64";

    private static PropertyValue ArrayAt(byte[] bytes, string kind, IReadOnlyList<long> shape, long start)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count = size >= 0 && (count == 0 || size <= bytes.Length / count) ? count * size : throw TooFew();
        }

        var length = count * Width(kind);
        return start >= 0 && length <= bytes.Length && start <= bytes.Length - length
            ? Array(bytes.AsSpan((int)start, (int)length), kind, shape.Count == 0 ? [1] : shape)
            : throw TooFew();

        FormatException TooFew() => new("an encoded array reaches beyond its bytes");
    }
}
