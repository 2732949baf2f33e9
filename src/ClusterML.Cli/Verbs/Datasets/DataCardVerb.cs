using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data card</c>: the card of a dataset.</summary>
internal sealed class DataCardVerb : Verb
{
    public DataCardVerb(Session session)
        : base("card", "Write the card of a dataset, DATA_CARD.md, from its files.", "clusterml data card data/x12tm --max-force 0.08")
    {
        var folder = new Argument<string>("DATASET") { Description = "The folder of a dataset." };
        var choices = new CalculationChoices(this);
        Add(folder);
        SetAction(result =>
        {
            var options = choices.Read(result);
            session.Terminal.Out.WriteLine(Guard.Run(() => DataCard.Write(Dataset.Open(InputPath.Any(session, result.GetRequiredValue(folder))), options)));
            return ExitCodes.Done;
        });
    }
}
