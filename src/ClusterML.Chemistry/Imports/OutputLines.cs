using System.Globalization;
using System.IO.Compression;
using System.Text;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Imports;

/// <summary>The lines of a program's output with their numbers, read as a stream; gzip is unpacked on the way.</summary>
/// <remarks>
/// A last line without its end was cut while it was being written: it is not returned, since half a number reads as another
/// number, and <see cref="WasCut"/> says so. Bytes that are not UTF-8, such as a name in a path, do no harm.
/// </remarks>
internal sealed class OutputLines : IDisposable
{
    private const int MaxLength = 4 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StreamReader reader;
    private readonly char[] buffer = new char[16384];
    private readonly StringBuilder partial = new();
    private int position;
    private int length;

    public OutputLines(string path)
    {
        File = path;
        reader = new(Open(path), Utf8);
    }

    /// <summary>The name that errors give.</summary>
    public string File { get; }

    /// <summary>Number of the line that <see cref="Next"/> returned last.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the file ended in the middle of a line.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Opens a file for one pass; a name that ends in <c>.gz</c> is unpacked.</summary>
    public static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The next whole line without its end, or null.</summary>
    public string? Next()
    {
        partial.Clear();
        while (true)
        {
            if (position == length && !Fill())
            {
                WasCut |= partial.Length > 0;
                return null;
            }

            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOf('\n');
            var taken = end < 0 ? rest.Length : end;
            if (partial.Length + taken > MaxLength)
            {
                throw new MalformedFileException(File, Line + 1, 0, FormattableString.Invariant($"the line is longer than {MaxLength} characters: this is no output of a program"));
            }

            partial.Append(rest[..taken]);
            position += end < 0 ? taken : taken + 1;
            if (end >= 0)
            {
                return Finished();
            }
        }
    }

    /// <summary>An error about the last line.</summary>
    public MalformedFileException Wrong(string message) => new(File, Line, 0, BoundedText.Of(message));

    /// <summary>The finite number that a word of the last line must be.</summary>
    /// <exception cref="MalformedFileException">It is not one.</exception>
    public double Real(ReadOnlySpan<char> word, string what) =>
        TryReal(word, out var value) ? value : throw Wrong($"{what} should be a number, not \"{Short(word)}\"");

    /// <summary>The integer that a word of the last line must be.</summary>
    /// <exception cref="MalformedFileException">It is not one.</exception>
    public int Integer(ReadOnlySpan<char> word, string what) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong($"{what} should be an integer, not \"{Short(word)}\"");

    /// <summary>Reads a finite number; zero loses its sign.</summary>
    public static bool TryReal(ReadOnlySpan<char> word, out double value)
    {
        var isNumber = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value += 0.0;
        return isNumber;
    }

    /// <summary>The words of a line.</summary>
    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static string Short(ReadOnlySpan<char> word) => word.Length > 40 ? $"{word[..40]}..." : word.ToString();

    private bool Fill()
    {
        position = 0;
        try
        {
            length = reader.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new MalformedFileException(File, Line + 1, 0, $"the compressed data is damaged: {e.Message}", e);
        }

        return length > 0;
    }

    private string Finished()
    {
        Line++;
        if (partial.Length > 0 && partial[^1] == '\r')
        {
            partial.Length--;
        }

        var line = partial.ToString();
        var nul = line.IndexOf('\0', StringComparison.Ordinal);
        return nul < 0 ? line : throw new MalformedFileException(File, Line, nul + 1, "a NUL character: this is not the text output of a program");
    }
}
