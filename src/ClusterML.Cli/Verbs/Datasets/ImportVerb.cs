using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data import</c>: files of other programs become a dataset, or are added to one.</summary>
internal sealed class ImportVerb : Verb
{
    private static readonly DatasetImportOptions Defaults = new();

    private readonly Argument<string[]> _sources = new("SOURCE")
    {
        Description = "Tables (csv, Parquet), or calculations: outputs of CP2K, folders of VASP, extended xyz, ASE db and json; also folders that hold them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out") { Description = "Folder of the dataset; one that is there is added to.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _name = Text("--name", "Name of a new dataset; without it, that of the folder.");
    private readonly Option<string?> _title = Text("--title", "Title of a new dataset.");
    private readonly Option<string?> _licence = Text("--licence", "Licence of a new dataset, such as CC-BY-4.0.");
    private readonly Option<string?> _citation = Text("--citation", "How to cite a new dataset.");
    private readonly Option<string?> _method = Text("--method", "Method line of structure files that do not state their method.");
    private readonly Option<string?> _scfConverged = new("--scf-converged")
    {
        Description = "true: you vouch that the SCF of structures converged whose files do not say.",
        HelpName = "true|false",
    };

    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "Column of a table to predict; may be repeated. Without it: the last column of numbers.",
        HelpName = "COLUMN",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _roles = ColumnChoices.Role();
    private readonly Option<string[]> _units = ColumnChoices.Unit();
    private readonly Option<string> _onlyConverged = new("--only-converged")
    {
        Description = "false: import calculations that did not converge too, with their flags; the table then decides.",
        HelpName = "true|false",
        DefaultValueFactory = _ => "true",
    };

    private readonly Option<bool> _json = JsonOption();
    private readonly Session _session;

    public ImportVerb(Session session)
        : base(
            "import",
            "Make a dataset of tables or calculations, or add to one. What is left out is listed with its reason.",
            "clusterml data import ../runs --out data/my-clusters --title \"My clusters\" --licence CC-BY-4.0",
            "clusterml data import table.csv --out data/my-table --target energy --unit energy=Hartree")
    {
        _session = session;
        foreach (var option in new Option[] { _out, _name, _title, _licence, _citation, _method, _scfConverged, _targets, _roles, _units, _onlyConverged, _json })
        {
            Add(option);
        }

        Add(_sources);
        RefuseOther(_scfConverged);
        RefuseOther(_onlyConverged);
        SetAction(Execute);
    }

    private int Execute(ParseResult result)
    {
        var options = new DatasetImportOptions
        {
            Name = result.GetValue(_name) ?? Defaults.Name,
            Title = result.GetValue(_title) ?? Defaults.Title,
            Licence = result.GetValue(_licence) ?? Defaults.Licence,
            Citation = result.GetValue(_citation) ?? Defaults.Citation,
            Method = result.GetValue(_method) ?? Defaults.Method,
            ScfConverged = result.GetValue(_scfConverged) is { } vouched ? bool.Parse(vouched) : null,
            Targets = result.GetValue(_targets) ?? [],
            Roles = ColumnChoices.ReadRoles(result.GetValue(_roles)),
            Units = ColumnChoices.Read(result.GetValue(_units)),
            OnlyConverged = bool.Parse(result.GetRequiredValue(_onlyConverged)),
        };
        var sources = InputPath.All(_session, result.GetRequiredValue(_sources));
        var progress = new ProgressLine(_session);
        ImportReport report;
        try
        {
            report = Guard.Run(() => DatasetImport.Run(
                sources, _session.FullPath(result.GetRequiredValue(_out)), options, new Reading(progress), _session.Interruption.Token));
        }
        catch (OperationCanceledException) when (_session.Interruption.ExitCode is { } exitCode)
        {
            throw new CommandFailure(exitCode, "Stopped; the dataset is as it was.");
        }
        finally
        {
            progress.Close();
        }

        Write(report, result.GetValue(_json));
        return ExitCodes.Done;
    }

    private void Write(ImportReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(_session.Terminal, report);
            return;
        }

        foreach (var note in report.Notes)
        {
            _session.Note($"note: {note}");
        }

        foreach (var row in report.LeftOut)
        {
            _session.Note($"left out: {Shown(row.Source)}: {row.Reason}");
        }

        var what = report.Kind == DatasetKind.Table ? "rows" : "calculations";
        _session.Note($"{(report.IsNew ? "imported" : "added")} {report.Imported.Count} {what}, left out {report.LeftOut.Count}");
        _session.Terminal.Out.WriteLine(report.Folder);
    }

    // As an option of a bool, the parser would take any other word for one of the sources.
    private static void RefuseOther(Option option) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(t => !bool.TryParse(t.Value, out _)))
        {
            result.AddError($"{option.Name} {token.Value}: expected true or false");
        }
    });

    private string Shown(string source) =>
        source.StartsWith(_session.Terminal.CurrentFolder, StringComparison.Ordinal) ? Path.GetRelativePath(_session.Terminal.CurrentFolder, source) : source;

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    /// <summary>Shows which source is read.</summary>
    private sealed class Reading(ProgressLine line) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) =>
            line.StageProgress("import", value.Done / (double)Math.Max(1, value.Total), value.Source.Length == 0 ? "" : Path.GetFileName(value.Source));
    }
}
