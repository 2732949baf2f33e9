using ClusterML.Cli.Terminal;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Cli.Verbs.Datasets;

/// <summary><c>data list</c>: the kinds of tables that experiments can name.</summary>
internal sealed class ListVerb : Verb
{
    private static readonly Kind[] Kinds =
    [
        new("dataset", "declared in dataset.json", null, "a folder with dataset.json and its rows (clusterml data import makes one)"),
        new("x12tm", "e_form_in, e_form_out (eV)", null, "bimetallic X12TM clusters, from a folder of calculations (data.table.path)"),
        new("qcd_unary", "e_form_in, e_form_out (eV)", new QcdUnaryTableConfig().File, "unary clusters of the Quantum Cluster Database"),
        new("segregation", "e_seg (eV)", new SegregationTableConfig().File, "surface segregation energies of host-dopant pairs"),
        new("csv", "declared in the config", null, "any csv table with declared column roles (clusterml init NAME --from TABLE.CSV)"),
        new("parquet", "declared in the config", null, "any Parquet table with declared column roles"),
    ];

    public ListVerb(Session session)
        : base("list", "The kinds of tables, and which of the published ones are here.", "clusterml data list")
    {
        var json = JsonOption();
        Add(json);
        SetAction(result =>
        {
            var root = DataVerb.DataRoot(session);
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

    private sealed record Kind(string Type, string Targets, string? File, string Description);
}
