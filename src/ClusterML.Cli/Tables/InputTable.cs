using ClusterML.Cli.Engine;
using ClusterML.Data.Rows;

namespace ClusterML.Cli.Tables;

/// <summary>One cell of a table: its line (the row of a Parquet file) and the number of its field, both from 1.</summary>
internal sealed record Cell(string Text, int Line, int Column);

/// <summary>A csv or Parquet file with named columns, every row as wide as the header.</summary>
internal sealed record InputTable(IReadOnlyList<Cell> Header, IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    /// <summary>Reads <paramref name="path"/>; messages call it <paramref name="shownAs"/>.</summary>
    /// <exception cref="CommandFailure">Exit code 4, with every problem: no file, no rows, columns without a name or twice there, bad rows.</exception>
    public static InputTable Read(string path, string shownAs) => Guard.Run(() =>
    {
        using var file = RowFile.Open(path, shownAs: shownAs);
        Cell[] header = [.. file.Header.Select((name, c) => new Cell(name, 1, c + 1))];
        foreach (var (column, _) in file.Header.Index().Where(h => h.Item.Length == 0))
        {
            file.Report(column, "a column has no name");
        }

        foreach (var column in header)
        {
            file.Require(column.Text);
        }

        var rows = new List<IReadOnlyList<Cell>>();
        while (file.Read())
        {
            rows.Add([.. header.Select((_, c) => new Cell(file.Text(c), file.Line, c + 1))]);
        }

        file.Finish(rows.Count);
        return new InputTable(header, rows);
    });
}
