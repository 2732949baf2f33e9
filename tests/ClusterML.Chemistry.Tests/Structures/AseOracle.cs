using System.Diagnostics;
using System.Text.Json;

namespace ClusterML.Chemistry.Tests.Structures;

/// <summary>What Debian's python3-ase says.</summary>
internal static class AseOracle
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> IsInstalled = new(() => Start("import ase").ExitCode == 0);

    /// <summary>Runs a script that prints JSON; skips the test where ASE is not installed, or fails it when <c>CI=true</c>.</summary>
    public static JsonElement Run(string script)
    {
        if (!IsInstalled.Value)
        {
            const string Reason = "python3-ase is not installed";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), Reason);
            Assert.Skip(Reason);
        }

        var (exitCode, output, error) = Start(script);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int ExitCode, string Output, string Error) Start(string script)
    {
        if (!File.Exists(Python))
        {
            return (-1, "", "");
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
