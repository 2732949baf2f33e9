namespace ClusterML.Data.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("clusterml").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The problems that <paramref name="load"/> reports, without the folder's own path.</summary>
    public string Problems(Action load) =>
        Assert.Throws<DataException>(load).Message.Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(Path, "FOLDER", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
