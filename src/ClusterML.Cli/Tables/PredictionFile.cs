using System.Globalization;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Tables;

/// <summary>Reads the rows to predict; the model's side decides which columns it needs.</summary>
internal static class PredictionFile
{
    private const string IdColumn = "row_id";

    public static IReadOnlyList<PredictionRow> Read(string path, string shownAs)
    {
        var file = InputTable.Read(path, shownAs);
        var rows = file.Rows.Select((record, number) =>
        {
            var cells = file.Header.Zip(record)
                .ToDictionary(c => c.First.Text, c => new PredictionCell(c.Second.Text, c.Second.Line, c.Second.Column));
            var id = cells.TryGetValue(IdColumn, out var cell) && cell.Text.Length > 0
                ? cell.Text
                : (number + 1).ToString(CultureInfo.InvariantCulture);
            return new PredictionRow(id, cells, shownAs);
        }).ToList();
        var twice = rows.GroupBy(r => r.RowId)
            .SelectMany(g => g.Skip(1))
            .Select(r => (r.RowId, Cell: r.Cells.GetValueOrDefault(IdColumn, r.Cells.Values.First())))
            .Select(r => new Problem($"row_id \"{r.RowId}\" is there twice", shownAs, r.Cell.Line, r.Cell.Column))
            .ToList();
        return twice.Count == 0 ? rows : throw new CommandFailure(ExitCodes.DataCheckFailed, twice);
    }
}
