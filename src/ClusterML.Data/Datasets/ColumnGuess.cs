using System.Globalization;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Datasets;

/// <summary>What a column of a table is probably for, and what makes it look so.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Role">What it is probably for.</param>
/// <param name="Reason">What the guess rests on.</param>
public sealed record ColumnGuess(string Name, ColumnRole Role, string Reason)
{
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
        return [.. Of(table.Header, table.Columns).Zip(table.Columns, (guess, cells) =>
            guess.Role == ColumnRole.Categorical && cells.Contains(string.Empty) ? guess with { Role = ColumnRole.Metadata } : guess)];
    }

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
