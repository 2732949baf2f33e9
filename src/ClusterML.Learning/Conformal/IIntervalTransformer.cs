using ClusterML.Learning.Steps;

namespace ClusterML.Learning.Conformal;

/// <summary>A fitted model with intervals: it writes the columns of <see cref="IntervalColumns"/>.</summary>
public interface IIntervalTransformer : IStatefulTransformer, IDisposable
{
    /// <summary>Miscoverages, in the order of the columns; the first is that of <c>lower</c> and <c>upper</c>.</summary>
    IReadOnlyList<double> Alphas { get; }

    /// <summary>What the intervals promise, one entry a miscoverage (and group, where groups have promises of their own).</summary>
    IReadOnlyList<IntervalGuarantee> Guarantees { get; }

    /// <summary>Training rows that calibrate and their predictions [T] by a model that did not see them; empty where the method has none.</summary>
    IReadOnlyList<(int Row, double[] Prediction)> LeftOut { get; }
}
