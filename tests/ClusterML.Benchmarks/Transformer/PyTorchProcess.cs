using System.Diagnostics;
using System.Globalization;

namespace ClusterML.Benchmarks.Transformer;

/// <summary>The same network in PyTorch, in a process that times what it is asked for.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    private readonly Process process;

    private PyTorchProcess(Process process, string description) => (this.process, Description) = (process, description);

    /// <summary>PyTorch's version and the network's number of weights.</summary>
    public string Description { get; }

    /// <summary>Starts it; null when Python has no torch.</summary>
    public static PyTorchProcess? TryStart(string python, string script)
    {
        var start = new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        var process = Process.Start(start);
        if (process?.StandardOutput.ReadLine() is { } description)
        {
            return new PyTorchProcess(process, description);
        }

        process?.Dispose();
        return null;
    }

    /// <summary>Milliseconds of processor time of one training step or inference.</summary>
    public double Milliseconds(string what, int batch, int runs)
    {
        process.StandardInput.WriteLine(FormattableString.Invariant($"{what} {batch} {runs}"));
        return double.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("PyTorch ended"), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
