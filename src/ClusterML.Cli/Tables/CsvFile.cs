using ClusterML.Data.Csv;

namespace ClusterML.Cli.Tables;

/// <summary>One cell of a csv file: its line and the number of its field, both from 1.</summary>
internal sealed record Cell(string Text, int Line, int Column);

/// <summary>A csv file with a header, every record as wide as the header.</summary>
internal sealed record CsvFile(IReadOnlyList<Cell> Header, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Reads <paramref name="path"/>; messages call it <paramref name="shownAs"/>.</summary>
    /// <exception cref="CommandFailure">Exit code 4, with every problem: no file, no rows, headers missing or twice, bad records.</exception>
    public static CsvFile Read(string path, string shownAs)
    {
        var problems = new List<Problem>();
        var records = Records(path, shownAs, problems);
        if (records.Count < 2 && problems.Count == 0)
        {
            problems.Add(new Problem(records.Count == 0 ? "the file is empty" : "there are no rows below the header", shownAs, 1, 1));
        }

        var header = records.Count > 0 ? records[0] : [];
        problems.AddRange(header.Where(c => c.Text.Length == 0).Select(c => At(shownAs, c, "a column has no name")));
        problems.AddRange(header.Where(c => c.Text.Length > 0).GroupBy(c => c.Text).SelectMany(g => g.Skip(1))
            .Select(c => At(shownAs, c, $"the column \"{c.Text}\" is there twice")));
        problems.AddRange(records.Skip(1).Where(r => r.Count != header.Count)
            .Select(r => At(shownAs, r[^1], $"the row has {r.Count} cells, the header has {header.Count}")));
        return problems.Count == 0
            ? new CsvFile(header, [.. records.Skip(1)])
            : throw new CommandFailure(ExitCodes.DataCheckFailed, [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static List<IReadOnlyList<Cell>> Records(string path, string shownAs, List<Problem> problems)
    {
        var records = new List<IReadOnlyList<Cell>>();
        try
        {
            using var stream = new StreamReader(path);
            var reader = new CsvRecordReader(stream);
            while (reader.Read())
            {
                if (reader.Fault is { } fault)
                {
                    problems.Add(new Problem(fault.Message, shownAs, reader.Line, fault.Column));
                }
                else
                {
                    records.Add([.. reader.Fields.Select((field, c) => new Cell(field.Trim(), reader.Line, c + 1))]);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(File.Exists(path) ? exception.Message : "no such file", shownAs));
        }

        return records;
    }

    private static Problem At(string file, Cell cell, string message) => new(message, file, cell.Line, cell.Column);
}
