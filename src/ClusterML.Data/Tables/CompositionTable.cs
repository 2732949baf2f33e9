using ClusterML.Chemistry.Elements;
using ClusterML.Data.Csv;

namespace ClusterML.Data;

/// <summary>Tables of compositions without targets, for prediction.</summary>
public static class CompositionTable
{
    /// <summary>A table of these compositions.</summary>
    /// <exception cref="DataException">An element is unknown, a count is not positive, an id repeats, or there is no row.</exception>
    public static DataTable FromRows(IEnumerable<CompositionRow> rows)
    {
        var collected = new CompositionRows();
        var problems = new List<DataProblem>();
        var number = 0;
        foreach (var row in rows)
        {
            number++;
            void Report(string message) => problems.Add(new("", 0, 0, FormattableString.Invariant($"row {number}: {message}")));

            var host = Find("host", row.Host, Report);
            var dopant = Find("dopant", row.Dopant, Report);
            CheckCount("n_atoms_1", row.HostAtoms, Report);
            CheckCount("n_atoms_2", row.DopantAtoms, Report);
            if (host is null || dopant is null)
            {
                continue;
            }

            var id = row.RowId ?? Name(row);
            if (!collected.TryAdd(id, number, host, dopant, row.HostAtoms, row.DopantAtoms, [], out var earlier))
            {
                Report(FormattableString.Invariant($"id \"{id}\" repeats row {earlier}"));
            }
        }

        if (number == 0)
        {
            problems.Add(new("", 0, 0, "there are no compositions"));
        }

        return problems.Count == 0 ? collected.ToTable("compositions", []) : throw new DataException(problems);
    }

    /// <summary>Reads compositions from a csv file with the columns <c>host,dopant[,n_atoms_1][,n_atoms_2][,row_id]</c>.</summary>
    /// <remarks>Counts are 12 and 1 where the file has no such column. Other columns are ignored.</remarks>
    /// <exception cref="DataException">The file is missing or has unusable lines.</exception>
    public static DataTable Load(string csv)
    {
        using var file = new CsvFile(csv, "");
        int host = file.Require("host"), dopant = file.Require("dopant");
        int first = file.Find("n_atoms_1"), second = file.Find("n_atoms_2"), rowId = file.Find("row_id");
        file.ThrowProblems();

        float Count(int column, float otherwise)
        {
            var count = column < 0 ? otherwise : (float)file.Number(column);
            if (count <= 0)
            {
                file.Report(column, FormattableString.Invariant($"the number of atoms is {count}, it must be positive"));
            }

            return count;
        }

        var rows = new CompositionRows();
        while (file.Read())
        {
            var (x, tm) = (file.Element(host), file.Element(dopant));
            var (n1, n2) = (Count(first, 12), Count(second, 1));
            var id = rowId < 0 ? null : file.RequiredText(rowId);
            if (x is null || tm is null)
            {
                continue;
            }

            id ??= Name(new(x.Symbol, tm.Symbol, n1, n2));
            if (!rows.TryAdd(id, file.Line, x, tm, n1, n2, [], out var earlier))
            {
                file.Report(Math.Max(rowId, host), FormattableString.Invariant($"id \"{id}\" repeats line {earlier}"));
            }
        }

        file.Finish(rows.Count);
        return rows.ToTable(Path.GetFileNameWithoutExtension(csv), []);
    }

    private static Element? Find(string role, string symbol, Action<string> report)
    {
        var element = ElementTable.Default.Find(symbol);
        if (element is null)
        {
            report(ElementTable.Default.Unknown(role, symbol));
        }

        return element;
    }

    private static void CheckCount(string column, float count, Action<string> report)
    {
        if (!float.IsFinite(count) || count <= 0)
        {
            report(FormattableString.Invariant($"{column} is {count}, it must be positive"));
        }
    }

    private static string Name(CompositionRow row) =>
        FormattableString.Invariant($"{row.Host}{row.HostAtoms}{row.Dopant}{(row.DopantAtoms == 1 ? "" : row.DopantAtoms)}");
}
