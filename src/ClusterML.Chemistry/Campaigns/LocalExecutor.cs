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
    private static readonly TimeSpan Noted = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<Execution> RunAsync(EngineCommand command, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Start(command, folder);
        if (ProcessIdentity.Of(process.Id) is { } identity)
        {
            AtomicFile.WriteText(Path.Combine(folder, ProcessFile), JsonSerializer.Serialize(new StartedProcess(process.Id, identity)));
        }

        return await WaitAsync(process, folder, new(0, 0), limit, isChild: true, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Execution>? TryAdopt(string folder, TimeSpan limit, CancellationToken cancellation) =>
        Living(folder) is { } process ? AdoptAsync(process, folder, limit, cancellation) : null;

    /// <summary>Whether a process was started in this folder.</summary>
    internal static bool HasStarted(string folder) => File.Exists(Path.Combine(folder, ProcessFile));

    /// <summary>Whether a process that was started in this folder, or in one right below it, still runs.</summary>
    internal static bool RunsIn(string folder) => Directory.Exists(folder) && Directory.GetDirectories(folder).Append(folder).Any(f =>
    {
        using var process = Living(f);
        return process is not null;
    });

    private static async Task<Execution> AdoptAsync(Process process, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        using (process)
        {
            return await WaitAsync(process, folder, EngineUsage.Of(folder), limit, isChild: false, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The process that is recorded in a folder, when it still runs and is no other that got its number; a damaged record is none.</summary>
    private static Process? Living(string folder)
    {
        var path = Path.Combine(folder, ProcessFile);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<StartedProcess>(File.ReadAllText(path)) is { Identity: { } identity } started
                && ProcessIdentity.Of(started.Id) == identity
                ? Process.GetProcessById(started.Id)
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
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

    /// <summary>
    /// What makes the engine give way. On Linux niceness counts among the processes of a session only, and sessions share the
    /// machine evenly: the engine gets a session of its own, and writes the niceness of that. Neither has to succeed.
    /// </summary>
    private IEnumerable<string> Polite()
    {
        if (niceness == 0)
        {
            yield break;
        }

        var nice = niceness.ToString(CultureInfo.InvariantCulture);
        if (OperatingSystem.IsLinux() && Find("setsid") is { } setsid)
        {
            foreach (var word in new[] { setsid, "/bin/sh", "-c", $"{{ echo {nice} >/proc/self/autogroup; }} 2>/dev/null; exec \"$@\"", "sh" })
            {
                yield return word;
            }
        }

        if (Find("nice") is { } program)
        {
            yield return program;
            yield return "-n";
            yield return nice;
        }
    }

    private static async Task<Execution> WaitAsync(
        Process process, string folder, EngineUsage? before, TimeSpan limit, bool isChild, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var cpu = before?.CpuSeconds ?? double.NaN;
        var noted = TimeSpan.Zero;
        var timedOut = false;

        EngineUsage Seen() => new((before?.WallSeconds ?? 0) + watch.Elapsed.TotalSeconds, cpu);
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
                cpu = process.TotalProcessorTime.TotalSeconds;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                // It ended between the two questions; what was seen last stands.
            }

            if (watch.Elapsed - noted >= Noted)
            {
                noted = watch.Elapsed;
                Seen().Write(folder);
            }

            await Task.Delay(Poll, CancellationToken.None).ConfigureAwait(false);
        }

        var seen = Seen();
        seen.Write(folder);
        cancellation.ThrowIfCancellationRequested();
        return new(isChild && !timedOut ? process.ExitCode : null, timedOut, seen.WallSeconds, seen.CpuSeconds);
    }

    private static string? Find(string program) => ProgramPath.Find(program, Environment.GetEnvironmentVariable("PATH"));

    private sealed record StartedProcess(int Id, string? Identity);
}
