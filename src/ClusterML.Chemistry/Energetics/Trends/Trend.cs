namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>One claim about the clusters, tested on what a dataset holds.</summary>
/// <param name="Name">Short name, such as <c>binding_negative</c>.</param>
/// <param name="Claim">What is claimed.</param>
/// <param name="Scope">On which rows it was tested, such as <c>Ti, 3d, in</c>.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Count">Number of rows or pairs that count.</param>
/// <param name="Text">The numbers behind the verdict, in words.</param>
/// <param name="Numbers">The same numbers by name, for programs.</param>
public sealed record Trend(
    string Name, string Claim, string Scope, TrendVerdict Verdict, int Count, string Text, IReadOnlyDictionary<string, double> Numbers);
