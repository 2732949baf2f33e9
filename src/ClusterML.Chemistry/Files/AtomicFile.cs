using System.Text;

namespace ClusterML.Chemistry.Files;

/// <summary>Writes a file beside its place and renames it there, so that a reader sees the old file or the new one, never half of one.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark; the folder is made if it is missing.</summary>
    /// <exception cref="FileWriteException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, Utf8.GetBytes(text));

    /// <summary>Writes <paramref name="bytes"/>; the folder is made if it is missing.</summary>
    /// <exception cref="FileWriteException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void WriteBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var content = bytes.ToArray();
        Write(path, beside =>
        {
            using var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write);
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        });
    }

    /// <summary>Has a file written piece by piece; the folder is made if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes a new file under the path that it is given.</param>
    /// <exception cref="FileWriteException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<string> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"{path}: not a file in a folder", nameof(path));

        // A new name in the same folder: a rename across file systems would be a copy, and a copy can be seen half done.
        var name = $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp";
        var beside = Path.Combine(folder, name);
        try
        {
            MakeFolder(full, folder);
            try
            {
                write(beside);
                File.Move(beside, full, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not FileWriteException
            && (e.Message.Contains(name, StringComparison.Ordinal) || e.Message.Contains(full, StringComparison.Ordinal)))
        {
            // Other files that the writer reads while it writes keep their own messages.
            throw new FileWriteException(full, Reason(full, folder, e).Replace(beside, full, StringComparison.Ordinal), e);
        }
    }

    private static void MakeFolder(string full, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(full, Reason(full, folder, e), e);
        }
    }

    private static string Reason(string full, string folder, Exception e)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                return $"{above} is a file, not a folder";
            }
        }

        return Directory.Exists(full) ? "there is a folder of that name"
            : e is UnauthorizedAccessException ? $"no permission to write into {folder}"
            : e.Message.TrimEnd('.');
    }
}
