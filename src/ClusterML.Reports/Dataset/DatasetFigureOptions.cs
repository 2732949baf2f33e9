namespace ClusterML.Reports.Dataset;

/// <summary>Which figures are drawn, and as what.</summary>
public sealed record DatasetFigureOptions
{
    /// <summary>Ids of the figures to draw (<see cref="DatasetFigures.Ids"/>); empty draws all. Default: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether SVG files are written. Default: yes.</summary>
    public bool Svg { get; init; } = true;

    /// <summary>Whether PNG files, of twice the size, are written. Default: yes.</summary>
    public bool Png { get; init; } = true;
}
