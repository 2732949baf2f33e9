using System.Text.RegularExpressions;
using ClusterML.Chemistry.Imports.Cp2k;
using ClusterML.Chemistry.Imports.Vasp;

namespace ClusterML.Chemistry.Imports;

/// <summary>Finds what can be imported in a file or folder.</summary>
internal static partial class ImportSources
{
    private const int HeadLength = 4096;

    /// <summary>Files and VASP folders in the order of their paths.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path) ? [.. Within(path)] : throw new FileNotFoundException($"{path}: no such file or folder", path);
    }

    /// <summary>What a file or a folder is; null when it cannot be imported.</summary>
    public static ImportFormat? FormatOf(string source)
    {
        if (Directory.Exists(source))
        {
            return VaspFiles.Of(source) is null ? null : ImportFormat.Vasp;
        }

        var name = ImportPaths.Unpacked(Path.GetFileName(source));
        if (StructureName().IsMatch(name))
        {
            return ImportFormat.Structures;
        }

        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return IsCalculation(source) ? ImportFormat.Calculation : ImportFormat.Structures;
        }

        var head = Head(source);
        return head.Contains("<modeling>", StringComparison.Ordinal) || head.StartsWith(" vasp.", StringComparison.Ordinal) ? ImportFormat.Vasp
            : Cp2kOutput.Is(source) ? ImportFormat.Cp2k
            : null;
    }

    private static IEnumerable<string> Within(string folder)
    {
        if (VaspFiles.Of(folder) is not null)
        {
            return [folder];
        }

        var files = Directory.EnumerateFiles(folder).Where(file =>
        {
            var name = ImportPaths.Unpacked(Path.GetFileName(file));
            return !name.StartsWith('.') && !Trajectory().IsMatch(name) && !Replica().IsMatch(name)
                && (StructureName().IsMatch(name)
                    || (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && (IsCalculation(file) || AseJson().IsMatch(Head(file))))
                    || (name.EndsWith(".out", StringComparison.OrdinalIgnoreCase) && Cp2kOutput.Is(file)));
        });
        return files.Order(StringComparer.Ordinal)
            .Concat(Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(Within));
    }

    /// <summary>Whether a JSON is a calculation of this library, which states a method, and not a database of ASE.</summary>
    private static bool IsCalculation(string path)
    {
        var head = Head(path);
        return head.Contains("\"method\"", StringComparison.Ordinal) || head.Contains("\"energy_T0_eV\"", StringComparison.Ordinal)
            || head.Contains("\"energy_eV\"", StringComparison.Ordinal);
    }

    private static string Head(string path)
    {
        using var stream = OutputLines.Open(path);
        using var reader = new StreamReader(stream);
        var buffer = new char[HeadLength];
        try
        {
            return new(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (InvalidDataException e)
        {
            throw new MalformedFileException(path, 0, 0, $"the compressed data is damaged: {e.Message}", e);
        }
    }

    /// <summary>Structure files that may hold energies: extended xyz and databases of ASE.</summary>
    [GeneratedRegex(@"\.(?:xyz|extxyz|db)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex StructureName();

    /// <summary>A JSON database of ASE, whose rows are numbered, or encoded atoms of ASE; other JSON in a folder is none of ours.</summary>
    [GeneratedRegex(@"^\s*\{\s*""\d+""\s*:|__ase_objtype__", RegexOptions.CultureInvariant)]
    private static partial Regex AseJson();

    /// <summary>A trajectory of CP2K belongs to its output.</summary>
    [GeneratedRegex(@"-(?:pos|frc|vel)-\d+\.xyz$", RegexOptions.CultureInvariant)]
    private static partial Regex Trajectory();

    /// <summary>The output of a replica of a vibrational analysis belongs to the main output.</summary>
    [GeneratedRegex(@"-r-\d+\.out$", RegexOptions.CultureInvariant)]
    private static partial Regex Replica();
}
