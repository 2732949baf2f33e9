using System.Text;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads and writes files of structures: xyz, extended xyz, POSCAR and CONTCAR, JSON and SQLite of ASE.</summary>
/// <remarks>
/// <para>Names, units and conventions are those of ASE 3.22: Angstrom, eV, eV/Angstrom; <c>energy</c>, <c>free_energy</c>,
/// <c>forces</c>, <c>momenta</c>, <c>magmoms</c>, <c>charges</c>, <c>tags</c>. <c>stress</c> stays as the file has it: 3 x 3 in extended
/// xyz, six numbers xx yy zz yz xz xy in the formats of ASE.</para>
/// <para>Constraints: <c>move_mask</c>, true where an atom may move, [N] or along x, y, z [N, 3]; <c>selective_dynamics</c>, the same
/// along the vectors of the cell [N, 3].</para>
/// <para>Frames are read as they are asked for; memory holds one of them. <see cref="FormatLimits"/> bounds what is accepted.</para>
/// </remarks>
public static class StructureFile
{
    /// <summary>Reads a file, frame by frame; it is opened when the first one is asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format; null to go by its name (<see cref="FormatOf"/>), else by its first lines. The comment of
    /// each frame then tells whether xyz is extended.</param>
    /// <exception cref="MalformedFileException">While enumerating: the file cannot be understood.</exception>
    /// <exception cref="IOException">While enumerating: the file cannot be opened or read.</exception>
    public static IEnumerable<Structure> Read(string path, StructureFormat? format = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var structure in Read(stream, format ?? FormatOf(path), path, isGivenFormat: format is not null))
        {
            yield return structure;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The text; it is not closed.</param>
    /// <param name="format">Its format, one of text.</param>
    /// <param name="name">The name that errors give.</param>
    /// <exception cref="MalformedFileException">While enumerating: the text cannot be understood.</exception>
    public static IEnumerable<Structure> Read(TextReader reader, StructureFormat format, string name = "(text)") =>
        ReadText(reader, format, name);

    /// <summary>Writes a file: beside it first, then renamed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="structures">The frames; a POSCAR takes one.</param>
    /// <param name="format">Its format; null to go by its name, where <c>.xyz</c> is extended.</param>
    /// <exception cref="ArgumentException">The name tells no format, or the format has no room for a structure.</exception>
    public static void Write(string path, IEnumerable<Structure> structures, StructureFormat? format = null)
    {
        var chosen = format ?? FormatOf(path)
            ?? throw new ArgumentException($"the name {Path.GetFileName(path)} tells no format: {Known}", nameof(path));
        var full = Path.GetFullPath(path);
        var beside = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var writer = new StreamWriter(beside, false, new UTF8Encoding(false)))
            {
                Write(writer, structures, chosen);
            }

            File.Move(beside, full, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Writes a text.</summary>
    /// <param name="writer">Takes the text; it is not closed.</param>
    /// <param name="structures">The frames; a POSCAR takes one.</param>
    /// <param name="format">The format, one of text.</param>
    /// <exception cref="ArgumentException">The format has no room for a structure.</exception>
    public static void Write(TextWriter writer, IEnumerable<Structure> structures, StructureFormat format)
    {
        switch (format)
        {
            case StructureFormat.Xyz:
                foreach (var structure in structures)
                {
                    XyzWriter.WritePlain(writer, structure);
                }

                break;
            case StructureFormat.ExtendedXyz:
                foreach (var structure in structures)
                {
                    XyzWriter.WriteExtended(writer, structure);
                }

                break;
            case StructureFormat.Poscar:
                var frames = structures.Take(2).ToList();
                PoscarWriter.Write(writer, frames.Count == 1
                    ? frames[0]
                    : throw new ArgumentException(frames.Count == 0 ? "there is no structure to write" : "a POSCAR holds one structure", nameof(structures)));
                break;
            default:
                throw new ArgumentException($"{format} is not written as text", nameof(format));
        }
    }

    /// <summary>The format that the name of a file tells, or null.</summary>
    /// <remarks><c>.xyz</c> and <c>.extxyz</c>: extended xyz; POSCAR*, CONTCAR*, <c>.poscar</c>, <c>.contcar</c>, <c>.vasp</c>; <c>.json</c>; <c>.db</c>.</remarks>
    public static StructureFormat? FormatOf(string path)
    {
        var name = Path.GetFileName(path);
        bool Begins(string text) => name.StartsWith(text, StringComparison.OrdinalIgnoreCase);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".xyz" or ".extxyz" => StructureFormat.ExtendedXyz,
            ".json" => StructureFormat.AseJson,
            ".db" => StructureFormat.AseDb,
            ".vasp" or ".poscar" or ".contcar" => StructureFormat.Poscar,
            _ when Begins("POSCAR") || Begins("CONTCAR") => StructureFormat.Poscar,
            _ => null,
        };
    }

    private const string Known = "*.xyz, *.extxyz, POSCAR*, CONTCAR*, *.vasp, *.poscar, *.json and *.db are known; else say which format it is";

    /// <summary>Reads bytes.</summary>
    internal static IEnumerable<Structure> Read(Stream stream, StructureFormat? format, string name, bool isGivenFormat)
    {
        using var reader = TextLines.Decode(stream);
        var dialect = !isGivenFormat && format == StructureFormat.ExtendedXyz ? null : format;
        foreach (var structure in ReadText(reader, dialect, name))
        {
            yield return structure;
        }
    }

    private static IEnumerable<Structure> ReadText(TextReader reader, StructureFormat? format, string name)
    {
        var lines = new TextLines(reader, name);
        return format switch
        {
            StructureFormat.Poscar => One(lines),
            null or StructureFormat.Xyz or StructureFormat.ExtendedXyz => new XyzReader(lines, format).Read(),
            _ => throw new ArgumentException($"{format} is not a format of text", nameof(format)),
        };
    }

    private static IEnumerable<Structure> One(TextLines lines)
    {
        yield return new PoscarReader(lines).Read();
    }
}
