namespace ClusterML.Chemistry.Files;

/// <summary>A file that one process holds open for itself; the system lets go of it however the process ends.</summary>
public sealed class FileLock : IDisposable
{
    // What the system says of a file that another process holds: EWOULDBLOCK, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
    private const int Linux = 11;
    private const int MacOs = 35;
    private const int Windows = unchecked((int)0x80070020);
    private const int WindowsLock = unchecked((int)0x80070021);

    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>The lock on <paramref name="path"/>, or null while another process holds it.</summary>
    /// <exception cref="IOException">It cannot be made for another reason, such as a disk that is full or not writable.</exception>
    public static FileLock? TryAcquire(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult is Linux or MacOs or Windows or WindowsLock)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
