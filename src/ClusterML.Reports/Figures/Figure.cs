namespace ClusterML.Reports.Figures;

/// <summary>A finished figure: its file name without ending, what it shows, and both renderings.</summary>
internal sealed record Figure(string Name, FigureKind Kind, string Protocol, string Caption, string Svg, byte[] Png);

/// <summary>Where in the report a figure belongs.</summary>
internal enum FigureKind
{
    /// <summary>Scores against the held-out fraction.</summary>
    Curve,

    /// <summary>Predictions with intervals.</summary>
    Predictions,

    /// <summary>Predicted against true values.</summary>
    Parity,

    /// <summary>Errors of all models.</summary>
    Comparison,

    /// <summary>Training of the backbone.</summary>
    Training,

    /// <summary>Computed quantities of a dataset; no part of a run.</summary>
    Dataset,
}
