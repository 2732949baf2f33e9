using System.Reflection;

namespace ClusterML.Acceptance;

/// <summary>Where the build put what the tests drive.</summary>
public static class Built
{
    /// <summary>The program, <c>clusterml.dll</c>.</summary>
    public static string CommandLine { get; } = Metadata("CommandLine");

    /// <summary>A user's program that loads models without this project, <c>ClusterML.ModelConsumer.dll</c>.</summary>
    public static string ModelConsumer { get; } = Metadata("ModelConsumer");

    /// <summary>The repository, with a separator at its end.</summary>
    public static string Repository { get; } = Metadata("Repository");

    /// <summary>The folder of the published tables, or null where they are not.</summary>
    public static string? PublishedTables { get; } = Environment.GetEnvironmentVariable("CLUSTERML_DATA") is { Length: > 0 } set
        ? set
        : Path.GetFullPath(Path.Combine(Repository, "..", "shared", "data")) is var beside && Directory.Exists(beside) ? beside : null;

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
