using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>structure</c>: clusters as geometries, before any calculation.</summary>
internal sealed class StructureVerb : Verb
{
    public StructureVerb(Session session)
        : base(
            "structure",
            "Build clusters and enumerate symmetry-distinct substitutions.",
            "clusterml structure build --host Ti --dopant Fe --site in -o Ti12Fe_in.xyz",
            "clusterml structure enumerate --host Ti --dopant Fe -n 2")
    {
    }
}
