namespace ClusterML.Fuzzing;

/// <summary>Feeds a reader with damaged files. Each has to be read, or refused as the target says, in bounded time and memory.</summary>
public sealed class FuzzRun(FuzzTarget target, ulong seed, TimeSpan patience)
{
    private const int MaxFailures = 5;

    private readonly List<FuzzFailure> failures = [];
    private volatile byte[] current = [];
    private int index;
    private int done;
    private int accepted;
    private int refused;

    /// <summary>Runs to the end, or to the fifth failure, or until the reader does not come back.</summary>
    public FuzzReport Run()
    {
        var folder = Directory.CreateTempSubdirectory("clusterml-fuzz-").FullName;
        try
        {
            var worker = new Thread(() => ReadAll(folder)) { IsBackground = true };
            worker.Start();
            var (seen, since) = (0, Environment.TickCount64);
            while (!worker.Join(TimeSpan.FromMilliseconds(20)))
            {
                var now = Volatile.Read(ref done);
                if (now != seen)
                {
                    (seen, since) = (now, Environment.TickCount64);
                }
                else if (Environment.TickCount64 - since > patience.TotalMilliseconds)
                {
                    return new(accepted, refused, [new(index, "the reader does not come back", current)]);
                }
            }

            return new(accepted, refused, failures);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void ReadAll(string folder)
    {
        var fixedCase = 0;
        foreach (var intact in target.Seeds)
        {
            if (Read(--fixedCase, intact, folder) is { } refusal)
            {
                failures.Add(new(fixedCase, $"the intact file is refused: {refusal}", intact));
            }
        }

        foreach (var bytes in Truncated().Append([]))
        {
            Read(--fixedCase, bytes, folder);
        }

        for (var i = 0; i < target.Mutations && failures.Count < MaxFailures; i++)
        {
            Read(i, Mutator.Mutate(target.Seeds, FuzzRandom.Of(seed, target.Name, i)), folder);
        }
    }

    /// <summary>The first file cut at up to 500 places.</summary>
    private IEnumerable<byte[]> Truncated()
    {
        var first = target.Seeds[0];
        var step = Math.Max(1, Math.Min(first.Length, target.Mutations) / 500);
        for (var length = 1; length < first.Length && length / step < 500; length += step)
        {
            yield return first[..length];
        }
    }

    /// <summary>Reads one file; the exception with which it was refused, if it was.</summary>
    private Exception? Read(int number, byte[] bytes, string folder)
    {
        (index, current) = (number, bytes);
        var input = new FuzzInput(bytes, target.FileName, folder);
        Exception? refusal = null;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
            accepted++;
        }
        catch (Exception e)
        {
            refusal = e;
            refused++;
            if (target.Complaint(input, e) is { } complaint)
            {
                var said = e.ToString();
                failures.Add(new(number, $"{complaint}\n{said[..Math.Min(said.Length, 1000)]}", bytes));
            }
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > target.MaxAllocation)
        {
            failures.Add(new(number, FormattableString.Invariant($"the reader allocates {allocated} bytes"), bytes));
        }

        Volatile.Write(ref done, done + 1);
        return refusal;
    }
}
