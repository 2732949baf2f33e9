using System.Text;

namespace ClusterML.Chemistry.Formats;

/// <summary>The lines of a text with their numbers, of bounded length; refuses what is not text.</summary>
/// <remarks>Lines end in LF, CRLF or CR. A byte order mark is skipped. Bytes that are not UTF-8 arrive here as U+FFFD.</remarks>
internal sealed class TextLines(TextReader reader, string file)
{
    private readonly char[] buffer = new char[16384];
    private readonly StringBuilder partial = new();
    private int position;
    private int length;
    private bool afterReturn;
    private bool started;
    private bool ended;
    private string? peeked;

    /// <summary>The name that errors give.</summary>
    public string File { get; } = file;

    /// <summary>Number of the line that <see cref="Next"/> returned last; of the last line at the end.</summary>
    public int Line { get; private set; }

    /// <summary>Decodes bytes as UTF-8; what is not becomes U+FFFD, so that the line can be told.</summary>
    public static StreamReader Decode(Stream stream) =>
        new(stream, new UTF8Encoding(false, false), detectEncodingFromByteOrderMarks: false, bufferSize: 16384);

    /// <summary>The next line without its end, or null at the end of the text.</summary>
    public string? Next()
    {
        var line = peeked ?? Fetch();
        peeked = null;
        Line += line is null ? 0 : 1;
        return line;
    }

    /// <summary>The line that <see cref="Next"/> will return.</summary>
    public string? Peek() => peeked ??= Fetch();

    /// <summary>The next line; the text may not end here.</summary>
    /// <param name="what">What the line should hold, for the error.</param>
    public string Required(string what) => Next()
        ?? throw new MalformedFileException(File, Math.Max(Line, 1), 0, $"the file ends here; {what} should follow");

    /// <summary>An error about the last line.</summary>
    /// <param name="column">Character from 1; 0 when the whole line is meant.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public MalformedFileException Wrong(int column, string message) => new(File, Math.Max(Line, 1), column, message);

    /// <summary>A text as a message quotes it: short, on one line.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        const int Longest = 40;
        var quoted = new StringBuilder("\"");
        foreach (var c in text[..Math.Min(text.Length, Longest)])
        {
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return quoted.Append(text.Length > Longest ? "...\"" : "\"").ToString();
    }

    /// <summary>A name as a message gives it: as it is, or quoted when it is long or odd.</summary>
    public static string Named(string name) => name.Length is > 0 and <= 40 && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? name : Quote(name);

    private string? Fetch()
    {
        if (ended)
        {
            return null;
        }

        partial.Clear();
        while (true)
        {
            if (position == length && !Fill())
            {
                ended = true;
                return partial.Length > 0 ? Checked(partial.ToString()) : null;
            }

            if (afterReturn)
            {
                afterReturn = false;
                if (buffer[position] == '\n')
                {
                    position++;
                    continue;
                }
            }

            var rest = buffer.AsSpan(position, length - position);
            var end = rest.IndexOfAny('\n', '\r');
            var taken = end < 0 ? rest.Length : end;
            if (partial.Length + taken > FormatLimits.MaxLineLength)
            {
                throw new MalformedFileException(
                    File, Line + 1, 0, FormattableString.Invariant($"the line is longer than {FormatLimits.MaxLineLength} characters"));
            }

            if (end < 0)
            {
                partial.Append(rest);
                position = length;
                continue;
            }

            var line = partial.Length == 0 ? rest[..end].ToString() : partial.Append(rest[..end]).ToString();
            afterReturn = rest[end] == '\r';
            position += end + 1;
            return Checked(line);
        }
    }

    private bool Fill()
    {
        do
        {
            position = 0;
            length = reader.Read(buffer);
            if (length == 0)
            {
                return false;
            }

            if (!started && buffer[0] == '\uFEFF')
            {
                position = 1;
            }

            started = true;
        }
        while (position == length);

        return true;
    }

    private string Checked(string line)
    {
        var odd = line.AsSpan().IndexOfAny('\0', '\uFFFD');
        return odd < 0
            ? line
            : throw new MalformedFileException(File, Line + 1, odd + 1, NotText(line[odd]));
    }

    internal static string NotText(char c) => c == '\0'
        ? "a NUL character: this is a binary file or UTF-16; save it as UTF-8 text"
        : "a byte that is not UTF-8; save the file as UTF-8 text";
}
