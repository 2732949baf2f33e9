using System.Text;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Csv;

/// <summary>A csv file with a header that is being read: UTF-8 (a byte order mark is fine), commas, a point as the decimal sign.</summary>
internal sealed class CsvFile : RowFile
{
    private readonly StreamReader stream;
    private readonly CsvRecordReader records;

    /// <summary>Opens the file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="whenMissing">What to fetch, and from where, when there is no such file.</param>
    /// <param name="shownAs">What problems call the file; null: its path.</param>
    /// <exception cref="DataException">There is no such file, it is empty, or its separator is not a comma.</exception>
    public CsvFile(string path, string whenMissing, string? shownAs = null)
        : base(shownAs ?? path)
    {
        if (!File.Exists(path))
        {
            throw new DataException([new DataProblem(Name, 0, 0, $"no such file. {whenMissing}".TrimEnd())]);
        }

        try
        {
            // Strict: a file in another encoding would be read with letters lost, and two categories could become one.
            stream = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException([new DataProblem(Name, 0, 0, e.Message)]);
        }

        records = new CsvRecordReader(stream);
        if (!Next())
        {
            stream.Dispose();
            throw new DataException([new DataProblem(Name, 1, 0, "the file is empty, expected a header")]);
        }

        if (records.Fault is { } fault)
        {
            Report(fault.Column - 1, fault.Message);
        }

        TakeHeader(records.Fields);
        RequireCommas();
    }

    /// <inheritdoc/>
    public override int Line => records.Line;

    /// <inheritdoc/>
    public override string LineWord => "line";

    private protected override int HeaderLine => 1;

    /// <summary>Goes to the next record that has as many fields as the header; reports the others.</summary>
    public override bool Read()
    {
        while (Next())
        {
            if (records.Fault is { } fault)
            {
                Report(fault.Column - 1, fault.Message);
            }
            else if (records.Fields.Count != Header.Count)
            {
                var hint = records.Fields.Count > Header.Count ? "; quote texts that hold a comma, and write decimals with a point" : "";
                ReportRow(FormattableString.Invariant($"{records.Fields.Count} fields, the header has {Header.Count}{hint}"));
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string Text(int column) => records.Fields[column].Trim();

    /// <inheritdoc/>
    public override void Dispose() => stream.Dispose();

    // What a spreadsheet writes where the comma is the decimal sign: nothing else in the file could be understood.
    private void RequireCommas()
    {
        foreach (var (sign, word) in new[] { (';', "semicolons"), ('\t', "tabs"), ('|', "bars") })
        {
            if (Header is [var only] && only.Contains(sign))
            {
                stream.Dispose();
                throw new DataException([new DataProblem(Name, 1, 0, $"the columns are separated by {word}; save the table with commas between columns and points as decimal signs")]);
            }
        }
    }

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
            throw new DataException([new DataProblem(Name, line, 0, "here or below, the file is not UTF-8 text; save it as UTF-8")]);
        }
    }
}
