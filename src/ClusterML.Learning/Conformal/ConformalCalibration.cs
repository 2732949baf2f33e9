namespace ClusterML.Learning.Conformal;

/// <summary>All that makes the intervals of a fitted <see cref="ConformalTransformer"/>, beside its models.</summary>
public sealed record ConformalCalibration
{
    /// <summary>Name of the kind of state.</summary>
    public string Kind { get; init; } = "conformal";

    /// <summary>The options.</summary>
    public required ConformalOptions Options { get; init; }

    /// <summary>Number of targets.</summary>
    public required int Targets { get; init; }

    /// <summary>Rows given for fitting and calibration together.</summary>
    public required int Rows { get; init; }

    /// <summary>For each row the model that left it out; -1 for a row that only fits.</summary>
    public required int[] ModelOfRow { get; init; }

    /// <summary>Number of models that left rows out.</summary>
    public required int Models { get; init; }

    /// <summary>The rows that calibrate, ascending.</summary>
    public required int[] CalibrationRows { get; init; }

    /// <summary>[n][T]: prediction of each calibration row by the model that did not see it.</summary>
    public required double[][] OutOfFold { get; init; }

    /// <summary>[n][outputs]: score of each calibration row: |residual|, over its difficulty where scores are normalised.</summary>
    public required double[][] Scores { get; init; }

    /// <summary>[n][outputs]: group of each calibration row.</summary>
    public required string[][] Groups { get; init; }

    /// <summary>What was fixed of the groups.</summary>
    public required GroupEdges Edges { get; init; }

    /// <summary>Median and scale of the neighbour column; null where no distances are taken.</summary>
    public double[]? NeighbourCenter { get; init; }

    /// <summary>Each value of the neighbour column is divided by it.</summary>
    public double[]? NeighbourScale { get; init; }

    /// <summary>Whether a penalty, a length or a scale was taken once from all rows.</summary>
    public bool ParametersChosenOnAllRows { get; init; }

    /// <summary>Whether the difficulty of a row is measured with distances whose centre or scale comes from the calibrating rows too.</summary>
    public bool DistancesFromAllRows { get; init; }
}
