using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Data;

namespace ClusterML.Experiments.Yaml.Starters;

/// <summary>What a csv column seems to be for.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Role">The guess; null when the column cannot be used.</param>
/// <param name="Unit">The unit its header names in brackets, or empty.</param>
/// <param name="IsText">Whether it holds something other than numbers.</param>
/// <param name="Observed">What the sample holds.</param>
/// <param name="Reason">Why this role.</param>
internal sealed partial record ColumnGuess(string Name, CsvRole? Role, string Unit, bool IsText, string Observed, string Reason)
{
    private const int FewValues = 10;

    /// <summary>A guess for each column: the first of distinct texts is the id, the last one of numbers the target.</summary>
    public static IReadOnlyList<ColumnGuess> Of(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var guesses = new List<ColumnGuess>();
        for (var i = 0; i < header.Count; i++)
        {
            var guess = One(header[i], [.. rows.Select(r => i < r.Count ? r[i].Trim() : string.Empty)]);
            var isRepeated = guesses.Exists(g => g.Name == guess.Name);
            guesses.Add(isRepeated ? guess with { Role = null, Observed = "the header stands twice" } : guess);
        }

        var id = guesses.FindIndex(g => g is { IsText: true, IsDistinct: true, Role: not null });
        if (id >= 0)
        {
            guesses[id] = guesses[id] with { Role = CsvRole.Id, Reason = "guessed id: the first column of distinct texts" };
        }

        // A column of few integers is a target only where nothing else could be.
        var target = guesses.FindLastIndex(g => g.Role == CsvRole.Numeric);
        target = target >= 0 ? target : guesses.FindLastIndex(g => g is { IsText: false, Role: not null });
        if (target >= 0)
        {
            guesses[target] = guesses[target] with { Role = CsvRole.Target, Reason = "guessed target: the last column of numbers" };
        }

        return guesses;
    }

    private bool IsDistinct { get; init; }

    private static ColumnGuess One(string header, string[] fields)
    {
        var name = header.Trim();
        var filled = fields.Where(f => f.Length > 0 && !MissingMark().IsMatch(f)).ToArray();
        if (name.Length == 0 || filled.Length == 0)
        {
            return new ColumnGuess(name, null, string.Empty, IsText: true, name.Length == 0 ? "it has no header" : "empty in the sample", string.Empty);
        }

        var unit = BracketedUnit().Match(name).Groups[1].Value.Trim();
        var marks = fields.Where(f => MissingMark().IsMatch(f)).Distinct().ToArray();
        var gaps = fields.Length == filled.Length ? string.Empty : $", {Count(fields.Length - filled.Length, "missing")}"
            + (marks.Length == 0 ? string.Empty : $" (leave such fields empty in place of {string.Join(", ", marks)})");
        var distinct = filled.Distinct(StringComparer.Ordinal).Count();
        var distinctText = distinct == 1 ? "1 value" : Count(distinct, "distinct values");
        var numbers = filled.Select(Number).ToArray();
        if (Array.Exists(numbers, double.IsNaN))
        {
            return new ColumnGuess(name, CsvRole.Categorical, string.Empty, IsText: true, $"text, {distinctText}{gaps}", "guessed categorical: text")
            {
                IsDistinct = distinct == fields.Length && distinct > 1,
            };
        }

        var isInteger = Array.TrueForAll(numbers, double.IsInteger);
        var range = string.Create(CultureInfo.InvariantCulture, $"{(isInteger ? "integers" : "numbers")} from {numbers.Min()} to {numbers.Max()}, {distinctText}{gaps}");
        return isInteger && distinct <= FewValues && 2 * distinct <= filled.Length
            ? new ColumnGuess(name, CsvRole.Categorical, string.Empty, IsText: false, range, "guessed categorical: few different integers; numeric if their order matters")
            : new ColumnGuess(name, CsvRole.Numeric, unit, IsText: false, range, "guessed numeric: numbers");
    }

    private static string Count(int n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n} {what}");

    /// <summary>The number a field holds; NaN when it holds none.</summary>
    private static double Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN;

    [GeneratedRegex("^(na|n/a|nan|null|none|-|\\?)\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MissingMark();

    [GeneratedRegex(@"[\[(]([^\[\]()]+)[\])]\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BracketedUnit();
}
