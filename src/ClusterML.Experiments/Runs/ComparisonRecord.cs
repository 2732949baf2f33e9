namespace ClusterML.Experiments.Runs;

/// <summary>One row of <c>comparisons.csv</c>: two models on the same test rows.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="K">Labels of the new group in training; 0 where the protocol has no such count.</param>
/// <param name="Target">The target.</param>
/// <param name="Model">The model that is judged.</param>
/// <param name="Other">The model that it is compared with.</param>
/// <param name="Difference">Mean of |error| of the model less that of the other, in the unit of the target: negative speaks for the model.</param>
/// <param name="Lower">Lower end of the 95 % bootstrap interval over clusters of rows.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Unit">Unit of the target.</param>
/// <param name="Rows">Test rows that both predicted, each draw counted.</param>
/// <param name="Clusters">Clusters that were resampled: new groups, or single rows where there are fewer than three groups.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c> or <c>no difference shown</c>.</param>
public sealed record ComparisonRecord(
    string Protocol,
    int K,
    string Target,
    string Model,
    string Other,
    double Difference,
    double Lower,
    double Upper,
    string Unit,
    int Rows,
    int Clusters,
    string Verdict)
{
    /// <summary>The whole interval is below zero.</summary>
    public const string Better = "better";

    /// <summary>The whole interval is above zero.</summary>
    public const string Worse = "worse";

    /// <summary>The interval holds zero.</summary>
    public const string Undecided = "no difference shown";
}
