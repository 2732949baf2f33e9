using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli;

/// <summary>Says what is wrong with a command line, with the nearest verb or option that exists.</summary>
internal static class UsageErrors
{
    /// <summary>Writes every error and how to get help; returns exit code 2.</summary>
    public static int Report(ParseResult result, Session session)
    {
        var command = result.CommandResult.Command;
        var path = CommandPath(result);
        var unmatched = result.UnmatchedTokens.ToHashSet(StringComparer.Ordinal);
        foreach (var token in result.UnmatchedTokens)
        {
            session.Error(Unmatched(token, command, result));
        }

        foreach (var error in result.Errors.Select(e => e.Message).Distinct())
        {
            // The parser's own words about an unmatched token know no suggestion, and a missing verb is its consequence.
            var isConsequence = unmatched.Any(t => error.Contains($"'{t}'", StringComparison.Ordinal))
                || (unmatched.Count > 0 && error == RequiredCommand);
            if (!isConsequence)
            {
                session.Error(error == RequiredCommand ? $"{path}: a verb is missing" : error);
            }
        }

        session.Error($"`{path} --help` shows what there is, with an example.");
        return ExitCodes.WrongUsage;
    }

    private const string RequiredCommand = "Required command was not provided.";

    private static string Unmatched(string token, Command command, ParseResult result)
    {
        if (token.StartsWith('-'))
        {
            var options = result.RootCommandResult.Command.Options.Where(o => o.Recursive).Concat(command.Options);
            var names = options.SelectMany(o => o.Aliases.Prepend(o.Name)).Where(n => n.StartsWith("--", StringComparison.Ordinal));
            return $"unknown option {token}{Suggestion(token, names)}";
        }

        return command.Subcommands.Count > 0
            ? $"unknown verb {token}{Suggestion(token, command.Subcommands.Select(c => c.Name))}"
            : $"unexpected argument {token}";
    }

    private static string CommandPath(ParseResult result)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? symbol = result.CommandResult; symbol is not null; symbol = symbol.Parent)
        {
            if (symbol is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } c)
            {
                names.Push(c.Command.Name);
            }
        }

        names.Push("clusterml");
        return string.Join(' ', names);
    }

    private static string Suggestion(string token, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(c => (Name: c, Distance: Distance(token, c)))
            .Where(c => c.Distance <= Math.Max(2, token.Length / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is null ? string.Empty : $" (did you mean {best.Name}?)";
    }

    // Optimal string alignment: a swap of neighbours counts once, since that is how verbs are mistyped.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
