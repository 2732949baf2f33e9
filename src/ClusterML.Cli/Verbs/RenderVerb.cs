using System.CommandLine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>render</c>: a config with every default filled in.</summary>
internal sealed class RenderVerb(Session session)
    : ConfigVerb(session, "render", "Print a config with every default filled in.", "clusterml render configs/x12tm.yaml > full.yaml")
{
    protected override int Execute(ParseResult result)
    {
        Session.Terminal.Out.WriteLine(Session.Engine.Render(Config(result)).TrimEnd());
        return ExitCodes.Done;
    }
}
