namespace ClusterML.Reports.Dataset;

/// <summary>A column of the table of a figure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; empty for a text or a count.</param>
public sealed record FigureColumn(string Name, string Unit = "");
