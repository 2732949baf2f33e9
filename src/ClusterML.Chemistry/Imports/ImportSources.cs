using System.Text.RegularExpressions;
using ClusterML.Chemistry.Imports.Cp2k;

namespace ClusterML.Chemistry.Imports;

/// <summary>Finds what can be imported in a file or folder.</summary>
internal static partial class ImportSources
{
    /// <summary>Files and VASP folders in the order of their paths.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file or folder", path);
        }

        return [.. Within(path)];
    }

    /// <summary>What a file or a folder is; null when it cannot be imported.</summary>
    public static ImportFormat? FormatOf(string source)
    {
        return Cp2kOutput.Is(source) ? ImportFormat.Cp2k : null;
    }

    private static IEnumerable<string> Within(string folder) =>
        Directory.EnumerateFiles(folder, "*.out").Where(file => !Replica().IsMatch(file) && Cp2kOutput.Is(file)).Order(StringComparer.Ordinal)
            .Concat(Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(Within));

    /// <summary>The output of a replica of a vibrational analysis belongs to the main output.</summary>
    [GeneratedRegex(@"-r-\d+\.out$", RegexOptions.CultureInvariant)]
    private static partial Regex Replica();
}
