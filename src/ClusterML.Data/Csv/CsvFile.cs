using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Csv;

/// <summary>A csv file with a header that is being read, and every problem found in it so far.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly string path;
    private readonly StreamReader stream;
    private readonly CsvRecordReader records;
    private readonly List<DataProblem> problems = [];
    private readonly string[] header;

    /// <summary>Opens the file and reads its header.</summary>
    /// <param name="path">The file, as problems name it.</param>
    /// <param name="whenMissing">What to fetch, and from where, when there is no such file.</param>
    /// <exception cref="DataException">There is no such file, or it is empty.</exception>
    public CsvFile(string path, string whenMissing)
    {
        if (!File.Exists(path))
        {
            throw new DataException([new DataProblem(path, 0, 0, $"no such file. {whenMissing}".TrimEnd())]);
        }

        this.path = path;

        // Strict: a file in another encoding would be read with letters lost, and two categories could become one.
        stream = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        records = new CsvRecordReader(stream);
        if (!Next())
        {
            stream.Dispose();
            throw new DataException([new DataProblem(path, 1, 0, "the file is empty, expected a header")]);
        }

        header = [.. records.Fields.Select(name => name.Trim())];
        for (var i = 0; i < header.Length; i++)
        {
            if (Array.IndexOf(header, header[i]) < i)
            {
                Report(i, $"column \"{header[i]}\" appears twice");
            }
        }
    }

    /// <summary>Line of the current record, from 1; the header is line 1.</summary>
    public int Line => records.Line;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header => header;

    /// <summary>The file and line of the current record.</summary>
    public string Place => FormattableString.Invariant($"{path}:{Line}");

    /// <summary>Position of a column that must be there; reports it when it is not.</summary>
    /// <returns>-1 when it is not there.</returns>
    public int Require(string name)
    {
        var index = Find(name);
        if (index < 0)
        {
            var near = Array.Find(header, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
            var hint = near is null ? $"; the file has {string.Join(", ", header)}" : $" (did you mean {near}?)";
            problems.Add(new(path, 1, 0, $"column \"{name}\" is missing{hint}"));
        }

        return index;
    }

    /// <summary>Position of a column, or -1.</summary>
    public int Find(string name) => Array.IndexOf(header, name);

    private bool Next()
    {
        try
        {
            return records.Read();
        }
        catch (DecoderFallbackException)
        {
            var line = records.Line + 1;
            stream.Dispose();
            throw new DataException([new DataProblem(path, line, 0, "here or below, the file is not UTF-8 text; save it as UTF-8")]);
        }
    }

    /// <summary>Goes to the next record that has as many fields as the header; reports the others.</summary>
    public bool Read()
    {
        while (Next())
        {
            if (records.Fault is { } fault)
            {
                Report(fault.Column - 1, fault.Message);
            }
            else if (records.Fields.Count != header.Length)
            {
                problems.Add(new(path, Line, 0, FormattableString.Invariant($"{records.Fields.Count} fields, the header has {header.Length}")));
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The trimmed text of a field.</summary>
    public string Text(int column) => records.Fields[column].Trim();

    /// <summary>A text that must not be empty; reports it when it is.</summary>
    public string RequiredText(int column)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            Report(column, $"{header[column]} is empty");
        }

        return text;
    }

    /// <summary>A finite number; reports the field and gives NaN when it is not one.</summary>
    public double Number(int column)
    {
        var text = RequiredText(column);
        if (text.Length == 0)
        {
            return double.NaN;
        }

        if (!TryNumber(text, out var value))
        {
            Report(column, $"{header[column]} \"{text}\" is not a number");
            return double.NaN;
        }

        if (!double.IsFinite(value))
        {
            Report(column, $"{header[column]} is {text}, it must be finite");
            return double.NaN;
        }

        return value;
    }

    /// <summary>A finite number, or NaN for an empty field.</summary>
    public double OptionalNumber(int column) => Text(column).Length == 0 ? double.NaN : Number(column);

    /// <summary>The element that a field names; reports the field and gives null when there is none.</summary>
    public Element? Element(int column)
    {
        var symbol = Text(column);
        var element = ElementTable.Default.Find(symbol);
        if (element is null)
        {
            Report(column, ElementTable.Default.Unknown(header[column], symbol));
        }

        return element;
    }

    /// <summary>Adds a problem at a field of the current record.</summary>
    public void Report(int column, string message) => problems.Add(new(path, Line, column + 1, message));

    /// <summary>Throws every problem found so far, when there is one.</summary>
    /// <exception cref="DataException">There is one.</exception>
    public void ThrowProblems()
    {
        if (problems.Count > 0)
        {
            throw new DataException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
        }
    }

    /// <summary>Adds a problem when no row was read, and throws all.</summary>
    /// <exception cref="DataException">There is a problem.</exception>
    public void Finish(int rows)
    {
        if (rows == 0 && problems.Count == 0)
        {
            problems.Add(new(path, 0, 0, "the table has no rows"));
        }

        ThrowProblems();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static bool TryNumber(string text, out double value)
    {
        value = text.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => 0.0,
        };
        return value != 0.0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
