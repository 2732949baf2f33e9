using System.Security.Cryptography;

namespace ClusterML.Chemistry.Imports;

/// <summary>Names and hashes of the files of an import.</summary>
internal static class ImportPaths
{
    /// <summary>Name of the file without its folder, <c>.gz</c> and the extension.</summary>
    public static string Stem(string path) => Path.GetFileNameWithoutExtension(Unpacked(path));

    /// <summary>The name without <c>.gz</c>.</summary>
    public static string Unpacked(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;

    /// <summary>SHA-256 by file name, lower case hex; files are read as streams.</summary>
    public static Dictionary<string, string> Hashes(IEnumerable<string> paths)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths.Distinct())
        {
            using var stream = File.OpenRead(path);
            hashes[Path.GetFileName(path)] = Convert.ToHexStringLower(SHA256.HashData(stream));
        }

        return hashes;
    }
}
