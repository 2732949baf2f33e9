using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Audits;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data audit</c>: what is wrong with a table, a dataset or the data of a config, and what to do about it.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly Session _session;
    private readonly Argument<string> _what = new("CONFIG|DATASET|TABLE")
    {
        Description = "An experiment (.yaml), a dataset folder, a folder of calculations, or a .csv or .parquet file.",
    };

    private readonly Option<string[]> _sets = Repeated("--set", "PATH=VALUE", "Override one value of the config; may be repeated.");
    private readonly Option<string[]> _identities = Repeated("--identity", "EQUATION", "An equation that columns obey, such as \"de_tot = e_in - e_out within 1e-6\"; may be repeated.");
    private readonly Option<string[]> _accepts = Repeated("--accept", "CODE[:ROW]", "A finding to accept; may be repeated. A config has audit.accept for it.");
    private readonly Option<string[]> _targets = Repeated("--target", "COLUMN", "A column of a csv or Parquet file that is a target; all others are features then. May be repeated.");
    private readonly Option<string?> _support = new("--write-support")
    {
        Description = "Write support.json of the config's pretraining table into this folder of a backbone that lacks it.",
        HelpName = "FOLDER",
    };

    private readonly CalculationChoices _choices;
    private readonly Option<bool> _json = JsonOption();

    public AuditVerb(Session session)
        : base(
            "audit",
            "Look for copies, leaks, contradictions and implausible energies; exit code 4 where something severe is not accepted.",
            "clusterml data audit configs/x12tm.yaml",
            "clusterml data audit table.csv --identity \"eb_S_eV_per_atom = (13*eb_eV_per_atom + e_int_S_eV + e_dis_S_eV)/14 within 1e-4\"",
            "clusterml data audit data/x12tm --max-force 0.08")
    {
        _session = session;
        Add(_what);
        Add(_sets);
        Add(_identities);
        Add(_accepts);
        Add(_targets);
        Add(_support);
        _choices = new CalculationChoices(this);
        Add(_json);
        _accepts.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => FindingKinds.Find(Acceptance.Parse(t.Value).Code) is null))
            {
                result.AddError($"--accept {token.Value}: {FindingKinds.Unknown(Acceptance.Parse(token.Value).Code)}");
            }
        });
        Validators.Add(result =>
        {
            var what = result.GetValue(_what) ?? string.Empty;
            foreach (var (option, forConfigs) in new (Option, bool)[] { (_sets, true), (_support, true), (_targets, false), (_identities, false), (_accepts, false) }.Concat(_choices.Options.Select(o => (o, false))))
            {
                if (result.GetResult(option) is { Implicit: false } && forConfigs != IsConfig(what))
                {
                    result.AddError(forConfigs ? $"{option.Name} is for configs" : $"{option.Name} is for tables and datasets; a config states it under audit or data.table");
                }
            }
        });
        SetAction(Execute);
    }

    private int Execute(ParseResult result)
    {
        var what = result.GetRequiredValue(_what);
        var report = IsConfig(what) ? OfConfig(what, result) : _session.Engine.AuditSource(
            InputPath.Any(_session, what),
            what,
            new AuditOptions { Identities = result.GetValue(_identities) ?? [] },
            result.GetValue(_targets) ?? [],
            _choices.Read(result)).Accept((result.GetValue(_accepts) ?? []).Select(Acceptance.Parse));
        if (result.GetValue(_json))
        {
            _session.Terminal.Out.Write(AuditReportFile.ToJson(report));
        }
        else
        {
            foreach (var line in AuditText.Lines(report))
            {
                _session.Terminal.Out.WriteLine(line);
            }

            _session.Terminal.Out.WriteLine(AuditText.Summary(report));
        }

        return report.Stopping.Count == 0 ? ExitCodes.Done : ExitCodes.DataCheckFailed;
    }

    private AuditReport OfConfig(string path, ParseResult result)
    {
        InputPath.File(_session, path);
        var config = new ConfigSource(path, result.GetValue(_sets) ?? []);
        if (result.GetValue(_support) is { } folder)
        {
            _session.Engine.WriteSupport(config, _session.FullPath(folder));
        }

        return _session.Engine.Audit(config);
    }

    private static bool IsConfig(string path) => path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static Option<string[]> Repeated(string name, string value, string description) => new(name)
    {
        Description = description,
        HelpName = value,
        DefaultValueFactory = _ => [],
    };
}
