using System.CommandLine;
using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Convergence;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Datasets;
using ClusterML.Data.Energetics;
using ClusterML.Reports.Dataset;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data convergence</c>: from which setting on calculations are converged.</summary>
internal sealed class ConvergenceVerb : Verb
{
    private const int MostColumns = 9;

    private static readonly string[] Ends = ["largest", "smallest"];

    private readonly Session _session;

    private readonly Argument<string[]> _files = new("FILES") { Description = "Folders or JSON files of calculations, or one csv table with parameter and value.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string?> _parameter = new("--parameter", "-p")
    {
        Description = $"The setting that varies: {string.Join(", ", ConvergenceParameter.Known.Select(p => p.Name))}, or another that the files state.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _tolerances = new("--tolerance", "-t")
    {
        Description = $"How far a quantity or a kind of quantities may be from its finest value; may be repeated. Kinds: {string.Join(", ", QuantityKind.Known.Select(k => FormattableString.Invariant($"{k.Name}={k.Tolerance}")))}.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Only calculations with this setting, such as poisson=PERIODIC; may be repeated.",
        HelpName = "SETTING=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _finest = new("--finest") { Description = "Which end of the parameter is the finest, for one that is not known.", HelpName = "largest|smallest" };

    private readonly Option<string?> _out = new("--out", "-o") { Description = "Folder for the table and the plot; without it, none is written.", HelpName = "DIR" };

    private readonly Option<bool> _json = JsonOption();

    public ConvergenceVerb(Session session)
        : base(
            "convergence",
            "From which value of a setting on calculations are converged: verdicts for stated tolerances, a table and a plot.",
            "clusterml data convergence calculations --parameter cutoff --tolerance energy=0.01 -o convergence",
            "clusterml data convergence box.csv --tolerance energy=0.01 --tolerance dav=0.005 --json")
    {
        _session = session;
        Add(_files);
        foreach (var option in new Option[] { _parameter, _tolerances, _where, _finest, _out, _json })
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            foreach (var text in (result.GetValue(_tolerances) ?? []).Where(t => Tolerance(t) is null))
            {
                result.AddError($"--tolerance {text}: expected NAME=VALUE with a number above 0");
            }

            foreach (var text in (result.GetValue(_where) ?? []).Where(w => w.IndexOf('=') <= 0))
            {
                result.AddError($"--where {text}: expected SETTING=VALUE");
            }

            if (result.GetValue(_finest) is { } finest && !Ends.Contains(finest))
            {
                result.AddError($"--finest {finest}: expected largest or smallest");
            }
        });
        SetAction(Execute);
    }

    private static (string Name, double Value)? Tolerance(string text)
    {
        var at = text.LastIndexOf('=');
        return at > 0 && double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
            ? (text[..at], value)
            : null;
    }

    private int Execute(ParseResult result)
    {
        var tolerances = new ConvergenceTolerances((result.GetValue(_tolerances) ?? []).Select(t => Tolerance(t)!.Value)
            .GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.Last().Value));
        var studies = Guard.Run(() => Sets(result)).Select(set => Study(set, tolerances)).ToArray();
        var folder = result.GetValue(_out) is { } named ? _session.FullPath(named) : null;
        var files = folder is null ? [] : studies.SelectMany(s => ConvergenceReport.Write(s, folder)).Select(f => Path.Combine(folder, f)).ToArray();
        if (result.GetValue(_json))
        {
            JsonOutput.Write(_session.Terminal, new { Studies = studies.Select(Document), Files = files });
            return ExitCodes.Done;
        }

        foreach (var study in studies)
        {
            Write(study);
        }

        foreach (var file in files)
        {
            _session.Terminal.Out.WriteLine(file);
        }

        return ExitCodes.Done;
    }

