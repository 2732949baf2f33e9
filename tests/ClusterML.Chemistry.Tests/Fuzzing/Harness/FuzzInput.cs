namespace ClusterML.Fuzzing;

/// <summary>A damaged file: in memory, and on disk for readers that need a path.</summary>
public sealed class FuzzInput(byte[] bytes, string fileName, string folder)
{
    private string? path;

    /// <summary>What the file holds.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The name that errors should give.</summary>
    public string File => path ?? fileName;

    /// <summary>The file on disk, written when it is first asked for.</summary>
    public string Path
    {
        get
        {
            if (path is null)
            {
                path = System.IO.Path.Combine(folder, fileName);
                System.IO.File.WriteAllBytes(path, Bytes);
            }

            return path;
        }
    }

    /// <summary>The file in memory.</summary>
    public Stream Open() => new MemoryStream(Bytes, writable: false);
}
