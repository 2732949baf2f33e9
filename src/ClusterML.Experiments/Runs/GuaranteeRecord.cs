using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Runs;

/// <summary>One set of intervals of a run: one model, protocol (or point of a curve), method, miscoverage and group.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Split">The split; <c>all</c> where the protocol's splits are pooled, and then the weakest promise of them.</param>
/// <param name="Method">Name of the method, with its groups.</param>
/// <param name="Guarantee">Theorem, n, K, α, bound, assumptions.</param>
/// <param name="Statement">The promise for the test rows of this protocol, in plain words.</param>
/// <param name="Exchangeability">Test of whether the test rows look like the calibration rows; null where it could not be made.</param>
public sealed record GuaranteeRecord(
    string Model,
    string Protocol,
    string Split,
    string Method,
    IntervalGuarantee Guarantee,
    string Statement,
    ExchangeabilityRecord? Exchangeability);

/// <summary>A test of the hypothesis that calibration and test rows are exchangeable.</summary>
/// <param name="Test">Name of the test.</param>
/// <param name="PValue">Probability of a statistic at least this extreme where they are.</param>
/// <param name="Calibration">Calibration rows.</param>
/// <param name="Tested">Test rows.</param>
/// <param name="Verdict">In plain words.</param>
public sealed record ExchangeabilityRecord(string Test, double PValue, int Calibration, int Tested, string Verdict);
