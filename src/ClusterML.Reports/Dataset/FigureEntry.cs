namespace ClusterML.Reports.Dataset;

/// <summary>One figure in <c>figures.json</c>.</summary>
/// <param name="Id">Its number in the paper: <c>fig2</c>, <c>s10</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">The caption, with counts.</param>
/// <param name="Measured">Whether there was anything to show.</param>
/// <param name="Count">Numbers that it shows.</param>
/// <param name="Files">Drawings, relative to the folder.</param>
/// <param name="Table">The csv with its numbers, relative to the folder.</param>
/// <param name="Columns">Columns of the table with their units.</param>
public sealed record FigureEntry(
    string Id, string Title, string Caption, bool Measured, int Count, IReadOnlyList<string> Files, string Table, IReadOnlyList<FigureColumn> Columns);
