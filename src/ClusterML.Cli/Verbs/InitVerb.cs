using System.CommandLine;
using System.Text.RegularExpressions;
using ClusterML.Cli.Starter;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary><c>init</c>: a commented experiment and pipeline to start from.</summary>
internal sealed partial class InitVerb : Verb
{
    public InitVerb(Session session)
        : base(
            "init",
            "Write a commented experiment, its pipeline and their schemas. Existing files are left alone.",
            "clusterml init titanium --kind composition",
            "clusterml init my-alloys --from table.csv --target energy -o study")
    {
        var name = new Argument<string>("NAME") { Description = "Name of the experiment: lower case letters, digits and hyphens." };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !ExperimentName().IsMatch(result.Tokens[0].Value))
            {
                result.AddError($"{result.Tokens[0].Value}: a name has lower case letters, digits and hyphens only, and starts with no hyphen");
            }
        });
        var kind = new Option<string?>("--kind") { Description = "composition (host and dopant), csv (any table) or pretrain (a backbone)." };
        kind.AcceptOnlyFromAmong("composition", "csv", "pretrain");
        var from = new Option<string?>("--from")
        {
            Description = "The csv table that the experiment is for; column roles are guessed from it.",
            HelpName = "TABLE.CSV",
        };
        var target = new Option<string[]>("--target")
        {
            Description = "Column of the table to predict; may be repeated. Without it: the last column of numbers.",
            HelpName = "COLUMN",
            DefaultValueFactory = _ => [],
        };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "Folder to write into.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        Add(name);
        Add(kind);
        Add(from);
        Add(target);
        Add(folder);
        Validators.Add(result =>
        {
            var isCsv = result.GetValue(kind) is { } k ? k == "csv" : result.GetValue(from) is not null;
            if (isCsv != result.GetValue(from) is not null)
            {
                result.AddError("--kind csv and --from TABLE.CSV go together");
            }

            if (!isCsv && result.GetValue(target) is { Length: > 0 })
            {
                result.AddError("--target needs --from TABLE.CSV");
            }
        });
        SetAction(result =>
        {
            var starter = new StarterFiles(session, result.GetRequiredValue(name), session.FullPath(result.GetRequiredValue(folder)));
            var files = result.GetValue(from) is { } table
                ? starter.FromTable(InputPath.File(session, table), table, result.GetValue(target) ?? [])
                : starter.FromTemplate(result.GetValue(kind) ?? "composition");
            starter.Write(files);
            session.Terminal.Out.WriteLine(starter.ConfigPath);
            session.Note($"Next: clusterml validate {Path.GetRelativePath(session.Terminal.CurrentFolder, starter.ConfigPath)}");
            return ExitCodes.Done;
        });
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex ExperimentName();
}
