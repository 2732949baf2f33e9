using System.Text.Json;

namespace ClusterML.Acceptance;

/// <summary>A temporary folder that a user works in; removed with everything in it.</summary>
public sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-acceptance-");

    public string Folder => _folder.FullName;

    /// <summary>Environment variables that commands get.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Run folders below <c>artifacts/runs</c>, the oldest first.</summary>
    public IReadOnlyList<string> RunFolders =>
        Directory.Exists(PathOf("artifacts/runs")) ? [.. Directory.EnumerateDirectories(PathOf("artifacts/runs")).Order(StringComparer.Ordinal)] : [];

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Writes a file, making its folder.</summary>
    public Workspace Write(string file, string content)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    public CommandResult Run(params string[] arguments)
    {
        using var command = Start(arguments);
        return command.Wait();
    }

    public RunningCommand Start(params string[] arguments) => RunningCommand.Start(Folder, Environment, arguments);

    /// <summary>State of every stage of a run: <c>run</c> or <c>cached</c>.</summary>
    public static IReadOnlyDictionary<string, string> StageStates(string runFolder) =>
        ReadJson(runFolder, "plan.json").GetProperty("stages").EnumerateArray()
            .ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("state").GetString()!);

    public static JsonElement ReadJson(string runFolder, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(runFolder, file))).RootElement;

    public void Dispose() => _folder.Delete(recursive: true);
}
