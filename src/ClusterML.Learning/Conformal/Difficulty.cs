namespace ClusterML.Learning.Conformal;

/// <summary>What a residual is divided by where scores are normalised: how hard a row is.</summary>
public enum Difficulty
{
    /// <summary>Mean distance to the nearest rows that the model was fitted on.</summary>
    NeighbourDistance,

    /// <summary>Mean |residual| of the nearest rows that the model was fitted on.</summary>
    NeighbourResidual,

    /// <summary>The model's own standard deviation, from the column <c>prediction_sd</c> (Gaussian process).</summary>
    Deviation,
}
