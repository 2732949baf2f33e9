using System.Globalization;
using ClusterML.Cli.Tables;

namespace ClusterML.Cli.Starter;

/// <summary>What a column of a csv table is probably for, and what makes it look so.</summary>
internal sealed record ColumnGuess(string Name, string Role, string Reason)
{
    private static readonly string[] IdNames = ["id", "row_id", "name", "key"];

    /// <summary>One guess a column; the targets are <paramref name="targets"/>, else the last column of numbers.</summary>
    /// <exception cref="CommandFailure">Exit code 4: a target is not a column of numbers, or there is none.</exception>
    public static IReadOnlyList<ColumnGuess> Of(CsvFile table, string shownAs, IReadOnlyList<string> targets)
    {
        var columns = table.Header.Select((header, c) => Guess(header.Text, [.. table.Rows.Select(r => r[c].Text)])).ToList();
        var problems = targets
            .Where(t => columns.All(c => c.Name != t || c.Role is not ("numeric" or "weight")))
            .Select(t => table.Header.FirstOrDefault(h => h.Text == t) is { } header
                ? new Problem($"--target {t}: the column does not hold numbers only", shownAs, header.Line, header.Column)
                : new Problem($"--target {t}: no such column", shownAs, 1, 1))
            .ToList();
        if (problems.Count > 0)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, problems);
        }

        var chosen = targets.Count > 0 ? targets : [.. columns.Where(c => c.Role == "numeric").TakeLast(1).Select(c => c.Name)];
        if (chosen.Count == 0)
        {
            throw Refused("no column holds numbers only, so there is nothing to predict");
        }

        if (!columns.Any(c => c.Role is "numeric" or "categorical" && !chosen.Contains(c.Name)))
        {
            throw Refused("every column is an id, a weight or a target, so there is nothing to predict from");
        }

        var reason = targets.Count > 0 ? "given with --target" : "the last column of numbers";
        return
        [
            .. columns.Select(c => chosen.Contains(c.Name) ? c with { Role = "target", Reason = $"{reason}; add its unit, as in unit: eV" } : c),
        ];

        CommandFailure Refused(string message) => new(ExitCodes.DataCheckFailed, [new Problem(message, shownAs, 1, 1)]);
    }

    private static ColumnGuess Guess(string name, IReadOnlyList<string> cells)
    {
        var distinct = cells.Distinct(StringComparer.Ordinal).Count();
        var isNumeric = cells.Any(c => c.Length > 0)
            && cells.All(c => c.Length == 0 || double.TryParse(c, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return name.ToLowerInvariant() switch
        {
            var n when IdNames.Contains(n) && distinct == cells.Count && !cells.Contains(string.Empty) =>
                new ColumnGuess(name, "id", "every value is there once"),
            "weight" when isNumeric => new ColumnGuess(name, "weight", "by its name"),
            _ when isNumeric => new ColumnGuess(name, "numeric", "numbers only"),
            _ => new ColumnGuess(name, "categorical", $"{distinct} different texts"),
        };
    }
}
