namespace ClusterML.Transformer;

/// <summary>Rows of features as a network reads them.</summary>
/// <param name="Categorical">Codes [rows][C]; one outside its column's range reads as unknown (0).</param>
/// <param name="Continuous">Raw numbers [rows][N], NaN where missing.</param>
public sealed record FtRows(IReadOnlyList<int[]> Categorical, IReadOnlyList<float[]> Continuous);
