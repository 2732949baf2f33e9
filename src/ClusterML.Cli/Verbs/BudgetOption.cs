using System.CommandLine;
using System.Globalization;

namespace ClusterML.Cli.Verbs;

/// <summary><c>--budget</c>: a time after which a verb stops with exit code 75.</summary>
internal static class BudgetOption
{
    public static Option<TimeSpan?> Create() => new("--budget")
    {
        Description = "Stop after this long with exit code 75; the same command goes on later. A number with s, m or h.",
        HelpName = "TIME",
        CustomParser = argument =>
        {
            var budget = Parse(argument.Tokens[0].Value);
            if (budget is null)
            {
                argument.AddError($"--budget {argument.Tokens[0].Value}: expected a positive number with s, m or h, such as 90m");
            }

            return budget;
        },
    };

    private static TimeSpan? Parse(string text)
    {
        double? unit = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
        if (unit is not { } seconds)
        {
            return null;
        }

        // A timer cannot wait longer than about 49 days.
        var isNumber = double.TryParse(text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return isNumber && number > 0 && number * seconds < 4_000_000 ? TimeSpan.FromSeconds(number * seconds) : null;
    }
}
