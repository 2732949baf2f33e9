using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Imports;

/// <summary>The committed outputs, and folders to damage copies of them in.</summary>
internal sealed class ImportFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clusterml-import-").FullName;

    /// <summary>A committed file or folder.</summary>
    public static string Of(params string[] parts) =>
        Path.Combine([Published.Repository, "tests", "ClusterML.Chemistry.Tests", "Imports", "Files", .. parts]);

    /// <summary>A new folder with copies of the files of a committed folder.</summary>
    /// <param name="parts">The committed folder.</param>
    public string CopyOf(params string[] parts)
    {
        var copy = Directory.CreateDirectory(In(Path.GetRandomFileName())).FullName;
        foreach (var file in Directory.EnumerateFiles(Of(parts)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>A path in the test's own folder.</summary>
    public string In(params string[] parts) => Path.Combine([folder, .. parts]);

    /// <summary>Writes a text into the test's own folder.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>Changes a file.</summary>
    public static void Edit(string path, Func<string, string> change)
    {
        var (before, after) = (File.ReadAllText(path), change(File.ReadAllText(path)));
        Assert.NotEqual(before, after);
        File.WriteAllText(path, after);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
