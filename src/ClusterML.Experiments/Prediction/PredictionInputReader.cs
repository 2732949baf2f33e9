using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data;

namespace ClusterML.Experiments.Prediction;

/// <summary>Turns rows of text into inputs of a model, and names every cell that cannot be used.</summary>
internal sealed class PredictionInputReader(ModelManifest manifest)
{
    private readonly List<DataProblem> problems = [];

    /// <summary>Reads all rows.</summary>
    /// <exception cref="DataException">Cells are missing or unusable; all of them are named.</exception>
    public IReadOnlyList<PredictionInput> Read(IReadOnlyList<PredictionRow> rows)
    {
        var inputs = rows.Select(row => manifest.IsComposition ? Composition(row) : Plain(row)).ToList();
        foreach (var (index, twice) in inputs.Index().GroupBy(i => i.Item.RowId, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            Problem(rows[index], manifest.IdColumn ?? string.Empty, $"id \"{twice.RowId}\" is there twice");
        }

        return problems.Count == 0 ? inputs : throw new DataException(problems);
    }

    private PredictionInput Composition(PredictionRow row) => new()
    {
        RowId = row.RowId,
        Host = Element(row, "host"),
        Dopant = Element(row, "dopant"),
        HostAtoms = row.Cells.ContainsKey("n_atoms_1") ? Number(row, "n_atoms_1") : 12,
        DopantAtoms = row.Cells.ContainsKey("n_atoms_2") ? Number(row, "n_atoms_2") : 1,
    };

    private PredictionInput Plain(PredictionRow row) => new()
    {
        RowId = Given(row, manifest.IdColumn) ?? row.RowId,
        Groups = manifest.GroupColumns.Where(c => Given(row, c) is not null).ToDictionary(c => c, c => Given(row, c)!),
        Categories = manifest.CategoricalColumns.ToDictionary(c => c, c => Text(row, c)),
        Numbers = manifest.NumericColumns.ToDictionary(c => c, c => IsMissing(row, c) ? float.NaN : Number(row, c)),
    };

    private static string? Given(PredictionRow row, string? column) =>
        column is not null && row.Cells.TryGetValue(column, out var cell) && cell.Text.Trim() is { Length: > 0 } text ? text : null;

    private string Element(PredictionRow row, string column)
    {
        var symbol = Text(row, column);
        if (symbol.Length > 0 && ElementTable.Default.Find(symbol) is null)
        {
            Problem(row, column, $"{column} \"{symbol}\" is not an element");
        }

        return symbol;
    }

    // As in training: an empty cell of a number column is a missing value. The column itself must be there.
    private static bool IsMissing(PredictionRow row, string column) =>
        row.Cells.TryGetValue(column, out var cell) && string.IsNullOrWhiteSpace(cell.Text);

    private string Text(PredictionRow row, string column)
    {
        if (row.Cells.TryGetValue(column, out var cell) && cell.Text.Trim() is { Length: > 0 } text)
        {
            return text;
        }

        Problem(row, column, $"row {row.RowId} has no {column}; the model reads {string.Join(", ", Columns())}");
        return string.Empty;
    }

    private float Number(PredictionRow row, string column)
    {
        var text = Text(row, column);
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number))
        {
            return number;
        }

        if (text.Length > 0)
        {
            Problem(row, column, $"{column} \"{text}\" is not a finite number");
        }

        return float.NaN;
    }

    private IEnumerable<string> Columns() =>
        manifest.IsComposition ? ["host", "dopant"] : manifest.CategoricalColumns.Concat(manifest.NumericColumns);

    private void Problem(PredictionRow row, string column, string message)
    {
        var cell = row.Cells.GetValueOrDefault(column) ?? row.Cells.Values.FirstOrDefault();
        problems.Add(new(row.File ?? string.Empty, cell?.Line ?? 0, cell?.Column ?? 0, message));
    }
}
