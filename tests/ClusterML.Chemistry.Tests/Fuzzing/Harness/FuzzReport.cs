using System.Text;

namespace ClusterML.Fuzzing;

/// <summary>What came of a fuzz run.</summary>
/// <param name="Accepted">Files that the reader took.</param>
/// <param name="Refused">Files that the reader refused as it should.</param>
/// <param name="Failures">Files that the reader did not stand, the first few of them.</param>
public sealed record FuzzReport(int Accepted, int Refused, IReadOnlyList<FuzzFailure> Failures);

/// <summary>A file that a reader did not stand.</summary>
/// <param name="Index">Number of the mutation; negative for files that are not drawn: intact, truncated, empty.</param>
/// <param name="Why">What the reader did.</param>
/// <param name="Bytes">The file.</param>
public sealed record FuzzFailure(int Index, string Why, byte[] Bytes)
{
    private const int Shown = 600;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"mutation {Index}: {Why}\n{Encoding.Latin1.GetString(Bytes, 0, Math.Min(Bytes.Length, Shown))}\nbase64: {Convert.ToBase64String(Bytes, 0, Math.Min(Bytes.Length, Shown))}");
}
