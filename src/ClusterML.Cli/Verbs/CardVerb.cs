using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>card</c>: the model card of a run, as Markdown.</summary>
internal sealed class CardVerb : Verb
{
    public CardVerb(Session session)
        : base("card", "Write the model card of a run again and print it.", "clusterml card artifacts/runs/RUN")
    {
        var run = ReportVerb.RunFolderArgument();
        Add(run);
        SetAction(result =>
        {
            var paths = session.Engine.WriteReport(ReportVerb.RunFolder(session, result.GetRequiredValue(run)));
            session.Terminal.Out.WriteLine(File.ReadAllText(paths.Card).TrimEnd());
            return ExitCodes.Done;
        });
    }
}
