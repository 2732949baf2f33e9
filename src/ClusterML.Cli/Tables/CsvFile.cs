namespace ClusterML.Cli.Tables;

/// <summary>A csv file with a header, every record as wide as the header.</summary>
internal sealed record CsvFile(IReadOnlyList<Cell> Header, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Reads <paramref name="path"/>; messages call it <paramref name="shownAs"/>.</summary>
    /// <exception cref="CommandFailure">Exit code 4, with every problem: no file, no rows, headers missing or twice, ragged rows.</exception>
    public static CsvFile Read(string path, string shownAs)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [new Problem(File.Exists(path) ? exception.Message : "no such file", shownAs)]);
        }

        var records = DelimitedText.Parse(shownAs, text);
        if (records.Count < 2)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, [new Problem(records.Count == 0 ? "the file is empty" : "there are no rows below the header", shownAs, 1, 1)]);
        }

        var header = records[0];
        var problems = header.Where(c => c.Text.Length == 0).Select(c => At(shownAs, c, "a column has no name")).ToList();
        problems.AddRange(header.Where(c => c.Text.Length > 0).GroupBy(c => c.Text).Where(g => g.Count() > 1).SelectMany(g => g.Skip(1))
            .Select(c => At(shownAs, c, $"the column \"{c.Text}\" is there twice")));
        problems.AddRange(records.Skip(1).Where(r => r.Count != header.Count).Select(r => At(shownAs, r[^1], $"the row has {r.Count} cells, the header has {header.Count}")));
        return problems.Count == 0
            ? new CsvFile(header, [.. records.Skip(1)])
            : throw new CommandFailure(ExitCodes.DataCheckFailed, [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static Problem At(string file, Cell cell, string message) => new(message, file, cell.Line, cell.Column);
}
