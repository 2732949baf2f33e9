namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Threads of ML.NET's own tree trainers (FastTree, FastForest, GAM).</summary>
internal static class TreeThreads
{
    /// <summary>
    /// With one thread they hand every feature of every split to another thread and wait for it, which costs five times as much processor
    /// time as the work itself. From two on features are handed over in bulk. Each feature is one thread's alone: results are the same bits.
    /// </summary>
    public const int Count = 2;
}
