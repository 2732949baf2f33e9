using static TorchSharp.torch;

namespace ClusterML.Transformer.Nn;

/// <summary>The right to compute with torch, at a number of threads.</summary>
/// <remarks>
/// Torch has one number of threads for the whole process, and results repeat bit for bit only at a fixed number. Whoever computes
/// therefore holds this, so that trainings asked for at once run one after the other and none changes the number of another.
/// The holder's own thread may take it again, as a training's progress report that embeds rows does.
/// </remarks>
internal sealed class TorchThreads : IDisposable
{
    private static readonly Lock Gate = new();
    private readonly int before;

    private TorchThreads(int before) => this.before = before;

    /// <summary>Waits for the right; dispose what is returned on the same thread to set the number back and give it up.</summary>
    /// <param name="threads">The number of threads; null keeps the process's own.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="DllNotFoundException">Torch cannot be loaded on this system.</exception>
    public static TorchThreads Use(int? threads = null, CancellationToken cancellation = default)
    {
        NativeLibraryLoader.EnsureLoaded();
        while (!Gate.TryEnter(TimeSpan.FromMilliseconds(100)))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        try
        {
            var right = new TorchThreads(get_num_threads());
            if (threads is { } count)
            {
                set_num_threads(count);
            }

            return right;
        }
        catch
        {
            Gate.Exit();
            throw;
        }
    }

    /// <summary>Sets the number back and lets the next one in.</summary>
    public void Dispose()
    {
        set_num_threads(before);
        Gate.Exit();
    }
}
