using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Runs engine processes on this machine, with low priority.</summary>
/// <param name="niceness">Niceness of the processes, 0 to 19; ignored where there is no <c>nice</c>.</param>
public sealed class LocalExecutor(int niceness) : IExecutor
{
    private const string ProcessFile = "process.json";
    private const string LogFile = "engine.log";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public async Task<Execution> RunAsync(EngineCommand command, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Start(command, folder);
        try
        {
            AtomicFile.WriteText(
                Path.Combine(folder, ProcessFile),
                JsonSerializer.Serialize(new StartedProcess(process.Id, process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture))));
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already, and nobody will have to wait for it.
        }

        return await WaitAsync(process, Stopwatch.StartNew(), limit, isChild: true, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Execution>? TryAdopt(string folder, TimeSpan limit, CancellationToken cancellation) =>
        Living(folder) is { } process ? AdoptAsync(process, limit, cancellation) : null;

    private static async Task<Execution> AdoptAsync(Process process, TimeSpan limit, CancellationToken cancellation)
    {
        using (process)
        {
            return await WaitAsync(process, Stopwatch.StartNew(), limit, isChild: false, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The process that is recorded in a folder, when it still runs and is no other that got its number.</summary>
    private static Process? Living(string folder)
    {
        var path = Path.Combine(folder, ProcessFile);
        if (!File.Exists(path) || JsonSerializer.Deserialize<StartedProcess>(File.ReadAllText(path)) is not { } started)
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(started.Id);
            var start = DateTime.Parse(started.StartedUtc, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return !process.HasExited && Math.Abs((process.StartTime.ToUniversalTime() - start).TotalSeconds) < 1 ? process : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has gone, before or while it was looked at.
            return null;
        }
    }

    private Process Start(EngineCommand command, string folder)
    {
        var program = Find(command.Program) ?? throw new EngineNotFoundException(command.Program, "no such program on the path");
        var start = new ProcessStartInfo { WorkingDirectory = folder, UseShellExecute = false };
        IEnumerable<string> line = [program, .. command.Arguments];
        if (OperatingSystem.IsWindows())
        {
            start.FileName = program;
            line = command.Arguments;
        }
        else
        {
            // The engine must not hold the streams of this program: it may outlive it, and what it says belongs into its folder.
            start.FileName = "/bin/sh";
            line = ["-c", $"exec \"$@\" </dev/null >{LogFile} 2>&1", "sh", .. Polite(), .. line];
        }

        foreach (var argument in line)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new EngineNotFoundException(command.Program, e.Message, e);
        }
    }

    private IEnumerable<string> Polite() =>
        niceness > 0 && Find("nice") is { } nice ? [nice, "-n", niceness.ToString(CultureInfo.InvariantCulture)] : [];

    private static async Task<Execution> WaitAsync(Process process, Stopwatch watch, TimeSpan limit, bool isChild, CancellationToken cancellation)
    {
        var cpu = TimeSpan.Zero;
        var timedOut = false;
        while (!process.HasExited)
        {
            if (cancellation.IsCancellationRequested || watch.Elapsed > limit)
            {
                timedOut = !cancellation.IsCancellationRequested;
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                break;
            }

            try
            {
                cpu = process.TotalProcessorTime;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It ended between the two questions; what was seen last stands.
            }

            await Task.Delay(Poll, CancellationToken.None).ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
        return new(isChild && !timedOut ? process.ExitCode : null, timedOut, watch.Elapsed.TotalSeconds, cpu.TotalSeconds);
    }

    private static string? Find(string program) => ProgramPath.Find(program, Environment.GetEnvironmentVariable("PATH"));

    private sealed record StartedProcess(int Id, string StartedUtc);
}
