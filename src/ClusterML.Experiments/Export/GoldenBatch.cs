using System.Text.Json;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Export;

/// <summary><c>golden.json</c>: a few rows and what the model predicted for them when it was made.</summary>
/// <remarks>Rows of training, rows that training did not hold, and, for a plain table, a missing number.</remarks>
internal sealed record GoldenBatch
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "golden.json";

    private const int TrainingRows = 16;
    private const int OtherRows = 8;

    /// <summary>Format of the file.</summary>
    public string Schema { get; init; } = "clusterml/golden@1";

    /// <summary>Largest difference that counts as none, relative to the number, or absolute below 1.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The rows.</summary>
    public required IReadOnlyList<PredictionInput> Rows { get; init; }

    /// <summary>[row][target][centre, lower, upper], as .NET computed them.</summary>
    public required double[][][] Outputs { get; init; }

    /// <summary>Rows of the table, evenly picked, and others.</summary>
    public static IReadOnlyList<PredictionInput> Choose(DataTable table)
    {
        var count = Math.Min(TrainingRows, table.RowCount);
        var picked = Enumerable.Range(0, count).Select(i => (int)((long)i * table.RowCount / count)).Select(i => Row(table, i)).ToList();
        if (table.IsComposition)
        {
            // Elements spread over the periodic table, most of them far from training.
            var elements = ElementTable.Default.All;
            picked.AddRange(Enumerable.Range(0, OtherRows).Select(i => new PredictionInput
            {
                RowId = FormattableString.Invariant($"other{i}"),
                Host = elements[((i * 13) + 21) % elements.Count].Symbol,
                Dopant = elements[((i * 29) + 25) % elements.Count].Symbol,
            }));
            return picked;
        }

        return
        [
            .. picked,
            .. table.NumericColumns.Take(OtherRows).Select((column, i) =>
            {
                var row = picked[i % picked.Count];
                return row with { RowId = FormattableString.Invariant($"missing{i}"), Numbers = new Dictionary<string, float>(row.Numbers) { [column] = float.NaN } };
            }),
        ];
    }

    /// <summary>Reads the file of a model folder; null where there is none.</summary>
    /// <exception cref="VerificationException">It is damaged.</exception>
    public static GoldenBatch? TryRead(string folder) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) ? VerifiedJson.Read<GoldenBatch>(path) : null;

    /// <summary>Writes the file.</summary>
    public void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, ModelManifest.Format) + "\n");

    private static PredictionInput Row(DataTable table, int row) => table.IsComposition
        ? new()
        {
            RowId = table.RowIds[row],
            Host = table.TextColumns["host"][row],
            Dopant = table.TextColumns["dopant"][row],
            HostAtoms = table.NumberColumns["n_atoms_1"][row],
            DopantAtoms = table.NumberColumns["n_atoms_2"][row],
        }
        : new()
        {
            RowId = table.RowIds[row],
            Categories = table.CategoricalColumns.ToDictionary(c => c, c => table.TextColumns[c][row]),
            Numbers = table.NumericColumns.ToDictionary(c => c, c => table.NumberColumns[c][row]),
        };
}
