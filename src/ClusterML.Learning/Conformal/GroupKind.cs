namespace ClusterML.Learning.Conformal;

/// <summary>What makes groups of rows, each calibrated on its own (Mondrian).</summary>
public enum GroupKind
{
    /// <summary>No groups: one calibration for all rows.</summary>
    None,

    /// <summary>The paper's: outliers, and for the others bins of the prediction.</summary>
    MixedMondrian,

    /// <summary>Values of a column: a text as it is (a host), a number in bins of equal counts of the training rows.</summary>
    Column,

    /// <summary>Bins of the prediction, of equal counts of the training rows.</summary>
    PredictedValue,

    /// <summary>Two groups: rows far from the training rows, and the others.</summary>
    OutlierScore,
}
