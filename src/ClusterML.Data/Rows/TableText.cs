namespace ClusterML.Data.Rows;

/// <summary>A table in memory as texts, column by column.</summary>
internal sealed class TableText
{
    private readonly List<string>[] columns;
    private readonly List<int> lines = [];

    /// <summary>An empty table.</summary>
    /// <param name="file">The file, as problems name it.</param>
    /// <param name="header">Names of the columns.</param>
    public TableText(string file, IReadOnlyList<string> header)
    {
        File = file;
        Header = header;
        columns = [.. header.Select(_ => new List<string>())];
    }

    /// <summary>The file, as problems name it.</summary>
    public string File { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Fields of each column, trimmed; empty where they are missing.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Columns => columns;

    /// <summary>Line or number of each row in the file.</summary>
    public IReadOnlyList<int> Lines => lines;

    /// <summary>Number of rows.</summary>
    public int Count => lines.Count;

    /// <summary>Reads all columns of a csv or Parquet file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownAs">What problems call it; null: its path.</param>
    /// <exception cref="DataException">It cannot be read, or has no rows.</exception>
    public static TableText Read(string path, string? shownAs = null)
    {
        using var file = RowFile.Open(path, shownAs: shownAs);
        foreach (var name in file.Header)
        {
            // Reports a column that cannot be read.
            file.Require(name);
        }

        file.ThrowProblems();
        var table = new TableText(path, file.Header);
        while (file.Read())
        {
            table.Add([.. Enumerable.Range(0, file.Header.Count).Select(file.Text)], file.Line);
        }

        file.Finish(table.Count);
        return table;
    }

    /// <summary>Position of a column, or -1.</summary>
    public int Find(string name) => Header.Index().FirstOrDefault(h => h.Item == name, (Index: -1, Item: "")).Index;

    /// <summary>Adds a row.</summary>
    public void Add(IReadOnlyList<string> fields, int line = 0)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column].Add(fields[column]);
        }

        lines.Add(line);
    }
}
