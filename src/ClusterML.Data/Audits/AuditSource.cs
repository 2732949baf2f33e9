using ClusterML.Data.Rows;

namespace ClusterML.Data.Audits;

/// <summary>Reads a csv or Parquet file for an audit: every column, whatever it is for.</summary>
/// <remarks>
/// A column in which every value that is not missing is a number is one of numbers. Rows are named by the first of the columns
/// <c>row_id</c>, <c>id</c> and <c>name</c> that is there, else by element and size (<c>Nb40</c>), else by an element column, as long as this
/// names them apart; what is not named apart gets its line.
/// </remarks>
public static class AuditSource
{
    private static readonly string[] Ids = ["row_id", "id", "name"];

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targets">Columns to take as targets; all other columns are features then. Empty: no column has a role.</param>
    /// <exception cref="DataException">The file is missing, is not text, or has lines that cannot be read.</exception>
    public static AuditTable Read(string path, IReadOnlyList<string>? targets = null)
    {
        var (header, positions, lines, rows) = Fields(path);
        var wanted = targets ?? [];
        var problems = wanted.Where(t => !header.Contains(t)).Select(t => new DataProblem(path, 1, 0, $"there is no column \"{t}\"; the file has {string.Join(", ", header)}"));
        if (problems.ToArray() is { Length: > 0 } missing)
        {
            throw new DataException(missing);
        }

        string[] Values(int column) => [.. rows.Select(r => r[column])];
        var texts = header.Select((_, i) => Values(i)).ToArray();
        var ids = RowIds(header, texts, lines, out var idColumn);
        var columns = header.Select((name, i) =>
        {
            var role = wanted.Contains(name) ? AuditColumnRole.Target
                : wanted.Count == 0 || i == idColumn ? AuditColumnRole.Other
                : AuditColumnRole.Feature;
            return AuditColumn.Read(name, role, texts[i]);
        });
        var file = Path.GetFileName(path);
        return new(Path.GetFileNameWithoutExtension(path), ids, [.. columns])
        {
            Places = [.. lines.Select(line => FormattableString.Invariant($"{file}:{line}"))],
            ColumnNumbers = positions,
        };
    }

    private static (string[] Header, int[] Positions, int[] Lines, string[][] Rows) Fields(string path)
    {
        using var file = RowFile.Open(path);
        file.ThrowProblems();
        var (lines, rows) = (new List<int>(), new List<string[]>());
        int[] readable = [.. Enumerable.Range(0, file.Header.Count).Where(column => file.Unreadable(column) is null)];
        while (file.Read())
        {
            lines.Add(file.Line);
            rows.Add([.. readable.Select(file.Text)]);
        }

        file.Finish(rows.Count);
        return ([.. readable.Select(column => file.Header[column])], [.. readable.Select(column => column + 1)], [.. lines], [.. rows]);
    }

    private static string[] RowIds(string[] header, string[][] texts, int[] lines, out int idColumn)
    {
        idColumn = Array.FindIndex(header, h => Ids.Contains(h, StringComparer.OrdinalIgnoreCase));
        var element = Array.FindIndex(header, h => h is "symbol" or "element");
        var size = Array.IndexOf(header, "n_atoms");
        var names = idColumn >= 0 ? texts[idColumn]
            : element >= 0 && size >= 0 ? [.. texts[element].Zip(texts[size], (e, n) => e + n)]
            : element >= 0 ? texts[element]
            : null;
        var counts = names?.CountBy(n => n).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. lines.Select((line, row) => names is null || names[row].Length == 0 ? FormattableString.Invariant($"line {line}")
                : counts![names[row]] == 1 ? names[row]
                : FormattableString.Invariant($"{names[row]} (line {line})")),
        ];
    }
}
