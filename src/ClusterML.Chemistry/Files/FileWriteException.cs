namespace ClusterML.Chemistry.Files;

/// <summary>A file cannot be written: names the file that was meant, not the temporary one beside it.</summary>
/// <param name="path">Full path of the file.</param>
/// <param name="reason">Why, in words for the user.</param>
/// <param name="inner">What the system said.</param>
public sealed class FileWriteException(string path, string reason, Exception inner) : IOException($"cannot write {path}: {reason}", inner)
{
    /// <summary>Full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Why, in words for the user.</summary>
    public string Reason { get; } = reason;
}
