using System.CommandLine;
using System.CommandLine.Parsing;
using ClusterML.Data.Errors;

namespace ClusterML.Cli;

/// <summary>Says what is wrong with a command line, with the nearest verb or option that exists.</summary>
internal static class UsageErrors
{
    /// <summary>Every error, or none.</summary>
    public static IReadOnlyList<Problem> Find(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var swallowed = Swallowed(result);
        var unmatched = result.UnmatchedTokens.Concat(swallowed).ToHashSet(StringComparer.Ordinal);
        var problems = result.UnmatchedTokens.Concat(swallowed).Select(token => new Problem(Unmatched(token, command, result))).ToList();
        foreach (var error in result.Errors.Select(Text).Distinct())
        {
            // The parser's own words about an unmatched token know no suggestion, and a missing verb is its consequence.
            var isConsequence = unmatched.Any(t => error.Contains($"'{t}'", StringComparison.Ordinal))
                || (unmatched.Count > 0 && error == RequiredCommand);
            if (!isConsequence)
            {
                problems.Add(new(error == RequiredCommand ? $"{CommandPath(result)}: a verb is missing" : error));
            }
        }

        return problems;
    }

    /// <summary>Where to look for what there is.</summary>
    public static string HowToGetHelp(ParseResult result) => $"`{CommandPath(result)} --help` shows what there is, with an example.";

    // An argument takes unknown options for its values, unless they come after --.
    private static List<string> Swallowed(ParseResult result)
    {
        var literal = result.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. result.CommandResult.Command.Arguments
            .SelectMany(a => result.GetResult(a)?.Tokens ?? [])
            .Where(t => t.Value.Length > 1 && t.Value.StartsWith('-') && !literal.Contains(t))
            .Select(t => t.Value)];
    }

    // The parser names types of the runtime.
    private static string Text(ParseError error)
    {
        if (error.SymbolResult is not { Tokens: [.., var token] } result || !error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal))
        {
            return error.Message;
        }

        var (name, type) = result switch
        {
            OptionResult option => ($"{option.Option.Name} ", option.Option.ValueType),
            ArgumentResult { Parent: OptionResult parent } => ($"{parent.Option.Name} ", parent.Option.ValueType),
            ArgumentResult argument => (string.Empty, argument.Argument.ValueType),
            _ => (string.Empty, typeof(string)),
        };
        type = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        var expected = type == typeof(double) ? "a number"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(bool) ? "true or false"
            : "another value";
        return $"{name}{token.Value}: expected {expected}";
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
        for (SymbolResult? symbol = result.CommandResult; symbol is not null; symbol = symbol.Parent)
        {
            if (symbol is CommandResult { Command: not RootCommand } c)
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
            .Select(c => (Name: c, Distance: NearestName.Distance(token, c)))
            .Where(c => c.Distance <= Math.Max(2, token.Length / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is null ? string.Empty : $" (did you mean {best.Name}?)";
    }
}
