using ClusterML.Reports.Figures;

namespace ClusterML.Reports.Dataset;

/// <summary>A figure of the paper, drawn from a dataset, with its numbers.</summary>
/// <param name="Id">Its number in the paper: <c>fig2</c>, <c>s10</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Count">Numbers that it shows; 0 when nothing was measured.</param>
/// <param name="Figure">The drawing and its caption.</param>
/// <param name="Table">The numbers.</param>
internal sealed record DrawnFigure(string Id, string Title, int Count, Figure Figure, FigureTable Table);
