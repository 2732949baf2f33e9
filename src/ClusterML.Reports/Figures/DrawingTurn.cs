namespace ClusterML.Reports.Figures;

/// <summary>Whoever draws holds this lock: neither ScottPlot's caches nor the wrappers of Skia's objects are made for two threads at once.</summary>
internal static class DrawingTurn
{
    internal static readonly Lock Lock = new();
}
