namespace ClusterML.Transformer.Training;

/// <summary>Rows of a training: codes [rows][C], raw numbers [rows][N], targets [rows][T] in their units, weights [rows] or null.</summary>
internal sealed record TrainingRows(int[][] Categorical, float[][] Continuous, double[][] Targets, double[]? Weights = null)
{
    public int Count => Targets.Length;

    public TrainingRows Take(IReadOnlyList<int> rows) => new(
        [.. rows.Select(r => Categorical[r])],
        [.. rows.Select(r => Continuous[r])],
        [.. rows.Select(r => Targets[r])],
        Weights is null ? null : [.. rows.Select(r => Weights[r])]);
}
