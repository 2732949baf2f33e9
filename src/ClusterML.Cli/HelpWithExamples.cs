using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ClusterML.Cli.Verbs;

namespace ClusterML.Cli;

/// <summary>The usual help, and the verb's examples below it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is Verb verb
            ? verb.Examples
            : ["clusterml run configs/x12tm.yaml", "clusterml predict artifacts/runs/RUN --host Ti --dopant Fe"];
        var writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
        {
            writer.WriteLine($"  {example}");
        }

        writer.WriteLine();
        return ExitCodes.Done;
    }
}
