namespace ClusterML.Chemistry.Calculations;

/// <summary>The files of a folder of calculations, those of its subfolders included: a subfolder holds the calculations of one recipe.</summary>
public static class CalculationFiles
{
    private const string Pattern = "*.json";

    // Editors keep hidden copies beside what they edit, and a link may lead back to where it is.
    private static readonly EnumerationOptions Visible = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = true,
    };

    /// <summary>Every file (*.json), in the ordinal order of <see cref="NameIn"/>, so that neither system nor separator decides on an order.</summary>
    /// <param name="folder">The folder; paths begin with it as it was given.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, Pattern, Visible).OrderBy(file => NameIn(folder, file), StringComparer.Ordinal)];

    /// <summary>A file by its path in the folder, with slashes: <c>Ti_atom.json</c>, <c>fe/Ti_atom.json</c>.</summary>
    public static string NameIn(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
