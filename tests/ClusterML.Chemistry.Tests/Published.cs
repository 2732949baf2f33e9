namespace ClusterML.Tests;

/// <summary>Where the tests find the repository and the published tables that are not shipped with it.</summary>
internal static class Published
{
    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } =
        Above(folder => File.Exists(Path.Combine(folder, "ClusterML.sln")) ? folder : null)
        ?? throw new InvalidOperationException("the tests run outside the repository");

    /// <summary>A published file, or a skipped test: CLUSTERML_DATA names the folder, else it is shared/data beside the repository.</summary>
    public static string Table(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("CLUSTERML_DATA") is { Length: > 0 } named
            ? named
            : Above(folder => Path.Combine(folder, "shared", "data") is var data && Directory.Exists(data) ? data : null);
        var path = root is null ? null : Path.Combine([root, .. parts]);
        Assert.SkipUnless(File.Exists(path), $"the published file {string.Join('/', parts)} is not here");
        return path!;
    }

    private static string? Above(Func<string, string?> look)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (look(folder.FullName) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
