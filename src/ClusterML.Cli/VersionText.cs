using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ClusterML.Cli;

/// <summary>The version of this program and of the libraries that decide its numbers; loads none of them.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static string Program => Informational(typeof(VersionText).Assembly);

    public static string Libtorch => typeof(VersionText).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "LibtorchVersion")?.Value ?? "unknown";

    public static string OnnxRuntime => Informational(typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly);

    public override int Invoke(ParseResult parseResult)
    {
        var writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine($"clusterml {Program}");
        writer.WriteLine($"libtorch {Libtorch} (TorchSharp {Informational(typeof(TorchSharp.torch).Assembly)})");
        writer.WriteLine($"ONNX Runtime {OnnxRuntime}");
        writer.WriteLine($"ML.NET {Informational(typeof(Microsoft.ML.MLContext).Assembly)}");
        writer.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        return ExitCodes.Done;
    }

    // Build metadata after the plus sign names a commit of someone else's repository.
    private static string Informational(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "unknown").Split('+')[0];
}
