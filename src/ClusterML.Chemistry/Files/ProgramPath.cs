namespace ClusterML.Chemistry.Files;

/// <summary>Finds programs as a shell does.</summary>
public static class ProgramPath
{
    /// <summary>The file of a program, or null when there is none.</summary>
    /// <param name="program">A name, looked for in the folders of <paramref name="path"/>, or a path of its own.</param>
    /// <param name="path">The variable PATH; null or empty holds no folder.</param>
    public static string? Find(string program, string? path)
    {
        if (program.Contains(Path.DirectorySeparatorChar))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }
}
