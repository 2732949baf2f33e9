using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Reads POSCAR and CONTCAR, packed or not.</summary>
internal static class VaspStructures
{
    /// <exception cref="MalformedFileException">It is damaged.</exception>
    public static Structure Read(string path)
    {
        using var stream = OutputLines.Open(path);
        using var reader = new StreamReader(stream);
        return StructureFile.Read(reader, StructureFormat.Poscar, path).First();
    }
}
