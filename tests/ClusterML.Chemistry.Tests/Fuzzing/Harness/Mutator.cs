using System.Text;

namespace ClusterML.Fuzzing;

/// <summary>Damages files as disks, transfers, editors and other programs do.</summary>
public static class Mutator
{
    /// <summary>No damaged file is larger, bytes.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly string[] Numbers =
    [
        "NaN", "nan", "-inf", "Infinity", "1e999", "-1e999", "-1", "0", "-0", "999999999", "99999999999999999999", "2147483647", "2147483648",
        "-2147483649", "9223372036854775807", "9223372036854775808", "4294967297", "1e-400", "0x10", "1,5", "1.5.2", "--1", "1D+03", "1_000", "", ".",
        "+", "1e", "003", "123456789012345678901234567890.5", "*****", "\u0661",
    ];

    private static readonly string[] Words =
    [
        "[", "]", "{", "}", "\"", "'", "\\", "=", ":", ",", "<", ">", "/", "&", "&amp;", "&bogus;", "<!--", "]]>", "<![CDATA[", "T", "F", "null", "true",
        "_JSON {", "\t", " ", "\n", "\r", "\r\n", "\n\n", "\u2028", "\u00e9", "\ud83d\ude00", "Xx", "Ti", "!", "#", "-", "999999999 ", "Properties=", "Lattice=\"",
        "__ndarray__", "VEC1 1 0 0\n", "Selective\n", "pos:R:999999999", "%s%n", "..",
    ];

    private static readonly Func<byte[], IReadOnlyList<byte[]>, FuzzRandom, byte[]>[] Damages =
    [
        (b, _, r) => FlipBits(b, r),
        (b, _, r) => Spliced(b, r.Below(b.Length + 1), 0, RandomBytes(r, 1 + r.Below(16))),
        (b, _, r) => Without(b, r, 1 + r.Below(32)),
        (b, _, r) => Without(b, r, 1 + r.Below(b.Length)),
        (b, _, r) => b[..r.Below(b.Length + 1)],
        (b, _, r) => Duplicated(b, r),
        (b, _, r) => WithNumber(b, r),
        (b, _, r) => WithNumber(b, r),
        (b, _, r) => WithNumber(b, r),
        (b, _, r) => WithLines(b, r),
        (b, _, r) => WithLines(b, r),
        (b, _, r) => WithLines(b, r),
        (b, _, r) => Spliced(b, r.Below(b.Length + 1), 0, Encoding.UTF8.GetBytes(r.Of(Words))),
        (b, _, r) => Spliced(b, r.Below(b.Length + 1), 0, Encoding.UTF8.GetBytes(r.Of(Words))),
        (b, _, r) => Spliced(b, r.Below(b.Length + 1), r.Below(8), Encoding.UTF8.GetBytes(r.Of(Words))),
        (b, _, r) => Encoded(b, r),
        (b, _, r) => Spliced(b, r.Below(b.Length + 1), 0, new byte[1 + r.Below(64)]),
        (b, seeds, r) => Crossed(b, r.Of(seeds), r),
        (b, _, r) => Repeated(b, r),
        (_, _, r) => RandomBytes(r, r.Below(512)),
    ];

