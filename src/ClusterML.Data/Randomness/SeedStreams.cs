using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClusterML.Data.Randomness;

/// <summary>Named streams of randomness, each derived from one experiment seed.</summary>
/// <remarks>
/// A stream's seed is the first four bytes (little-endian, 31 bits kept) of SHA-256 over <c>root/name</c>, so
/// that adding a stream never shifts another.
/// </remarks>
/// <param name="Root">The experiment's seed.</param>
public sealed record SeedStreams(int Root)
{
    /// <summary>A seed in [0, 2^31) for the stream <paramref name="name"/>, such as <c>split</c>, <c>init</c> or <c>fold 3</c>.</summary>
    public int Seed(string name)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Root}/{name}")));
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(digest) & 0x7fffffff);
    }

    /// <summary>A generator for the stream <paramref name="name"/>.</summary>
    public Random Generator(string name) => new(Seed(name));
}
