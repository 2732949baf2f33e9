using ClusterML.Learning.Numerics;
using ClusterML.Learning.Scaling;

namespace ClusterML.Learning.Conformal;

/// <summary>How hard a row is for each model, from the nearest rows that the model was fitted on.</summary>
/// <remarks>
/// The mean over the nearest fitted rows, of their distance or of their |residual| in that model's own fit, plus a tenth of the mean over all
/// fitted rows, so that no row is infinitely easy. Nothing of a row's own label enters its difficulty, nor of any row of its fold.
/// </remarks>
internal sealed class DifficultyModel
{
    private const double Floor = 0.1;

    private readonly double[][] prepared;
    private readonly RobustScaler scaler;
    private readonly int neighbours;
    private readonly Func<int, int, bool> isFitted;
    private readonly double[][][]? residuals;
    private readonly double[][] floors;
    private readonly int outputs;

    /// <param name="rows">All training rows of the neighbour column.</param>
    /// <param name="scaler">Applied to them; a missing value is put at the centre.</param>
    /// <param name="neighbours">Nearest rows averaged over.</param>
    /// <param name="models">Number of models.</param>
    /// <param name="isFitted">Whether the model of the first index was fitted on the row of the second.</param>
    /// <param name="residuals">[models][rows][outputs]: |residuals| of each model on all training rows; null: distances are what counts.</param>
    /// <param name="outputs">Number of outputs.</param>
    internal DifficultyModel(double[][] rows, RobustScaler scaler, int neighbours, int models, Func<int, int, bool> isFitted, double[][][]? residuals, int outputs)
    {
        this.scaler = scaler;
        this.neighbours = neighbours;
        this.isFitted = isFitted;
        this.residuals = residuals;
        this.outputs = outputs;
        prepared = [.. rows.Select(Prepared)];
        floors = [.. Enumerable.Range(0, models).Select(FloorOf)];
    }

    /// <summary>[models][outputs]: what is added to each mean.</summary>
    internal double[][] Floors => floors;

    /// <summary>Nearest rows averaged over.</summary>
    internal int Neighbours => neighbours;

    /// <summary>[models][rows][outputs], or null where distances are what counts.</summary>
    internal double[][][]? Residuals => residuals;

    /// <summary>Whether a model was fitted on a training row.</summary>
    internal bool IsFitted(int model, int row) => isFitted(model, row);

    /// <summary>[models][outputs]: the difficulty of a row for each model.</summary>
    /// <param name="raw">The row's value of the neighbour column.</param>
    /// <param name="itself">Its index among the training rows, which is then left out; -1 for another row.</param>
    internal double[][] Of(double[] raw, int itself)
    {
        var order = Nearest(itself >= 0 ? prepared[itself] : Prepared(raw));
        return [.. floors.Select((_, model) => At(order, model, itself))];
    }

    /// <summary>[outputs]: the difficulty for one model.</summary>
    private double[] At((double Distance, int Row)[] order, int model, int itself)
    {
        var nearest = order.Where(o => o.Row != itself && isFitted(model, o.Row)).Take(neighbours).ToArray();
        return
        [
            .. Enumerable.Range(0, outputs).Select(output =>
            {
                var mean = nearest.Length == 0 ? 0 : residuals is null ? nearest.Average(o => o.Distance) : nearest.Average(o => residuals[model][o.Row][output]);
                var value = mean + floors[model][output];
                return value > 0 ? value : 1;
            }),
        ];
    }

    private double[] FloorOf(int model)
    {
        var fitted = Enumerable.Range(0, prepared.Length).Where(row => isFitted(model, row)).ToArray();
        if (residuals is not null)
        {
            return [.. Enumerable.Range(0, outputs).Select(output => Floor * fitted.Average(row => residuals[model][row][output]))];
        }

        // The mean distance to the middle of the fitted rows: one pass, and of the size of distances between neighbours or above.
        var middle = new double[prepared[0].Length];
        foreach (var row in fitted)
        {
            VectorKernels.AddScaled(middle, 1.0 / fitted.Length, prepared[row]);
        }

        var spread = fitted.Average(row => Math.Sqrt(VectorKernels.SquaredDistance(prepared[row], middle)));
        return [.. Enumerable.Repeat(Floor * spread, outputs)];
    }

    private (double Distance, int Row)[] Nearest(double[] row) =>
        [.. prepared.Select((p, i) => (Math.Sqrt(VectorKernels.SquaredDistance(row, p)), i)).OrderBy(p => p.Item1).ThenBy(p => p.i)];

    private double[] Prepared(double[] raw) => [.. scaler.Apply(raw).Select(v => double.IsNaN(v) ? 0 : v)];
}
