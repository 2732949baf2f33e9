using System.CommandLine;
using System.CommandLine.Parsing;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary>One method for all rows, or one for each host.</summary>
internal static class MethodChoice
{
    internal static void RequireOne(CommandResult result, Option<string?> fingerprint, Option<bool> perHost)
    {
        if (result.GetValue(perHost) && result.GetResult(fingerprint) is { Implicit: false })
        {
            result.AddError($"{fingerprint.Name} takes one method for all rows, {perHost.Name} one for each host: give one of the two");
        }
    }
}
