using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data.Csv;
using ClusterML.Data.Parquet;

namespace ClusterML.Data.Rows;

/// <summary>A file of rows under named columns that is being read, and every problem found in it so far.</summary>
/// <remarks>
/// Rows stream: one is held at a time (of Parquet, one row group). Numbers are read in the invariant culture; an empty field is
/// a missing value. Problems are collected, so that a user sees all of them at once.
/// </remarks>
public abstract class RowFile : IDisposable
{
    private static readonly string[] MissingWords = ["na", "n/a", "#n/a", "<na>", "nan", "none", "null", "-", "--"];
    private readonly List<DataProblem> problems = [];

    /// <summary>A file that problems name so.</summary>
    /// <param name="name">The file, as problems name it.</param>
    private protected RowFile(string name) => Name = name;

    /// <summary>The file, as problems name it.</summary>
    public string Name { get; }

    /// <summary>Names of the columns, trimmed.</summary>
    public IReadOnlyList<string> Header { get; protected set; } = [];

    /// <summary>Line of the current row, from 1, where the file has lines (the header of a csv is line 1); else its number, from 1.</summary>
    public abstract int Line { get; }

    /// <summary>What <see cref="Line"/> counts: <c>line</c> or <c>row</c>.</summary>
    public abstract string LineWord { get; }

    /// <summary>The file and line of the current row.</summary>
    public string Place => FormattableString.Invariant($"{Name}:{Line}");

    /// <summary>The name of the file, without its folder, and the line of the current row.</summary>
    public string ShortPlace => FormattableString.Invariant($"{Path.GetFileName(Name)}:{Line}");

    /// <summary>Opens a csv file, or a Parquet file when its name ends in <c>.parquet</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="whenMissing">What to fetch, and from where, when there is no such file.</param>
    /// <param name="shownAs">What problems call the file; null: its path.</param>
    /// <exception cref="DataException">There is no such file, it is empty, or it is not what its name says.</exception>
    public static RowFile Open(string path, string whenMissing = "", string? shownAs = null) =>
        IsParquet(path) ? new ParquetFile(path, whenMissing, shownAs) : new CsvFile(path, whenMissing, shownAs);

    /// <summary>Whether a name is that of a Parquet file.</summary>
    public static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>Goes to the next row that can be read; reports those that cannot.</summary>
    public abstract bool Read();

    /// <summary>The trimmed text of a field; empty when it is missing.</summary>
    public abstract string Text(int column);

    /// <summary>Why a column cannot be read, or null when it can.</summary>
    public virtual string? Unreadable(int column) => null;

    /// <summary>Position of a column that must be there; reports it when it is not.</summary>
    /// <returns>-1 when it is not there.</returns>
    public int Require(string name)
    {
        var index = Find(name);
        if (index < 0)
        {
            var near = Header.FirstOrDefault(h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
            var hint = near is null ? $"; the file has {string.Join(", ", Header)}" : $" (did you mean {near}?)";
            problems.Add(new(Name, HeaderLine, 0, $"column \"{name}\" is missing{hint}"));
        }
        else if (Unreadable(index) is { } why)
        {
            problems.Add(new(Name, HeaderLine, index + 1, why));
        }

        return index;
    }

    /// <summary>Position of a column, or -1.</summary>
    public int Find(string name)
    {
        for (var column = 0; column < Header.Count; column++)
        {
            if (Header[column] == name)
            {
                return column;
            }
        }

        return -1;
    }

    /// <summary>A text that must not be empty; reports it when it is.</summary>
    public string RequiredText(int column)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            Report(column, $"{Header[column]} is empty");
        }

        return text;
    }

    /// <summary>A finite number; reports the field and gives NaN when it is not one.</summary>
    public double Number(int column) => Number(column, mayBeEmpty: false);

    /// <summary>A finite number, or NaN for an empty field.</summary>
    public double OptionalNumber(int column) => Text(column).Length == 0 ? double.NaN : Number(column, mayBeEmpty: true);

    /// <summary>The element that a field names; reports the field and gives null when there is none.</summary>
    public Element? Element(int column)
    {
        var symbol = Text(column);
        var element = ElementTable.Default.Find(symbol);
        if (element is null)
        {
            Report(column, ElementTable.Default.Unknown(Header[column], symbol));
        }

        return element;
    }

    /// <summary>Adds a problem at a field of the current row.</summary>
    public void Report(int column, string message) => problems.Add(new(Name, Line, column + 1, message));

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
            problems.Add(new(Name, 0, 0, "the table has no rows"));
        }

        ThrowProblems();
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Line that holds the names of the columns; 0 where the file has no lines.</summary>
    private protected abstract int HeaderLine { get; }

    /// <summary>Adds a problem of the whole row.</summary>
    private protected void ReportRow(string message) => problems.Add(new(Name, Line, 0, message));

    /// <summary>Takes the names of the columns; reports those that appear twice.</summary>
    private protected void TakeHeader(IEnumerable<string> names)
    {
        Header = [.. names.Select(name => name.Trim())];
        for (var column = 0; column < Header.Count; column++)
        {
            if (Find(Header[column]) < column)
            {
                problems.Add(new(Name, HeaderLine, column + 1, Header[column].Length == 0
                    ? "a second column without a name; name it, or leave it out"
                    : $"column \"{Header[column]}\" appears twice"));
            }
        }
    }

    private double Number(int column, bool mayBeEmpty)
    {
        var text = RequiredText(column);
        if (text.Length == 0)
        {
            return double.NaN;
        }

        if (!TryNumber(text, out var value))
        {
            Report(column, $"{Header[column]} \"{text}\" is not a number{Hint(text, mayBeEmpty)}");
            return double.NaN;
        }

        if (!double.IsFinite(value))
        {
            Report(column, $"{Header[column]} is {text}, it must be finite{(double.IsNaN(value) && mayBeEmpty ? "; leave the field empty where a value is missing" : "")}");
            return double.NaN;
        }

        return value;
    }

    /// <summary>What other programs write for numbers, and what would be right.</summary>
    internal static string Hint(string text, bool mayBeEmpty)
    {
        if (MissingWords.Contains(text.ToLowerInvariant()))
        {
            return mayBeEmpty ? "; leave the field empty where a value is missing" : "; a row without this value cannot be used: leave it out";
        }

        if (text is "True" or "False" or "true" or "false")
        {
            return "; write 1 or 0";
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma >= 0 && comma == text.LastIndexOf(',') && TryNumber(text.Replace(',', '.'), out _)
            ? $"; the decimal sign is a point: {text.Replace(',', '.')}"
            : comma >= 0 && TryNumber(text.Replace(",", "", StringComparison.Ordinal), out _) ? "; write numbers without separators of thousands" : "";
    }

    /// <summary>Whether a text is what other programs write where a value is missing.</summary>
    internal static bool IsMissingWord(string text) => MissingWords.Contains(text.ToLowerInvariant());

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
