namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>The files of one calculation of VASP, as far as they are there.</summary>
/// <param name="Source">The folder, or the one file.</param>
/// <param name="Vasprun">vasprun.xml, or null.</param>
/// <param name="Outcar">OUTCAR, or null.</param>
/// <param name="Contcar">CONTCAR, or null.</param>
/// <param name="Poscar">POSCAR, or null.</param>
/// <param name="Doscar">DOSCAR, or null.</param>
/// <param name="Eigenval">EIGENVAL, or null.</param>
internal sealed record VaspFiles(string Source, string? Vasprun, string? Outcar, string? Contcar, string? Poscar, string? Doscar, string? Eigenval)
{
    /// <summary>The files of a folder; null when neither vasprun.xml nor OUTCAR is there, nor one of them packed (<c>.gz</c>).</summary>
    public static VaspFiles? Of(string folder)
    {
        string? Find(string name) => new[] { name, $"{name}.gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

        var files = new VaspFiles(folder, Find("vasprun.xml"), Find("OUTCAR"), Find("CONTCAR"), Find("POSCAR"), Find("DOSCAR"), Find("EIGENVAL"));
        return files.Vasprun is null && files.Outcar is null ? null : files;
    }

    /// <summary>One file by itself.</summary>
    public static VaspFiles OfFile(string path) => OutcarReader.Is(path)
        ? new(path, null, path, null, null, null, null)
        : new(path, path, null, null, null, null, null);
}
