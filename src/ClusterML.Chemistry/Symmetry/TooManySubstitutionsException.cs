using System.Globalization;
using System.Numerics;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>There are more symmetry-distinct substitutions than the caller wants listed.</summary>
/// <param name="count">How many there are.</param>
/// <param name="limit">How many were allowed.</param>
public sealed class TooManySubstitutionsException(BigInteger count, long limit) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"there are {count:N0} symmetry-distinct substitutions, more than the limit of {limit:N0}"))
{
    /// <summary>How many there are.</summary>
    public BigInteger Count { get; } = count;

    /// <summary>How many were allowed.</summary>
    public long Limit { get; } = limit;
}
