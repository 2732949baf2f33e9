using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs.Structures;

namespace ClusterML.Cli.Verbs;

/// <summary><c>structure</c>: clusters as geometries, before any calculation.</summary>
internal sealed class StructureVerb : Verb
{
    public StructureVerb(Session session)
        : base(
            "structure",
            "Build clusters, enumerate symmetry-distinct substitutions, and analyse structures.",
            "clusterml structure build --host Ti --dopant Fe --site in -o Ti12Fe_in.xyz",
            "clusterml structure enumerate --host Ti --dopant Fe -n 2",
            "clusterml structure analyze relaxed.xyz")
    {
        Add(new BuildVerb(session));
        Add(new EnumerateVerb(session));
        Add(new AnalyzeVerb(session));
    }
}
