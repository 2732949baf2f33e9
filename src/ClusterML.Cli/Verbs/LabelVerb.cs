using ClusterML.Cli.Terminal;
using ClusterML.Cli.Verbs.Labels;

namespace ClusterML.Cli.Verbs;

/// <summary><c>label</c>: a campaign of calculations with a real engine that ends as a dataset.</summary>
internal sealed class LabelVerb : Verb
{
    public LabelVerb(Session session)
        : base(
            "label",
            "Plan and run a campaign of DFT calculations, see how far it is, and export it as a dataset.",
            "clusterml label plan configs/labels/x12tm.yaml",
            "clusterml label run configs/labels/x12tm.yaml --processes 2",
            "clusterml label status configs/labels/x12tm.yaml")
    {
        Add(new LabelPlanVerb(session));
        Add(new LabelRunVerb(session));
        Add(new LabelStatusVerb(session));
        Add(new LabelAdoptVerb(session));
        Add(new LabelExportVerb(session));
    }
}
