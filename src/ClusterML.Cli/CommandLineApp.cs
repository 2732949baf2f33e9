using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using ClusterML.Chemistry;
using ClusterML.Chemistry.Files;
using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs;

namespace ClusterML.Cli;

/// <summary>Parses a command line, runs its verb, and maps every way to end to an exit code.</summary>
internal sealed class CommandLineApp
{
    private readonly Session _session;
    private readonly RootCommand _root;
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Show errors only.", Recursive = true };
    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Show where unexpected errors come from.",
        Recursive = true,
    };

    private readonly Option<bool> _noColor = new("--no-color")
    {
        Description = "No colour; a non-empty NO_COLOR does the same.",
        Recursive = true,
    };

    public CommandLineApp(Session session)
    {
        _session = session;
        _root = new RootCommand("Trains, explains and calibrates models of bimetallic nanoclusters from one YAML file.")
        {
            HelpName = "clusterml",
        };
        foreach (var verb in Verb.All(session))
        {
            _root.Add(verb);
        }

        _root.Add(_quiet);
        _root.Add(_verbose);
        _root.Add(_noColor);
        SkipUnreadableValues(_root);
        foreach (var option in _root.Options)
        {
            option.Action = option switch
            {
                HelpOption => new HelpWithExamples(),
                VersionOption => new VersionText(),
                _ => option.Action,
            };
        }
    }

    /// <summary>Runs <paramref name="arguments"/> and returns the exit code; throws nothing.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0 && arguments[0] == "help")
        {
            arguments = [.. arguments.Skip(1), "--help"];
        }

        // Files named @something stay files: response files would be a surprise.
        var result = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        _session.Quiet = result.GetValue(_quiet);
        _session.Verbose = result.GetValue(_verbose);
        _session.NoColor = result.GetValue(_noColor);
        try
        {
            if (UsageErrors.Find(result) is { Count: > 0 } errors && result.Action is not HelpWithExamples and not VersionText)
            {
                return Report(new CommandFailure(ExitCodes.WrongUsage, errors), result);
            }

            return result.Invoke(new InvocationConfiguration
            {
                Output = _session.Terminal.Out,
                Error = _session.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            return Report(exception, result);
        }
        finally
        {
            _session.Terminal.Out.Flush();
        }
    }

    private int Report(Exception exception, ParseResult result)
    {
        switch (exception)
        {
            case CommandFailure failure:
                Show(failure.Problems, result);
                if (failure.ExitCode == ExitCodes.WrongUsage && UsageErrors.Find(result).Count > 0)
                {
                    _session.Error(UsageErrors.HowToGetHelp(result));
                }

                Trace(failure.InnerException);
                return failure.ExitCode;

            case MalformedFileException malformed:
                Show([new Problem(malformed.Message, malformed.File, malformed.Line, malformed.Column)], result);
                Trace(malformed.InnerException);
                return ExitCodes.DataCheckFailed;

            case FileWriteException unwritten:
                Show([new Problem($"cannot write {AsWritten(unwritten.Path, result)}: {unwritten.Reason}{AnotherPlace(result)}")], result);
                Trace(unwritten);
                return ExitCodes.Failed;

            case UnauthorizedAccessException denied:
                Show([new Problem($"{OneLine(denied)}{AnotherPlace(result)}")], result);
                Trace(denied);
                return ExitCodes.Failed;

            case OperationCanceledException when _session.Interruption.ExitCode is { } exitCode:
                _session.Error(exitCode switch
                {
                    ExitCodes.BudgetUsedUp => "The budget is used up. The same command goes on in the same folder.",
                    ExitCodes.Terminated => "Terminated. The same command goes on in the same folder.",
                    _ => "Interrupted. The same command goes on in the same folder.",
                });
                return exitCode;

            default:
                _session.Error($"clusterml: {OneLine(exception)}");
                Trace(exception);
                if (IsNative(exception))
                {
                    _session.Error("`clusterml doctor` says what is missing on this system.");
                }
                else if (!_session.Verbose)
                {
                    _session.Note("Repeat with -v to see where it comes from.");
                }

                return ExitCodes.Failed;
        }
    }

    // Errors for people on standard error; with --json, programs find the same on standard output.
    private void Show(IReadOnlyList<Problem> problems, ParseResult result)
    {
        foreach (var problem in problems)
        {
            _session.Error(problem.ToString());
        }

        if (result.CommandResult.Command.Options.Any(o => o.Name == "--json" && result.GetResult(o) is { Implicit: false }))
        {
            JsonOutput.Write(_session.Terminal, new { Problems = problems });
        }
    }

    /// <summary>The path as the user wrote it, where it came from the command line.</summary>
    private string AsWritten(string path, ParseResult result)
    {
        foreach (var token in result.Tokens.Select(t => t.Value).Where(t => t.Length > 0 && !t.Contains('\0')))
        {
            var full = Path.TrimEndingDirectorySeparator(_session.FullPath(token));
            if (path == full)
            {
                return token;
            }

            if (path.StartsWith(full + Path.DirectorySeparatorChar, StringComparison.Ordinal) && full != _session.Terminal.CurrentFolder)
            {
                return Path.Combine(token, path[(full.Length + 1)..]);
            }
        }

        return path;
    }

    private static string AnotherPlace(ParseResult result)
    {
        var places = result.CommandResult.Command.Options.SelectMany(o => o.Aliases.Prepend(o.Name));
        var place = new[] { "-o", "--out", "--write-inputs" }.FirstOrDefault(places.Contains);
        return place is null ? string.Empty : $"; choose another place with {place}";
    }

    /// <summary>A check of a verb asks for values, and one that is no number is an exception there; the parser reports it by itself.</summary>
    private static void SkipUnreadableValues(Command command)
    {
        Wrap(command.Validators);
        foreach (var option in command.Options)
        {
            Wrap(option.Validators);
        }

        foreach (var child in command.Subcommands)
        {
            SkipUnreadableValues(child);
        }

        static void Wrap<T>(List<Action<T>> checks)
        {
            for (var i = 0; i < checks.Count; i++)
            {
                var check = checks[i];
                checks[i] = result =>
                {
                    try
                    {
                        check(result);
                    }
                    catch (InvalidOperationException)
                    {
                    }
                };
            }
        }
    }

    private void Trace(Exception? exception)
    {
        if (_session.Verbose && exception is not null)
        {
            _session.Terminal.Error.WriteLine(exception);
        }
    }

    // The outer message of a failed type initializer says nothing; the innermost one names the cause.
    internal static string OneLine(Exception exception)
    {
        var cause = exception;
        while (cause is TypeInitializationException or TargetInvocationException or AggregateException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return string.Join(' ', cause.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static bool IsNative(Exception? exception) =>
        exception is DllNotFoundException or BadImageFormatException || (exception?.InnerException is { } inner && IsNative(inner));
}
