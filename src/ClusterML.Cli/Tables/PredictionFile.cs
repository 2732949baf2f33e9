using System.Globalization;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Tables;

/// <summary>Reads the rows to predict; the model's side decides which columns it needs.</summary>
internal static class PredictionFile
{
    public static IReadOnlyList<PredictionRow> Read(string path, string shownAs)
    {
        var file = CsvFile.Read(path, shownAs);
        var rows = file.Rows.Select((record, number) =>
        {
            var cells = file.Header.Zip(record).ToDictionary(c => c.First.Text, c => new PredictionCell(c.Second.Text, c.Second.Line, c.Second.Column));
            var id = cells.TryGetValue("row_id", out var cell) && cell.Text.Length > 0 ? cell.Text : (number + 1).ToString(CultureInfo.InvariantCulture);
            return new PredictionRow(id, cells, shownAs);
        }).ToList();
        var twice = rows.GroupBy(r => r.RowId).Where(g => g.Count() > 1 && g.Last().Cells.ContainsKey("row_id"))
            .Select(g => g.Last().Cells["row_id"] is var c ? new Problem($"row_id \"{g.Key}\" is there twice", shownAs, c.Line, c.Column) : null!)
            .ToList();
        return twice.Count == 0 ? rows : throw new CommandFailure(ExitCodes.DataCheckFailed, twice);
    }
}
