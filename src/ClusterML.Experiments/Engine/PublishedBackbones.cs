using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Engine;

/// <summary>Finds the folder of a published backbone by its path or its name.</summary>
internal static class PublishedBackbones
{
    /// <summary>Environment variable with a folder of backbones that is searched first.</summary>
    public const string RootVariable = "CLUSTERML_BACKBONES";

    private static readonly string BelowRoot = Path.Combine("artifacts", "backbones");

    /// <summary>The folder, whether or not it is there.</summary>
    /// <param name="config">The backbone.</param>
    /// <param name="configFolder">Folder of the config, at which paths start.</param>
    public static string FolderOf(PublishedBackboneConfig config, string configFolder) => config switch
    {
        { Path.Length: > 0 } => Path.GetFullPath(config.Path, configFolder),
        { Name.Length: > 0 } => Candidates(config.Name, configFolder).FirstOrDefault(Directory.Exists) ?? Candidates(config.Name, configFolder).First(),
        _ => configFolder,
    };

    /// <summary>What is wrong with the place of a backbone, and the key that it is about; null when it is there.</summary>
    public static (string Key, string Message)? Problem(PublishedBackboneConfig config, string configFolder)
    {
        if (config is { Path.Length: > 0 } == config is { Name.Length: > 0 })
        {
            return ("backbone", "give either path (a folder) or name (a backbone of artifacts/backbones)");
        }

        if (config.Name is { } name && name.Length > 0 && (name.Contains('/') || name.Contains('\\') || name is "." or ".."))
        {
            return ("backbone.name", $"{name} is a path; a name is that of a folder under artifacts/backbones, or give path");
        }

        var folder = FolderOf(config, configFolder);
        if (Directory.Exists(folder))
        {
            return null;
        }

        return config.Path is { Length: > 0 }
            ? ("backbone.path", $"there is no folder {folder}")
            : ("backbone.name", $"there is no backbone {config.Name}; looked in {string.Join(", ", Candidates(config.Name!, configFolder).Select(Path.GetDirectoryName))}");
    }

    private static IEnumerable<string> Candidates(string name, string configFolder)
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root)
        {
            yield return Path.Combine(Path.GetFullPath(root), name);
        }

        for (var folder = new DirectoryInfo(configFolder); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, BelowRoot, name);
        }
    }
}
