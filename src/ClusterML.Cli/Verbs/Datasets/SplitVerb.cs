using System.CommandLine;
using ClusterML.Cli.Terminal;
using ClusterML.Data;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data split</c>: the splits of an experiment as lists of row ids.</summary>
internal sealed class SplitVerb : ConfigVerb
{
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the files, one a protocol; without it, splits/ of the config's dataset.",
        HelpName = "FOLDER",
    };

    public SplitVerb(Session session)
        : base(
            session,
            "split",
            "Write the splits of a config's protocols as lists of row ids, to commit and to use with the protocol type listed.",
            "clusterml data split configs/cohesive-energy-csv.yaml --out splits",
            "clusterml data split my-study.yaml") =>
        Add(_out);

    protected override int Execute(ParseResult result)
    {
        var config = Config(result);
        var splits = Session.Engine.Splits(config);
        var folder = result.GetValue(_out) is { } given ? Session.FullPath(given)
            : Session.Engine.Table(config).Dataset is { } dataset ? Path.Combine(dataset.Folder, Dataset.SplitsFolder)
            : throw new CommandFailure(ExitCodes.WrongUsage, "the config's table is no dataset folder: say with --out where the files go");
        foreach (var (name, lists) in splits)
        {
            var path = Path.Combine(folder, $"{name}.json");
            SplitsFile.Write(path, lists);
            Session.Terminal.Out.WriteLine(path);
        }

        if (splits.Count == 0)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, "no protocol of the config can be measured on these rows");
        }

        return ExitCodes.Done;
    }
}
