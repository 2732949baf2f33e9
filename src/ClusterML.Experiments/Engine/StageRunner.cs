using System.Diagnostics;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Engine;

/// <summary>Runs stages in order, takes from the cache what is up to date, and keeps <c>plan.json</c> true all the while.</summary>
internal sealed class StageRunner(StageCache cache, RunDirectory run, IRunObserver observer, TimeProvider clock)
{
    private readonly List<StageRecord> records = [];
    private readonly HashSet<string> redone = [];

    /// <summary>Runs or reuses every stage.</summary>
    /// <exception cref="OperationCanceledException">The run was asked to stop; finished stages and checkpoints stay.</exception>
    public void Run(IReadOnlyList<Stage> stages, IReadOnlySet<string> force, CancellationToken cancellation)
    {
        records.Clear();
        records.AddRange(stages.Select(s => new StageRecord(s.Name, s.Hash, [.. s.Inputs.Select(i => i.Name)])));
        run.WritePlan(records, finished: false);
        for (var i = 0; i < stages.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            records[i] = RunOne(stages[i], records[i], force, cancellation);
            run.WritePlan(records, finished: false);
        }
    }

    /// <summary>Marks the run as finished.</summary>
    public void Finish() => run.WritePlan(records, finished: true);

    private StageRecord RunOne(Stage stage, StageRecord record, IReadOnlySet<string> force, CancellationToken cancellation)
    {
        var forced = force.Contains(stage.Name) || force.Contains(stage.Kind) || stage.Inputs.Any(i => redone.Contains(i.Name));
        var started = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();

        // Asked for the result under the lock: another run of the same stage may have finished it while this one waited.
        using var right = WaitForTurn(stage, cancellation);
        var cached = !forced && cache.Contains(stage.Kind, stage.Hash);
        observer.StageStarted(stage.Name, cached);
        if (!cached)
        {
            if (forced)
            {
                // What reads a stage that was made again is made again, too.
                redone.Add(stage.Name);
                cache.Remove(stage.Kind, stage.Hash);
            }

            stage.Execute(new StageWork(
                cache.WorkPathOf(stage.Kind, stage.Hash),
                input => cache.PathOf(input.Kind, input.Hash),
                (fraction, message) => observer.StageProgress(stage.Name, fraction, message),
                cancellation));
            cache.Commit(stage.Kind, stage.Hash);
        }

        observer.StageFinished(stage.Name, watch.Elapsed);
        return record with
        {
            State = cached ? "cached" : "run",
            OutputHash = cache.OutputHash(stage.Kind, stage.Hash),
            Started = started,
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
        };
    }

    private FileLock WaitForTurn(Stage stage, CancellationToken cancellation)
    {
        var told = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (cache.TryLock(stage.Kind, stage.Hash) is { } right)
            {
                return right;
            }

            if (!told)
            {
                observer.Note($"{stage.Name}: another run is at work on this stage; waiting for it");
                told = true;
            }

            cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
        }
    }
}
