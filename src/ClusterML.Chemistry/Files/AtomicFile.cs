using System.Text;

namespace ClusterML.Chemistry.Files;

/// <summary>Writes a file beside its place and renames it there, so that a reader sees the old file or the new one, never half of one.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark; the folder is made if it is missing.</summary>
    /// <exception cref="IOException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, Utf8.GetBytes(text));

    /// <summary>Writes <paramref name="bytes"/>; the folder is made if it is missing.</summary>
    /// <exception cref="IOException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void WriteBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = Beside(path);
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, Path.GetFullPath(path), overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Has a file written piece by piece; the folder is made if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes a new file under the path that it is given.</param>
    /// <exception cref="IOException">The folder cannot be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<string> write)
    {
        var beside = Beside(path);
        try
        {
            write(beside);
            File.Move(beside, Path.GetFullPath(path), overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>A new name in the same folder: a rename across file systems would be a copy, and a copy can be seen half done.</summary>
    private static string Beside(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"{path}: not a file in a folder", nameof(path));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
    }
}
