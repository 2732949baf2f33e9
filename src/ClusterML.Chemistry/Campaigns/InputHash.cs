using System.Security.Cryptography;
using System.Text;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>The identity of a calculation: the hash of its input.</summary>
public static class InputHash
{
    /// <summary>SHA-256, lower-case hex. One file is hashed as it stands; several with their names and lengths, in ordinal order.</summary>
    public static string Of(IReadOnlyDictionary<string, string> inputs)
    {
        if (inputs.Count == 1)
        {
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs.Values.Single())));
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in inputs.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            sha.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name} {bytes.Length}\n")));
            sha.AppendData(bytes);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
