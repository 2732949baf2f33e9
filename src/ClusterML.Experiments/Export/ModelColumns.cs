using ClusterML.Chemistry.Elements;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Export;

/// <summary>The columns that a model reads and writes, by the names of its ONNX file.</summary>
internal static class ModelColumns
{
    /// <summary>Atomic number of the host, int64.</summary>
    public const string Host = "host_z";

    /// <summary>Atomic number of the dopant, int64.</summary>
    public const string Dopant = "dopant_z";

    /// <summary>Atoms of the host, float.</summary>
    public const string HostAtoms = "n_atoms_1";

    /// <summary>Atoms of the dopant, float.</summary>
    public const string DopantAtoms = "n_atoms_2";

    /// <summary>Output that is 1 where every category is known, int64.</summary>
    public const string Known = "known";

    /// <summary>Output with the embedding, where there is one.</summary>
    public const string Embedding = "embedding";

    /// <summary>The outputs of a target: centre and bounds.</summary>
    public static IReadOnlyList<string> Of(ManifestTarget target) => [target.Name, $"{target.Name}_lower", $"{target.Name}_upper"];

    /// <summary>Input columns and every output that a model could have.</summary>
    public static IReadOnlyList<string> Names(ModelManifest manifest) =>
    [
        .. manifest.IsComposition ? [Host, Dopant, HostAtoms, DopantAtoms] : manifest.CategoricalColumns.Concat(manifest.NumericColumns),
        .. manifest.Targets.SelectMany(Of),
        Embedding,
        Known,
    ];

    /// <summary>Rows as the input columns of the ONNX file.</summary>
    public static IReadOnlyDictionary<string, Array> Inputs(ModelManifest manifest, IReadOnlyList<PredictionInput> rows)
    {
        if (manifest.IsComposition)
        {
            return new Dictionary<string, Array>
            {
                [Host] = rows.Select(r => Number(r.Host)).ToArray(),
                [Dopant] = rows.Select(r => Number(r.Dopant)).ToArray(),
                [HostAtoms] = rows.Select(r => r.HostAtoms).ToArray(),
                [DopantAtoms] = rows.Select(r => r.DopantAtoms).ToArray(),
            };
        }

        var columns = new Dictionary<string, Array>();
        foreach (var column in manifest.CategoricalColumns)
        {
            columns[column] = rows.Select(r => r.Categories.GetValueOrDefault(column, string.Empty)).ToArray();
        }

        foreach (var column in manifest.NumericColumns)
        {
            columns[column] = rows.Select(r => r.Numbers.GetValueOrDefault(column, float.NaN)).ToArray();
        }

        return columns;
    }

    // 0 is no element: the graph answers with NaN and known = 0.
    private static long Number(string symbol) => ElementTable.Default.Find(symbol)?.AtomicNumber ?? 0;
}
