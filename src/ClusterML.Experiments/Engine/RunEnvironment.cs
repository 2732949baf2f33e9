using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;

namespace ClusterML.Experiments.Engine;

/// <summary><c>environment.json</c>: what a reader needs to judge whether two runs are comparable.</summary>
internal static class RunEnvironment
{
    private static readonly string[] Packages =
        ["Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.LightGbm", "Microsoft.ML.OnnxTransformer", "Microsoft.ML.OnnxRuntime", "MathNet.Numerics", "YamlDotNet", "TorchSharp"];

    public static string Describe(LoadedExperiment experiment, int parallelism)
    {
        var seeds = experiment.Seeds;
        var repository = experiment.ConfigFolder;
        var document = new JsonObject
        {
            ["clusterml"] = Version(typeof(RunEnvironment).Assembly),
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["cpu"] = CpuModel(),
            ["processors"] = Environment.ProcessorCount,
            ["parallelism"] = parallelism,
            ["packages"] = new JsonObject(Packages.Select(p => KeyValuePair.Create(p, (JsonNode?)PackageVersion(p)))),
            ["git_commit"] = Git(repository, "rev-parse HEAD"),
            ["git_dirty"] = Git(repository, "status --porcelain --untracked-files=no") is { } status ? status.Length > 0 : null,
            ["seed"] = seeds.Root,
            ["seed_streams"] = new JsonObject(Streams(experiment).Select(s => KeyValuePair.Create(s, (JsonNode?)seeds.Seed(s)))),
        };
        return document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>The named streams that the run draws from; splits, folds and steps derive theirs from these names.</summary>
    private static IEnumerable<string> Streams(LoadedExperiment experiment) =>
    [
        .. experiment.Config.Backbone is PretrainBackboneConfig ? new[] { "split", "init", "shuffle", "dropout" } : [],
        .. experiment.Config.Protocols.SelectMany(p => new[] { $"split/{p.Name}", $"folds/{p.Name}", $"bootstrap/{p.Name}" }),
        .. experiment.Models.SelectMany(m => Enumerable.Range(0, m.Seeds).Select(r => PipelineFactory.ModelStream(m.Name, r))),
        .. experiment.Models.Count > 0 ? new[] { "folds/fit" } : [],
    ];

    private static string? PackageVersion(string name)
    {
        try
        {
            return Version(Assembly.Load(name));
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }

    private static string? Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();

    private static string? CpuModel()
    {
        const string file = "/proc/cpuinfo";
        return File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }

    private static string? Git(string folder, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            return process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this system: a run outside a checkout has no commit to name either.
            return null;
        }
    }
}