    private static ConvergenceStudy Study(ConvergenceSet set, ConvergenceTolerances tolerances)
    {
        try
        {
            return ConvergenceStudy.Of(set, tolerances);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, [.. OneLine(e).Split("; there is no").Select((t, i) => new Problem(i == 0 ? t : "there is no" + t))], e);
        }
    }

    private IReadOnlyList<ConvergenceSet> Sets(ParseResult result)
    {
        string[] paths = [.. result.GetRequiredValue(_files)];
        InputPath.All(_session, paths);
        var parameter = result.GetValue(_parameter);
        bool? largest = result.GetValue(_finest) switch { "largest" => true, "smallest" => false, _ => null };
        if (paths.All(p => Path.GetExtension(p) is ".csv" or ".parquet"))
        {
            return [.. paths.SelectMany(p => ConvergenceFile.Read(_session.FullPath(p), parameter, largest))];
        }

        if (parameter is null)
        {
            throw new CommandFailure(ExitCodes.WrongUsage, "Give --parameter: calculations may differ in several settings");
        }

        var known = ConvergenceParameter.Find(parameter);
        if (known is null && largest is null)
        {
            throw new CommandFailure(
                ExitCodes.WrongUsage, $"--parameter {parameter}: which end is the finest is not known; add --finest largest or --finest smallest (known: {string.Join(", ", ConvergenceParameter.Known.Select(p => p.Name))})");
        }

        var studied = (known ?? new(parameter, string.Empty, true)) is var p0 && largest is { } end ? p0 with { LargestIsFinest = end } : p0;
        var wanted = (result.GetValue(_where) ?? []).Select(w => w.Split('=', 2)).ToArray();
        var calculations = paths.SelectMany(Files)
            .Where(c => wanted.All(w => c.Settings.GetValueOrDefault(w[0]) == w[1])).ToArray();
        try
        {
            return [CalculationStudy.Of(studied, calculations)];
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure(ExitCodes.DataCheckFailed, OneLine(e));
        }
    }

    private IEnumerable<StudyCalculation> Files(string path)
    {
        var full = _session.FullPath(path);
        if (Directory.Exists(full))
        {
            var inner = Path.Combine(full, Dataset.CalculationsFolder);
            var folder = Directory.Exists(inner) ? inner : full;
            var found = CalculationFiles.In(folder);
            return found.Count > 0 ? found.Select(file => StudyCalculationFile.Read(file) with { Place = CalculationFiles.NameIn(folder, file) }) : throw new CommandFailure(ExitCodes.DataCheckFailed, [new Problem("the folder holds no calculation (*.json)", path)]);
        }

        InputPath.OfKind(full, path, "tables (.csv, .parquet), or folders or files (.json) of calculations", ".json");
        return [StudyCalculationFile.Read(full)];
    }

    private void Write(ConvergenceStudy study)
    {
        var writer = _session.Terminal.Out;
        var parameter = study.Set.Parameter;
        writer.WriteLine($"{parameter.Name}: {study.Text}");
        writer.WriteLine();
        foreach (var together in Tables(study.Verdicts))
        {
            TextTable.Write(
                writer,
                [parameter.Name, .. together.Select(v => v.Quantity)],
                [.. study.Set.Points.Select(p => (IReadOnlyList<string>)[ConvergenceParameter.Text(p.Value), .. together.Select(v => Number(p.Quantities.GetValueOrDefault(v.Quantity, double.NaN)))])]);
            writer.WriteLine();
        }

        TextTable.Write(writer, ["quantity", "verdict"], [.. study.Verdicts.Select(v => new[] { v.Quantity, v.Text(parameter) })]);
        foreach (var warning in study.Warnings)
        {
            writer.WriteLine($"warning {warning}");
        }

        foreach (var note in study.Set.Notes)
        {
            writer.WriteLine($"note    {note}");
        }

        writer.WriteLine();
    }

    /// <summary>One table, or one a kind of quantity where one would be too wide to read.</summary>
    private static IEnumerable<IReadOnlyList<QuantityVerdict>> Tables(IReadOnlyList<QuantityVerdict> verdicts) => verdicts.Count <= MostColumns
        ? [verdicts]
        : verdicts.GroupBy(v => QuantityKind.Of(v.Quantity)?.Name ?? v.Quantity).Select(g => (IReadOnlyList<QuantityVerdict>)[.. g]);

    private static object Document(ConvergenceStudy study) => new
    {
        Parameter = study.Set.Parameter.Name,
        study.Set.Parameter.Unit,
        Verdict = study.Text,
        study.ConvergedAt,
        Points = study.Set.Points.Select(p => new { p.Value, p.Source, p.Quantities }),
        Quantities = study.Verdicts.Select(v => new
        {
            v.Quantity,
            v.Unit,
            v.Tolerance,
            Verdict = v.Text(study.Set.Parameter),
            v.ConvergedAt,
            v.ConfirmedBy,
            v.LargestDeviation,
            v.Deviations,
            v.IsOscillating,
            v.Outliers,
            v.ConvergedAtWithoutOutliers,
        }),
        study.Warnings,
        study.Set.Notes,
    };

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : "-";

    private static string OneLine(ArgumentException e) => e.Message.Split(" (Parameter")[0];
}
