using System.Text;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Formats;

/// <summary>Reads and writes files of structures: xyz, extended xyz, POSCAR and CONTCAR, JSON and SQLite of ASE.</summary>
/// <remarks>
/// <para>Names, units and conventions are those of ASE 3.22: Angstrom, eV, eV/Angstrom; <c>energy</c>, <c>free_energy</c>,
/// <c>forces</c>, <c>momenta</c>, <c>magmoms</c>, <c>charges</c>, <c>tags</c>. <c>stress</c> stays as the file has it: 3 x 3 in extended
/// xyz, six numbers xx yy zz yz xz xy in the formats of ASE.</para>
/// <para>Constraints: <c>move_mask</c>, true where an atom may move, [N] or along x, y, z [N, 3]; <c>selective_dynamics</c>, the same
/// along the vectors of the cell [N, 3].</para>
/// <para>Rows of ASE also give <c>unique_id</c>, <c>ctime</c> and <c>mtime</c> (years since 2000), <c>user</c>, <c>calculator</c> and
/// <c>calculator_parameters</c>. What is no value (an object, a list of mixed kinds) is a text of JSON after <c>_JSON </c>.</para>
/// <para>Frames are read as they are asked for; memory holds one of them. <see cref="FormatLimits"/> bounds what is accepted.</para>
/// </remarks>
public static class StructureFile
{
    private const string Known = "*.xyz, *.extxyz, POSCAR*, CONTCAR*, *.vasp, *.poscar, *.json and *.db are known; else say which format it is";

    /// <summary>Reads a file, frame by frame; it is opened when the first one is asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format; null to go by its name (<see cref="FormatOf"/>), else by its first lines. The comment of
    /// each frame then tells whether xyz is extended.</param>
    /// <exception cref="MalformedFileException">While enumerating: the file cannot be understood.</exception>
    /// <exception cref="IOException">While enumerating: the file cannot be opened or read.</exception>
    public static IEnumerable<Structure> Read(string path, StructureFormat? format = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var found = format ?? FormatOf(path) ?? FormatSniffer.Sniff(stream, path, Known);
        if (found == StructureFormat.AseDb)
        {
            stream.Dispose();
            foreach (var structure in new AseDbReader(path).Read())
            {
                yield return structure;
            }

            yield break;
        }

        foreach (var structure in Read(stream, format is null && found is StructureFormat.ExtendedXyz or StructureFormat.Xyz ? null : found, path))
        {
            yield return structure;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="reader">The text; it is not closed.</param>
    /// <param name="format">Its format, one of text; null for xyz that is extended where the comment of a frame says so.</param>
    /// <param name="name">The name that errors give.</param>
    /// <exception cref="ArgumentException">The format is not one of text.</exception>
    /// <exception cref="MalformedFileException">While enumerating: the text cannot be understood.</exception>
    public static IEnumerable<Structure> Read(TextReader reader, StructureFormat? format, string name = "(text)") => format switch
    {
        null or StructureFormat.Xyz or StructureFormat.ExtendedXyz => new XyzReader(new(reader, name), format).Read(),
        StructureFormat.Poscar => new PoscarReader(new(reader, name)).ReadAll(),
        StructureFormat.AseJson => new AseJsonReader(reader, name).Read(),
        _ => throw new ArgumentException($"{format} is not a format of text", nameof(format)),
    };

    /// <summary>Writes a file: beside it first, then renamed. The folder is made if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="structures">The frames; a POSCAR takes one.</param>
    /// <param name="format">Its format; null to go by its name, where <c>.xyz</c> is extended.</param>
    /// <param name="clock">Tells the time that rows of ASE carry when a structure has no <c>ctime</c>; the clock of the system by default.</param>
    /// <exception cref="ArgumentException">The name tells no format, or the format has no room for a structure.</exception>
    public static void Write(string path, IEnumerable<Structure> structures, StructureFormat? format = null, TimeProvider? clock = null)
    {
        var chosen = format ?? FormatOf(path)
            ?? throw new ArgumentException($"the name {Path.GetFileName(path)} tells no format: {Known}", nameof(path));
        AtomicFile.Write(path, beside =>
        {
            if (chosen == StructureFormat.AseDb)
            {
                AseDbWriter.Write(beside, structures, Time(clock));
                return;
            }

            using var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream, new UTF8Encoding(false));
            Write(writer, structures, chosen, clock);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        });
    }

    /// <summary>Writes a text.</summary>
    /// <param name="writer">Takes the text; it is not closed.</param>
    /// <param name="structures">The frames; a POSCAR takes one.</param>
    /// <param name="format">The format, one of text.</param>
    /// <param name="clock">Tells the time that rows of ASE carry when a structure has no <c>ctime</c>; the clock of the system by default.</param>
    /// <exception cref="ArgumentException">The format is not one of text, or has no room for a structure.</exception>
    public static void Write(TextWriter writer, IEnumerable<Structure> structures, StructureFormat format, TimeProvider? clock = null)
    {
        switch (format)
        {
            case StructureFormat.Xyz or StructureFormat.ExtendedXyz:
                foreach (var structure in structures)
                {
                    XyzWriter.Write(writer, structure, isExtended: format == StructureFormat.ExtendedXyz);
                }

                break;
            case StructureFormat.Poscar:
                var frames = structures.Take(2).ToList();
                PoscarWriter.Write(writer, frames.Count == 1
                    ? frames[0]
                    : throw new ArgumentException(frames.Count == 0 ? "there is no structure to write" : "a POSCAR holds one structure", nameof(structures)));
                break;
            case StructureFormat.AseJson:
                AseJsonWriter.Write(writer, structures, Time(clock));
                break;
            default:
                throw new ArgumentException($"{format} is not a format of text", nameof(format));
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

    /// <summary>Reads bytes of a format of text; null for xyz that goes by the comments.</summary>
    internal static IEnumerable<Structure> Read(Stream stream, StructureFormat? format, string name)
    {
        using var reader = TextLines.Decode(stream);
        foreach (var structure in Read(reader, format, name))
        {
            yield return structure;
        }
    }

    /// <summary>Years since 2000 as ASE counts them: of 365.25 days, from 1 January, 0 h in central Europe.</summary>
    private static double Time(TimeProvider? clock) =>
        ((clock ?? TimeProvider.System).GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(946_681_200)).TotalSeconds / 31_557_600;
}
