using System.Diagnostics;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>Debian's python3 with ASE, which the formats are compared with.</summary>
internal static class AseProgram
{
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<string?> Found = new(() => Array.Find(Interpreters, i => Run(i, "-c", "import ase.io, ase.db, numpy") is { Code: 0 }));

    /// <summary>The interpreter; without one the test is skipped, or fails when <c>CI=true</c>.</summary>
    public static string OrSkip()
    {
        const string Reason = "no python3 with ASE (Debian package python3-ase)";
        if (Found.Value is null)
        {
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), Reason);
            Assert.Skip(Reason);
        }

        return Found.Value;
    }

    /// <summary>Runs <c>ase_structures.py</c>.</summary>
    public static void Run(string action, string folder)
    {
        var script = Path.Combine(ClusterML.Tests.Published.Repository, "tests", "ClusterML.Chemistry.Tests", "Formats", "ase_structures.py");
        var (code, said) = Run(OrSkip(), "-B", script, action, folder)!.Value;
        Assert.True(code == 0, said);
    }

    private static (int Code, string Said)? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
