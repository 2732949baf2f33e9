namespace ClusterML.Data.Audits.Identities;

/// <summary>An identity that is not written as one.</summary>
/// <param name="text">The identity.</param>
/// <param name="column">Where it goes wrong, from 1.</param>
/// <param name="problem">What is wrong, and what would be right.</param>
public sealed class IdentitySyntaxException(string text, int column, string problem)
    : FormatException(FormattableString.Invariant($"identity \"{(text.Length > 200 ? text[..200] + "..." : text)}\", column {column}: {problem}"))
{
    /// <summary>Where it goes wrong, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What is wrong, and what would be right.</summary>
    public string Problem { get; } = problem;
}
