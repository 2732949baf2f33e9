using System.CommandLine;
using System.Globalization;
using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Cli.Verbs;

/// <summary><c>data</c>: the tables that experiments can name, and the table of one experiment.</summary>
internal sealed class DataVerb : Verb
{
    public DataVerb(Session session)
        : base(
            "data",
            "List the kinds of tables, or describe the table of a config.",
            "clusterml data list",
            "clusterml data describe configs/x12tm.yaml")
    {
        Add(new ListVerb(session));
        Add(new DescribeVerb(session));
    }

    private sealed record Kind(string Type, string Targets, string? File, string Description);

    private sealed class ListVerb : Verb
    {
        private static readonly Kind[] Kinds =
        [
            new("x12tm", "e_form_in, e_form_out (eV)", null, "bimetallic X12TM clusters, from a folder of calculations (data.table.path)"),
            new("qcd_unary", "e_form_in, e_form_out (eV)", new QcdUnaryTableConfig().File, "unary clusters of the Quantum Cluster Database"),
            new("segregation", "e_seg (eV)", new SegregationTableConfig().File, "surface segregation energies of host-dopant pairs"),
            new("csv", "declared in the config", null, "any csv table with declared column roles (clusterml init NAME --from TABLE.CSV)"),
        ];

        public ListVerb(Session session)
            : base("list", "The kinds of tables, and which of the published ones are here.", "clusterml data list")
        {
            var json = JsonOption();
            Add(json);
            SetAction(result =>
            {
                var root = DataRoot(session);
                var kinds = Kinds
                    .Select(k => (Kind: k, Path: k.File is null ? null : Path.Combine(root, k.File)))
                    .Select(k => new
                    {
                        k.Kind.Type,
                        k.Kind.Targets,
                        k.Path,
                        Present = k.Path is null ? (bool?)null : File.Exists(k.Path),
                        k.Kind.Description,
                    })
                    .ToList();
                if (result.GetValue(json))
                {
                    JsonOutput.Write(session.Terminal, new { DataRoot = root, Tables = kinds });
                    return ExitCodes.Done;
                }

                TextTable.Write(
                    session.Terminal.Out,
                    ["type", "targets", "file", "description"],
                    [.. kinds.Select(k => new[] { k.Type, k.Targets, Place(k.Path, k.Present), k.Description })]);
                return ExitCodes.Done;
            });
        }

        private static string Place(string? path, bool? present) =>
            path is null ? "named in the config" : present == true ? path : $"missing: {path}";
    }

    private sealed class DescribeVerb : ConfigVerb
    {
        private readonly Option<bool> _json = JsonOption();

        public DescribeVerb(Session session)
            : base(
                session,
                "describe",
                "The table of a config: rows, hash, targets, groups, and rows left out.",
                "clusterml data describe configs/x12tm.yaml") =>
            Add(_json);

        protected override int Execute(ParseResult result)
        {
            var data = Session.Engine.Describe(Config(result));
            if (result.GetValue(_json))
            {
                JsonOutput.Write(Session.Terminal, data);
                return ExitCodes.Done;
            }

            var writer = Session.Terminal.Out;
            writer.WriteLine($"table   {data.Table}");
            writer.WriteLine($"rows    {data.Rows}");
            writer.WriteLine($"sha256  {data.Hash}");
            foreach (var (name, values) in data.Groups)
            {
                writer.WriteLine($"group   {name}: {string.Join(", ", values)}");
            }

            writer.WriteLine();
            TextTable.Write(
                writer,
                ["target", "unit", "mean", "sd"],
                [.. data.Targets.Select(t => new[] { t.Name, t.Unit, Number(t.Mean), Number(t.StandardDeviation) })]);
            if (data.LeftOut.Count > 0)
            {
                writer.WriteLine();
                TextTable.Write(writer, ["left out", "reason"], [.. data.LeftOut.Select(r => new[] { r.Source, r.Reason })]);
            }

            foreach (var note in data.Notes)
            {
                writer.WriteLine($"note    {note}");
            }

            return ExitCodes.Done;
        }

        private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
    }

    /// <summary>Where the published tables are looked for when no config says otherwise.</summary>
    internal static string DataRoot(Session session) => session.FullPath(
        session.Terminal.EnvironmentVariable(DataConfig.RootVariable) is { Length: > 0 } root ? root : Path.Combine("..", "shared", "data"));
}
