using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ClusterML.Acceptance;

/// <summary>The built program as a process of its own; killed when it outlives its time or the test.</summary>
public sealed class RunningCommand : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string _command;
    private readonly Process _process = new();
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Stopwatch _age = Stopwatch.StartNew();

    private RunningCommand(ProcessStartInfo start, string command)
    {
        _command = command;
        _process.StartInfo = start;
        _process.OutputDataReceived += (_, e) => Append(_out, e.Data);
        _process.ErrorDataReceived += (_, e) => Append(_error, e.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static RunningCommand Start(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(Built.CommandLine))
        {
            start.ArgumentList.Add(argument);
        }

        // A test decides where data is; what the developer's shell says must not reach it.
        start.Environment.Remove("CLUSTERML_DATA");
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(start, $"clusterml {string.Join(' ', arguments)}");
    }

    /// <summary>Waits for the end.</summary>
    public CommandResult Wait()
    {
        var left = Limit - _age.Elapsed;
        if (left <= TimeSpan.Zero || !_process.WaitForExit(left))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            Assert.Fail($"{_command}\nwas still running after {Limit}\n--- stdout\n{Text(_out)}\n--- stderr\n{Text(_error)}");
        }

        _process.WaitForExit();
        return new CommandResult(_command, _process.ExitCode, Text(_out), Text(_error));
    }

    /// <summary>Waits until <paramref name="condition"/> holds; fails when the command ends before that.</summary>
    public void WaitUntil(Func<bool> condition, string what)
    {
        while (!condition())
        {
            if (_process.HasExited || _age.Elapsed > Limit)
            {
                Assert.Fail($"{_command}\nended or took too long before {what}\n--- stdout\n{Text(_out)}\n--- stderr\n{Text(_error)}");
            }

            Thread.Sleep(10);
        }
    }

    public void Signal(PosixSignal signal) => Send(signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    });

    /// <summary>Ends the process without a chance to clean up.</summary>
    public void Kill() => Send(9);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Send(int signal) => Assert.Equal(0, SendSignal(_process.Id, signal));
}
