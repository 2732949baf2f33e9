using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs.Datasets;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Cli.Verbs;

/// <summary><c>data</c>: datasets and tables.</summary>
internal sealed class DataVerb : Verb
{
    public DataVerb(Session session)
        : base(
            "data",
            "Datasets and tables: list, describe, import, split, audit, draw, export, and their cards.",
            "clusterml data list",
            "clusterml data describe configs/x12tm.yaml",
            "clusterml data figures data/x12tm --out figures",
            "clusterml data convergence box.csv --tolerance energy=0.01")
    {
        Add(new ListVerb(session));
        Add(new DescribeVerb(session));
        Add(new ImportVerb(session));
        Add(new SplitVerb(session));
        Add(new ExportVerb(session));
        Add(new DataCardVerb(session));
        Add(new AuditVerb(session));
        Add(new FiguresVerb(session));
        Add(new CompareVerb(session));
        Add(new ConvergenceVerb(session));
    }

    /// <summary>Where the published tables are looked for when no config says otherwise.</summary>
    internal static string DataRoot(Session session) => session.FullPath(
        session.Terminal.EnvironmentVariable(DataConfig.RootVariable) is { Length: > 0 } root ? root : Path.Combine("..", "shared", "data"));
}
