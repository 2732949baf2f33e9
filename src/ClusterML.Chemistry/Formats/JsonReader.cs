using System.Globalization;
using System.Text;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads JSON as Python writes it (NaN and Infinity are numbers; 1 and 1.0 differ), value by value, of bounded depth.</summary>
internal sealed class JsonReader(TextReader reader, string file)
{
    private const int LongestNumber = 4096;

    private readonly char[] buffer = new char[16384];
    private readonly StringBuilder text = new();
    private int position;
    private int length;
    private int line = 1;
    private int column = 1;
    private int depth;
    private bool started;
    private bool logicalWords;

    /// <summary>Line of the next character.</summary>
    public int Line => line;

    /// <summary>Column of the next character.</summary>
    public int Column => column;

    /// <summary>Reads a text that is one value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="logicalWords">Whether T, F, True and False are logical, as in arrays of extended xyz.</param>
    /// <exception cref="FormatException">It is not.</exception>
    public static object? Parse(string text, bool logicalWords = false)
    {
        using var reader = new StringReader(text);
        var json = new JsonReader(reader, "") { logicalWords = logicalWords };
        var value = json.Value();
        json.End();
        return value;
    }

    /// <summary>The next character that is not white space, or null at the end.</summary>
    public char? Next()
    {
        while (Peek() is { } c)
        {
            if (c is not (' ' or '\t' or '\n' or '\r'))
            {
                return c;
            }

            Advance();
        }

        return null;
    }

    /// <summary>Whether the next character is <paramref name="c"/>, which is then passed.</summary>
    public bool Passes(char c)
    {
        if (Next() != c)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Passes <paramref name="c"/>.</summary>
    /// <exception cref="MalformedFileException">Something else comes.</exception>
    public void Pass(char c)
    {
        if (!Passes(c))
        {
            throw Unexpected($"'{c}'");
        }
    }

    /// <summary>Passes the end of an array or object; a comma is the other thing that may come.</summary>
    public void Close(char bracket)
    {
        if (!Passes(bracket))
        {
            throw Unexpected($"',' or '{bracket}'");
        }
    }

    /// <summary>Nothing may follow.</summary>
    public void End()
    {
        if (Next() is not null)
        {
            throw Unexpected("the end of the text");
        }
    }

    /// <summary>The name of a member and the colon after it.</summary>
    public string Name()
    {
        if (Next() != '"')
        {
            throw Unexpected("a name in quotes");
        }

        var name = Text();
        Pass(':');
        return name;
    }

    /// <summary>The next value.</summary>
    public object? Value() => Next() switch
    {
        '{' => Object(),
        '[' => Array(),
        '"' => Text(),
        '-' or (>= '0' and <= '9') or '+' => Number(),
        { } c when char.IsAsciiLetter(c) => Word(),
        _ => throw Unexpected("a value"),
    };

    /// <summary>An error at the next character.</summary>
    public MalformedFileException Wrong(string message) => new(file, line, column, message);

    private JsonObject Object()
    {
        Enter('{');
        var result = new JsonObject();
        if (!Passes('}'))
        {
            do
            {
                _ = Next();
                var (nameLine, nameColumn) = (line, column);
                var name = Name();
                _ = Next();
                var (valueLine, valueColumn) = (line, column);
                if (!result.TryAdd(new(name, Value(), valueLine, valueColumn)))
                {
                    throw new MalformedFileException(file, nameLine, nameColumn, $"{TextLines.Quote(name)} is given twice");
                }
            }
            while (Passes(','));

            Close('}');
        }

        depth--;
        return result;
    }

    /// <summary>An array: numbers on their own as long as nothing else comes.</summary>
    private object Array()
    {
        Enter('[');
        var numbers = new JsonNumbers();
        List<object?>? items = null;
        if (!Passes(']'))
        {
            do
            {
                var value = Value();
                if (items is null && value is long integer)
                {
                    numbers.Add(integer);
                }
                else if (items is null && value is double real)
                {
                    numbers.Add(real);
                }
                else
                {
                    items ??= Boxed(numbers);
                    items.Add(value);
                }
            }
            while (Passes(','));

            Close(']');
        }

        depth--;
        return items is null ? numbers : items;
    }

    private static List<object?> Boxed(JsonNumbers numbers) => numbers.Integers is { } integers
        ? [.. integers.Select(i => (object?)i)]
        : [.. numbers.Reals.Select(r => (object?)r)];

    private void Enter(char bracket)
    {
        if (++depth > FormatLimits.MaxDepth)
        {
            throw Wrong(FormattableString.Invariant($"more than {FormatLimits.MaxDepth} arrays and objects inside each other"));
        }

        Pass(bracket);
    }

    private string Text()
    {
        Advance();
        text.Clear();
        while (true)
        {
            var c = Peek() ?? throw Wrong("the text is not closed before the end of the file");
            if (c < ' ')
            {
                throw Wrong("a control character inside a text; write it as an escape such as \\n");
            }

            Advance();
            if (c == '"')
            {
                return text.ToString();
            }

            text.Append(c == '\\' ? Escape() : c);
            if (text.Length > FormatLimits.MaxTextLength)
            {
                throw Wrong(FormattableString.Invariant($"a text longer than {FormatLimits.MaxTextLength} characters"));
            }
        }
    }

    private char Escape()
    {
        var c = Peek() ?? throw Wrong("the text is not closed before the end of the file");
        var meant = c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => default(char?),
            _ => throw Wrong($"\\{TextLines.Quote([c])[1..^1]} is not an escape of JSON"),
        };
        Advance();
        return meant ?? Hexadecimal();
    }

