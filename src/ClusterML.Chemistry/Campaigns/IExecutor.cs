using ClusterML.Chemistry.Engines;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Where engine processes run: this machine, or a cluster that takes jobs.</summary>
public interface IExecutor
{
    /// <summary>Runs a command in a folder and waits for its end.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="folder">The folder to run it in.</param>
    /// <param name="limit">How long it may take; then it is ended.</param>
    /// <param name="cancellation">Ends the process.</param>
    /// <exception cref="OperationCanceledException">Asked to stop; the process is gone.</exception>
    /// <exception cref="EngineNotFoundException">The program cannot be started.</exception>
    Task<Execution> RunAsync(EngineCommand command, string folder, TimeSpan limit, CancellationToken cancellation);

    /// <summary>Waits for a process that an earlier program started in this folder and that outlived it.</summary>
    /// <returns>Null when there is none.</returns>
    Task<Execution>? TryAdopt(string folder, TimeSpan limit, CancellationToken cancellation);
}
