using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>report</c>: writes the report of a run folder again, from its files.</summary>
internal sealed class ReportVerb : Verb
{
    public ReportVerb(Session session)
        : base("report", "Write the HTML report of a run again and print its path.", "clusterml report artifacts/runs/RUN")
    {
        var run = RunFolderArgument();
        Add(run);
        SetAction(result =>
        {
            session.Terminal.Out.WriteLine(session.Engine.WriteReport(RunFolder(session, result.GetRequiredValue(run))).Report);
            return ExitCodes.Done;
        });
    }

    internal static Argument<string> RunFolderArgument() => new("RUN") { Description = "A run folder." };

    internal static string RunFolder(Session session, string path) => Directory.Exists(session.FullPath(path))
        ? session.FullPath(path)
        : throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem(File.Exists(session.FullPath(path)) ? "is a file; give a run folder" : InputPath.Missing, path)]);
}