    private char Hexadecimal()
    {
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < 4; i++)
        {
            digits[i] = Peek() is { } digit && char.IsAsciiHexDigit(digit) ? digit : throw Wrong("four hexadecimal digits are expected after \\u");
            Advance();
        }

        return (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private object Number()
    {
        var (startLine, startColumn) = (line, column);
        var word = Taken(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.');
        if (NumberText.TryInteger(word, out var integer))
        {
            return integer;
        }

        return NumberText.TryReal(word, out var real)
            ? real
            : throw new MalformedFileException(file, startLine, startColumn, $"a number is expected, not {TextLines.Quote(word)}");
    }

    private object? Word()
    {
        var (startLine, startColumn) = (line, column);
        var word = Taken(char.IsAsciiLetterOrDigit);
        return word switch
        {
            "null" => null,
            "true" => true,
            "false" => false,
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            _ when logicalWords && ExtendedXyzValue.Logical(word) is { } logical => logical,
            _ => throw new MalformedFileException(file, startLine, startColumn, $"a value is expected, not {TextLines.Quote(word)}"),
        };
    }

    private string Taken(Func<char, bool> belongs)
    {
        text.Clear();
        while (Peek() is { } c && belongs(c))
        {
            text.Append(c);
            Advance();
            if (text.Length > LongestNumber)
            {
                throw Wrong(FormattableString.Invariant($"a number longer than {LongestNumber} characters"));
            }
        }

        return text.ToString();
    }

    private MalformedFileException Unexpected(string expected) => Next() is { } c
        ? Wrong($"{expected} is expected, not {TextLines.Quote([c])}")
        : Wrong($"the file ends here; {expected} should follow");

    private char? Peek()
    {
        if (position == length)
        {
            position = 0;
            length = reader.Read(buffer);
            if (length == 0)
            {
                return null;
            }

            if (!started && buffer[0] == '\uFEFF')
            {
                position = 1;
            }

            started = true;
            if (position == length)
            {
                return Peek();
            }
        }

        var c = buffer[position];
        return c is '\0' or '\uFFFD' ? throw Wrong(TextLines.NotText(c)) : c;
    }

    private void Advance()
    {
        var isEnd = buffer[position++] == '\n';
        (line, column) = isEnd ? (line + 1, 1) : (line, column + 1);
    }
}
