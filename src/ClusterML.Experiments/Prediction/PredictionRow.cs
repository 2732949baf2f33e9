namespace ClusterML.Experiments.Prediction;

/// <summary>One row to predict as text: its cells by column, and the file it stands in.</summary>
/// <param name="RowId">Name of the row in the results.</param>
/// <param name="Cells">Column name to cell.</param>
/// <param name="File">The file it was read from; null for a row from no file.</param>
public sealed record PredictionRow(string RowId, IReadOnlyDictionary<string, PredictionCell> Cells, string? File);

/// <summary>One cell with its line and the number of its field (from 1; 0 when it is from no file).</summary>
public sealed record PredictionCell(string Text, int Line, int Column);
