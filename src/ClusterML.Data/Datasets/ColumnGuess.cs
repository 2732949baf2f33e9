using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Datasets;

/// <summary>What a column of a table is probably for, and what makes it look so.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Role">What it is probably for.</param>
/// <param name="Reason">What the guess rests on.</param>
public sealed record ColumnGuess(string Name, ColumnRole Role, string Reason)
{
    /// <summary>Bad cells of one column that are named; more would only hide the others.</summary>
    private const int MostNamed = 3;

    private static readonly string[] RowIdNames = ["id", "row_id"];
    private static readonly string[] ElementNames = ["host", "dopant", "element", "symbol"];
    private static readonly string[] IdNames = ["id", "row_id", "name", "key"];

    /// <summary>One guess a column; the targets are <paramref name="targets"/>, else the last column of numbers.</summary>
    /// <param name="file">The table, as problems name it.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="columns">Fields of each column, trimmed.</param>
    /// <param name="targets">Columns to predict, or none.</param>
    /// <exception cref="DataException">A target is not a column of numbers, or there is nothing to predict, or nothing to predict from.</exception>
    public static IReadOnlyList<ColumnGuess> Of(string file, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> columns, IReadOnlyList<string> targets)
    {
        var guesses = Of(header, columns);
        var problems = targets
            .Where(t => guesses.All(c => c.Name != t || c.Role is not (ColumnRole.Numeric or ColumnRole.Weight)))
            .Select(t => header.Index().FirstOrDefault(h => h.Item == t, (Index: -1, Item: "")).Index is var at and >= 0
                ? new DataProblem(file, 1, at + 1, $"--target {t}: the column does not hold numbers only")
                : new DataProblem(file, 1, 1, $"--target {t}: no such column"))
            .ToList();
        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }

        var chosen = targets.Count > 0 ? targets : [.. guesses.Where(c => c.Role == ColumnRole.Numeric).TakeLast(1).Select(c => c.Name)];
        if (chosen.Count == 0)
        {
            throw Refused("no column holds numbers only, so there is nothing to predict");
        }

        if (!guesses.Any(c => c.Role is ColumnRole.Numeric or ColumnRole.Categorical && !chosen.Contains(c.Name)))
        {
            throw Refused("every column is an id, a weight or a target, so there is nothing to predict from");
        }

        var reason = targets.Count > 0 ? "given with --target" : "the last column of numbers";
        return
        [
            .. guesses.Select(c => chosen.Contains(c.Name) ? c with { Role = ColumnRole.Target, Reason = $"{reason}; add its unit, as in unit: eV" } : c),
        ];

        DataException Refused(string message) => new([new DataProblem(file, 1, 1, message)]);
    }

    /// <summary>One guess a column, none of them a target.</summary>
    public static IReadOnlyList<ColumnGuess> Of(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> columns) =>
        [.. header.Zip(columns, Guess)];

    /// <summary>One guess for each column of a csv or Parquet file, none of them a target; a category without a value somewhere is metadata.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownAs">What problems call it.</param>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static IReadOnlyList<ColumnGuess> Read(string path, string shownAs)
    {
        var table = TableText.Read(path, shownAs);
        RequireClean(table, shownAs, []);
        return [.. Of(table.Header, table.Columns).Zip(table.Columns, (guess, cells) =>
            guess.Role == ColumnRole.Categorical && cells.Contains(string.Empty) ? guess with { Role = ColumnRole.Metadata } : guess)];
    }

    /// <summary>Refuses what a guess would turn into something else in silence: numbers among which a few are not, ids that repeat, symbols that are no element.</summary>
    /// <param name="table">The table.</param>
    /// <param name="shownAs">What problems call it.</param>
    /// <param name="given">Columns whose role somebody stated.</param>
    /// <exception cref="DataException">There is such a cell; of each column the first few are named.</exception>
    internal static void RequireClean(TableText table, string shownAs, IReadOnlyCollection<string> given)
    {
        var problems = new List<DataProblem>();
        foreach (var (at, name) in table.Header.Index().Where(h => !given.Contains(h.Item)))
        {
            var cells = table.Columns[at];
            problems.AddRange(BadCells(name, cells).Take(MostNamed).Select(bad => new DataProblem(shownAs, table.Lines[bad.Row], at + 1, bad.Message)));
            if (RowIdNames.Contains(name.ToLowerInvariant()))
            {
                problems.AddRange(Repeats(name, cells, table.Lines).Take(MostNamed).Select(bad => new DataProblem(shownAs, table.Lines[bad.Row], at + 1, bad.Message)));
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
        }
    }

    private static IEnumerable<(int Row, string Message)> BadCells(string name, IReadOnlyList<string> cells)
    {
        var stated = cells.Index().Where(c => c.Item.Length > 0 && !RowFile.IsMissingWord(c.Item)).ToList();
        var meant = stated.Count(c => IsNumber(c.Item) || IsNumber(c.Item.Replace(',', '.')));
        if (meant > 0 && 2 * meant >= stated.Count)
        {
            return cells.Index().Where(c => c.Item.Length > 0 && !IsNumber(c.Item)).Select(c => (c.Index,
                $"{name} \"{c.Item}\" is not a number, as others of the column are{RowFile.Hint(c.Item, mayBeEmpty: true)}; if the column is meant as text, import it with --role {name}=categorical"));
        }

        var elements = stated.Count(c => ElementTable.Default.Find(c.Item) is not null);
        return ElementNames.Contains(name.ToLowerInvariant()) && elements > 0 && 2 * elements >= stated.Count
            ? stated.Where(c => ElementTable.Default.Find(c.Item) is null).Select(c => (c.Index,
                $"{ElementTable.Default.Unknown(name, c.Item)}, as others of the column are; if it is meant so, import it with --role {name}=categorical"))
            : [];
    }

    private static IEnumerable<(int Row, string Message)> Repeats(string name, IReadOnlyList<string> cells, IReadOnlyList<int> lines)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (row, cell) in cells.Index().Where(c => c.Item.Length > 0))
        {
            if (!first.TryAdd(cell, row))
            {
                yield return (row, FormattableString.Invariant($"{name} \"{cell}\" repeats line {lines[first[cell]]}; give every row its own, or import the column with --role {name}=metadata"));
            }
        }
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static ColumnGuess Guess(string name, IReadOnlyList<string> cells)
    {
        var distinct = cells.Distinct(StringComparer.Ordinal).Count();
        var isNumeric = cells.Any(c => c.Length > 0)
            && cells.All(c => c.Length == 0 || double.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return name.ToLowerInvariant() switch
        {
            var n when IdNames.Contains(n) && distinct == cells.Count && !cells.Contains(string.Empty) =>
                new ColumnGuess(name, ColumnRole.Id, "every value is there once"),
            "weight" when isNumeric => new ColumnGuess(name, ColumnRole.Weight, "by its name"),
            _ when isNumeric => new ColumnGuess(name, ColumnRole.Numeric, "numbers only"),
            _ => new ColumnGuess(name, ColumnRole.Categorical, $"{distinct} different texts"),
        };
    }
}
