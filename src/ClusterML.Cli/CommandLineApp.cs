using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using ClusterML.Chemistry;
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
        // Files named @something stay files: response files would be a surprise.
        var result = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        _session.Quiet = result.GetValue(_quiet);
        _session.Verbose = result.GetValue(_verbose);
        _session.NoColor = result.GetValue(_noColor);
        try
        {
            if (result.Errors.Count > 0 && result.Action is not HelpWithExamples and not VersionText)
            {
                return UsageErrors.Report(result, _session);
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
            return Report(exception);
        }
        finally
        {
            _session.Terminal.Out.Flush();
        }
    }

    private int Report(Exception exception)
    {
        switch (exception)
        {
            case CommandFailure failure:
                foreach (var problem in failure.Problems)
                {
                    _session.Error(problem.ToString());
                }

                Trace(failure.InnerException);
                return failure.ExitCode;

            case MalformedFileException malformed:
                _session.Error(malformed.ToString());
                Trace(malformed.InnerException);
                return ExitCodes.DataCheckFailed;

            case OperationCanceledException when _session.Interruption.ExitCode is { } exitCode:
                _session.Error(exitCode switch
                {
                    ExitCodes.BudgetUsedUp => "The budget is used up. The same command goes on in the same run folder.",
                    ExitCodes.Terminated => "Terminated. The same command goes on in the same run folder.",
                    _ => "Interrupted. The same command goes on in the same run folder.",
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
