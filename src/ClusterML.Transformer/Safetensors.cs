using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClusterML.Transformer;

/// <summary>Writes and reads the safetensors format (8-byte header length, JSON header, little-endian data), F32 tensors only.</summary>
/// <remarks>
/// Tensors are written in ordinal order of their names and metadata likewise, so equal content gives equal bytes. The format has no
/// checksum of its own; a metadata entry <c>sha256</c> over the data section is added, and what does not match it is refused.
/// Format: https://github.com/huggingface/safetensors#format.
/// </remarks>
internal static class Safetensors
{
    private const string Checksum = "sha256";

    public static byte[] Write(IEnumerable<WeightTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var ordered = tensors.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var data = new byte[ordered.Sum(t => (long)t.Values.Length * sizeof(float))];
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            var position = 0;
            json.WriteStartObject();
            var entries = new List<Action>();
            foreach (var tensor in ordered)
            {
                var bytes = LittleEndian(tensor.Values);
                bytes.CopyTo(data.AsSpan(position));
                var (from, to) = (position, position + bytes.Length);
                position = to;
                entries.Add(() =>
                {
                    json.WriteStartObject(tensor.Name);
                    json.WriteString("dtype", "F32");
                    WriteNumbers(json, "shape", tensor.Shape);
                    WriteNumbers(json, "data_offsets", [from, to]);
                    json.WriteEndObject();
                });
            }

            json.WriteStartObject("__metadata__");
            var all = metadata.Append(new(Checksum, Convert.ToHexStringLower(SHA256.HashData(data))));
            foreach (var (key, value) in all.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            entries.ForEach(write => write());
            json.WriteEndObject();
        }

        // The data starts at a multiple of eight; the format allows spaces behind the header for that.
        var length = ((int)header.Length + 7) / 8 * 8;
        var file = new byte[8 + length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)length);
        file.AsSpan(8, length).Fill((byte)' ');
        header.ToArray().CopyTo(file, 8);
        data.CopyTo(file, 8 + length);
        return file;
    }

    /// <summary>Tensors by name and metadata.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut short, damaged, or not of this format.</exception>
    public static (IReadOnlyDictionary<string, WeightTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(byte[] file)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)(file.Length - 8))
        {
            throw new InvalidDataException($"not a safetensors file, or cut short: {file.Length} bytes do not hold the header");
        }

        var data = file.AsMemory(8 + (int)length);
        try
        {
            using var header = JsonDocument.Parse(file.AsMemory(8, (int)length));
            var metadata = new Dictionary<string, string>();
            var tensors = new Dictionary<string, WeightTensor>();
            var covered = 0;
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    foreach (var item in entry.Value.EnumerateObject())
                    {
                        metadata.Add(item.Name, item.Value.GetString()!);
                    }
                }
                else
                {
                    var tensor = ReadTensor(entry, data.Span, ref covered);
                    tensors.Add(tensor.Name, tensor);
                }
            }

            if (covered != data.Length)
            {
                throw new InvalidDataException($"safetensors file: the tensors cover {covered} of {data.Length} bytes of data");
            }

            return metadata.TryGetValue(Checksum, out var expected) && expected == Convert.ToHexStringLower(SHA256.HashData(data.Span))
                ? (tensors, metadata)
                : throw new InvalidDataException("safetensors file: the data does not match its sha256 entry, or there is no such entry");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"safetensors file: damaged header ({e.Message})", e);
        }
    }

    /// <summary>SHA-256 over names, shapes and little-endian values, in ordinal order of the names, as lower-case hexadecimal.</summary>
    public static string Hash(IEnumerable<WeightTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}\n{string.Join('x', tensor.Shape)}\n"));
            hash.AppendData(LittleEndian(tensor.Values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static WeightTensor ReadTensor(JsonProperty entry, ReadOnlySpan<byte> data, ref int covered)
    {
        int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32())];
        int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(v => v.GetInt32())];
        var count = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (entry.Value.GetProperty("dtype").GetString() != "F32")
        {
            throw new InvalidDataException($"safetensors file: tensor {entry.Name} is not of type F32");
        }

        if (offsets is not [var from, var to] || shape.Any(s => s < 0) || from != covered || to < from || to > data.Length || to - from != count * sizeof(float))
        {
            throw new InvalidDataException($"safetensors file: tensor {entry.Name} does not fit its place in the data");
        }

        covered = to;
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(data[(from + (i * sizeof(float)))..]);
        }

        return new WeightTensor(entry.Name, shape, values);
    }

    private static ReadOnlySpan<byte> LittleEndian(float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes<float>(values);
        }

        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
