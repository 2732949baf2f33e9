using ClusterML.Learning.Evaluation;

namespace ClusterML.Learning.Tests.Conformal;

/// <summary>Counts of covered rows over independent replications, against a promise.</summary>
/// <param name="Covered">Replications whose test row was covered.</param>
/// <param name="Replications">All replications, each with a table and a test row of its own.</param>
internal sealed record CoverageBand(int Covered, int Replications)
{
    private const double Confidence = 0.9998;

    /// <summary>Whether the counts allow a coverage of at least <paramref name="bound"/>: its exact binomial interval reaches that far.</summary>
    internal bool Keeps(double bound) => RegressionMetrics.ClopperPearson(Covered, Replications, Confidence).Upper >= bound;

    /// <summary>Whether the counts allow a coverage of exactly <paramref name="value"/>.</summary>
    internal bool Equals(double value) => Keeps(value) && RegressionMetrics.ClopperPearson(Covered, Replications, Confidence).Lower <= value;
}
