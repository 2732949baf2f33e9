using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports.Cp2k;
using ClusterML.Chemistry.Imports.Vasp;

namespace ClusterML.Chemistry.Imports;

/// <summary>Imports finished calculations: outputs of CP2K, files of VASP, extended xyz, databases and JSON of ASE.</summary>
/// <remarks>
/// Convergence, kind of energy, spin and method are read from the files, never assumed. A run that was cut off gives a
/// calculation flagged as not converged where it holds an energy, and an error where it does not. Outputs are read as
/// streams. docs/importing.md says what is read from which file.
/// </remarks>
public static class CalculationImporter
{
    /// <summary>Reads the calculations of a file or folder.</summary>
    /// <param name="path">A file, a folder of VASP, or a folder that holds such files and folders, however deep.</param>
    /// <param name="options">What cannot be read from the files.</param>
    /// <returns>The calculations in the order of their paths and frames; at least one.</returns>
    /// <exception cref="MalformedFileException">The first source that cannot be imported, or a folder without any.</exception>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static IReadOnlyList<ImportedCalculation> Read(string path, ImportOptions? options = null)
    {
        var found = Sources(path).SelectMany(source => ReadSource(source, options ?? new())).ToArray();
        return found.Length > 0
            ? found
            : throw new MalformedFileException(path, 0, 0, "no calculation found: expected outputs of CP2K (*.out), files of VASP (vasprun.xml, OUTCAR), extended xyz, or ASE db or json");
    }

    /// <summary>What <see cref="Read"/> would read, each a file or a VASP folder, so that a caller can go on after one that fails.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static IReadOnlyList<string> Sources(string path) => ImportSources.Of(path);

    private static IReadOnlyList<ImportedCalculation> ReadSource(string source, ImportOptions options) => ImportSources.FormatOf(source) switch
    {
        ImportFormat.Cp2k => [Cp2kImport.Read(source)],
        ImportFormat.Vasp => [VaspImport.Read(VaspFiles.Of(source) ?? VaspFiles.OfFile(source))],
        ImportFormat.Structures => StructureImport.Read(source, options),
        ImportFormat.Calculation => [new() { Calculation = CalculationFile.ReadAny(source), Format = ImportFormat.Calculation, Source = source }],
        _ => throw new MalformedFileException(source, 0, 0, NotKnown(source)),
    };

    private static string NotKnown(string source) => ImportPaths.Unpacked(Path.GetFileName(source)) switch
    {
        "POSCAR" or "CONTCAR" or "DOSCAR" or "EIGENVAL" => "it holds no total energy; import the folder, with vasprun.xml or OUTCAR in it",
        _ => "not a file that can be imported: expected an output of CP2K, vasprun.xml or OUTCAR of VASP, extended xyz, or ASE db or json",
    };
}
