using System.Text;

namespace ClusterML.Data.Csv;

/// <summary>Streams the records of a comma-separated text (RFC 4180) and knows where each one starts.</summary>
/// <remarks>
/// Fields may be quoted, hold commas and line breaks, and double a quote to mean one. Empty lines are skipped. A record with a
/// bad quote is given as <see cref="Fault"/> and reading goes on with the next line.
/// </remarks>
public sealed class CsvRecordReader(TextReader reader)
{
    private readonly List<string> fields = [];
    private readonly StringBuilder field = new();
    private int physicalLine = 1;

    /// <summary>Line of the text on which the current record starts, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Fields of the current record.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>What is wrong with the current record and in which field (from 1), or null.</summary>
    public (int Column, string Message)? Fault { get; private set; }

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Read()
    {
        SkipEmptyLines();
        if (reader.Peek() < 0)
        {
            return false;
        }

        fields.Clear();
        Fault = null;
        Line = physicalLine;
        while (ReadField())
        {
        }

        return true;
    }

    private void SkipEmptyLines()
    {
        while (reader.Peek() is '\n' or '\r')
        {
            Next();
        }
    }

    /// <summary>Reads one field and what ends it; true when a comma does.</summary>
    private bool ReadField()
    {
        field.Clear();
        if (reader.Peek() == '"')
        {
            ReadQuoted();
        }

        while (reader.Peek() is >= 0 and not ',' and not '\n' and not '\r')
        {
            var next = (char)Next();
            if (next == '"')
            {
                Fault ??= (fields.Count + 1, "a quote inside a field that does not start with one");
            }

            field.Append(next);
        }

        fields.Add(field.ToString());
        if (reader.Peek() == ',')
        {
            Next();
            return true;
        }

        EndLine();
        return false;
    }

    private void ReadQuoted()
    {
        Next();
        while (true)
        {
            var next = Next();
            if (next < 0)
            {
                Fault ??= (fields.Count + 1, "a quoted field that is never closed");
                return;
            }

            if (next == '"')
            {
                if (reader.Peek() != '"')
                {
                    break;
                }

                Next();
            }

            field.Append((char)next);
        }

        if (reader.Peek() is >= 0 and not ',' and not '\n' and not '\r')
        {
            Fault ??= (fields.Count + 1, "text after the closing quote");
        }
    }

    private void EndLine()
    {
        if (reader.Peek() == '\r')
        {
            Next();
        }

        if (reader.Peek() == '\n')
        {
            Next();
        }
    }

    private int Next()
    {
        var next = reader.Read();
        if (next == '\n' || (next == '\r' && reader.Peek() != '\n'))
        {
            physicalLine++;
        }

        return next;
    }
}
