using System.Runtime.InteropServices;

namespace ClusterML.Cli.Terminal;

/// <summary>Why work was asked to stop: a signal, or a budget that ran out.</summary>
internal interface IInterruption
{
    CancellationToken Token { get; }

    /// <summary>The exit code that goes with the reason; null while nothing asked to stop.</summary>
    int? ExitCode { get; }

    /// <summary>Asks to stop after <paramref name="budget"/>, with exit code 75.</summary>
    void StopAfter(TimeSpan budget, TimeProvider clock);
}

/// <summary>Turns SIGINT and SIGTERM into a cancellation; a second signal ends the process at once.</summary>
internal sealed class SignalInterruption : IInterruption, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ITimer? _timer;
    private int _exitCode;

    public SignalInterruption()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Handle(c, ExitCodes.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Handle(c, ExitCodes.Terminated)));
    }

    public CancellationToken Token => _source.Token;

    public int? ExitCode => Volatile.Read(ref _exitCode) is var code && code == 0 ? null : code;

    public void StopAfter(TimeSpan budget, TimeProvider clock) =>
        _timer = clock.CreateTimer(_ => Stop(ExitCodes.BudgetUsedUp), null, budget, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer?.Dispose();
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode) => context.Cancel = Stop(exitCode);

    // True for the first reason only, so that a second Ctrl+C has its usual effect on a step that does not answer.
    private bool Stop(int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
        {
            return false;
        }

        _source.Cancel();
        return true;
    }
}
