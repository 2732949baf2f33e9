using ClusterML.Cli.Terminal;

namespace ClusterML.Cli;

/// <summary>A file or folder that the user names for reading: one wording and one exit code for what is not there.</summary>
internal static class InputPath
{
    /// <summary>The full path of a file.</summary>
    /// <exception cref="CommandFailure">There is none, or it is a folder.</exception>
    public static string File(Session session, string path) => Directory.Exists(session.FullPath(path))
        ? throw new CommandFailure(ExitCodes.InvalidConfig, [new Problem("is a folder; give a file", path)])
        : Any(session, path);

    /// <summary>The full path of a file or a folder.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static string Any(Session session, string path) => All(session, [path])[0];

    /// <summary>The full paths of files and folders.</summary>
    /// <exception cref="CommandFailure">Some are not there; each is named.</exception>
    public static IReadOnlyList<string> All(Session session, IReadOnlyList<string> paths)
    {
        var missing = paths.Where(p => !Path.Exists(session.FullPath(p))).Select(p => new Problem(Missing, p)).ToList();
        return missing.Count == 0 ? [.. paths.Select(session.FullPath)] : throw new CommandFailure(ExitCodes.InvalidConfig, missing);
    }

    /// <summary>Refuses a file whose name ends in none of <paramref name="extensions"/>; folders pass.</summary>
    /// <exception cref="CommandFailure">The file is of another kind.</exception>
    public static void OfKind(string full, string path, string kinds, params IReadOnlyList<string> extensions)
    {
        if (!Directory.Exists(full) && !extensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase))
        {
            throw new CommandFailure(ExitCodes.WrongUsage, [new Problem($"not a kind of file that this verb takes: give {kinds}", path)]);
        }
    }

    /// <summary>What is said of a path that leads nowhere.</summary>
    public const string Missing = "there is no such file or folder";
}