    /// <summary>One damaged file.</summary>
    /// <param name="seeds">Intact files.</param>
    /// <param name="random">Draws the damage.</param>
    public static byte[] Mutate(IReadOnlyList<byte[]> seeds, FuzzRandom random)
    {
        var bytes = random.Of(seeds);
        for (var rounds = 1 + random.Below(3); rounds > 0; rounds--)
        {
            bytes = random.Of(Damages)(bytes, seeds, random);
        }

        return bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];
    }

    private static byte[] FlipBits(byte[] bytes, FuzzRandom random)
    {
        var flipped = (byte[])bytes.Clone();
        for (var n = 1 + random.Below(8); n > 0 && flipped.Length > 0; n--)
        {
            flipped[random.Below(flipped.Length)] ^= (byte)(1 << random.Below(8));
        }

        return flipped;
    }

    private static byte[] Without(byte[] bytes, FuzzRandom random, int length)
    {
        var start = random.Below(bytes.Length);
        return Spliced(bytes, start, Math.Min(length, bytes.Length - start), []);
    }

    private static byte[] Duplicated(byte[] bytes, FuzzRandom random)
    {
        var start = random.Below(bytes.Length);
        var length = Math.Min(1 + random.Below(200), bytes.Length - start);
        return Spliced(bytes, random.Below(bytes.Length + 1), 0, bytes[start..(start + length)]);
    }

    /// <summary>Another number in place of one of the file.</summary>
    private static byte[] WithNumber(byte[] bytes, FuzzRandom random)
    {
        static bool Belongs(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'+';
        var start = random.Below(bytes.Length);
        while (start < bytes.Length && !Belongs(bytes[start]))
        {
            start++;
        }

        while (start > 0 && start < bytes.Length && Belongs(bytes[start - 1]))
        {
            start--;
        }

        var end = start;
        while (end < bytes.Length && Belongs(bytes[end]))
        {
            end++;
        }

        return Spliced(bytes, start, end - start, Encoding.UTF8.GetBytes(random.Of(Numbers)));
    }

    /// <summary>Lines swapped, left out, doubled or joined, or their ends changed.</summary>
    private static byte[] WithLines(byte[] bytes, FuzzRandom random)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n').ToList();
        var (i, j) = (random.Below(lines.Count), random.Below(lines.Count));
        var ending = "\n";
        switch (random.Below(6))
        {
            case 0:
                (lines[i], lines[j]) = (lines[j], lines[i]);
                break;
            case 1:
                lines.RemoveAt(i);
                break;
            case 2:
                lines.Insert(i, lines[j]);
                break;
            case 3:
                lines[i] += lines[j];
                break;
            case 4:
                ending = random.Of(["\r\n", "\r", "\n\r", "\n\n"]);
                break;
            default:
                lines[i] = "";
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join(ending, lines));
    }

    private static byte[] Encoded(byte[] bytes, FuzzRandom random)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return random.Below(6) switch
        {
            0 => Encoding.Unicode.GetBytes(text),
            1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            2 => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
            3 => [0xEF, 0xBB, 0xBF, .. bytes],
            4 => Spliced(bytes, random.Below(bytes.Length + 1), 0, [0xC5]),
            _ => Encoding.UTF32.GetBytes(text),
        };
    }

    private static byte[] Crossed(byte[] bytes, byte[] other, FuzzRandom random) =>
        [.. bytes[..random.Below(bytes.Length + 1)], .. other[random.Below(other.Length + 1)..]];

    /// <summary>One piece many times: long lines, deep nesting, many rows.</summary>
    private static byte[] Repeated(byte[] bytes, FuzzRandom random)
    {
        var piece = random.Below(2) == 0
            ? Encoding.UTF8.GetBytes(random.Of(Words))
            : bytes.AsSpan(random.Below(bytes.Length)).ToArray() is var rest ? rest[..Math.Min(rest.Length, 1 + random.Below(20))] : [];
        var times = random.Of([10, 100, 100, 3000]);
        var many = new byte[piece.Length * times];
        for (var i = 0; i < times; i++)
        {
            piece.CopyTo(many, i * piece.Length);
        }

        return Spliced(bytes, random.Below(bytes.Length + 1), 0, many);
    }

    private static byte[] RandomBytes(FuzzRandom random, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Below(256);
        }

        return bytes;
    }

    private static byte[] Spliced(byte[] bytes, int start, int removed, byte[] inserted) =>
        [.. bytes.AsSpan(0, start), .. inserted, .. bytes.AsSpan(start + Math.Min(removed, bytes.Length - start))];
}
