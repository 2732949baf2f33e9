using ClusterML.Experiments.Engine;

namespace ClusterML.Experiments.Tests.Engine;

public sealed class RunDirectoryTests : IDisposable
{
    private const string Hash = "0123456789abcdef";
    private static readonly StageRecord[] Stages = [new("data", "h", [])];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Open_FirstTime_NamesTheFolderByNameTimeAndHash()
    {
        var run = RunDirectory.Open(folder.Path, "study", Hash, new FixedClock(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

        Assert.Equal("study-20260102T030405Z-01234567", Path.GetFileName(run.Path));
        Assert.False(run.Resumed);
    }

    [Fact]
    public void Open_UnfinishedRunOfTheSameHash_GoesOnInItsFolder()
    {
        var first = RunDirectory.Open(folder.Path, "study", Hash, TimeProvider.System);
        first.WritePlan(Stages, finished: false);

        var second = RunDirectory.Open(folder.Path, "study", Hash, TimeProvider.System);

        Assert.Equal(first.Path, second.Path);
        Assert.True(second.Resumed);
    }

    [Fact]
    public void Open_FinishedRunOfTheSameHash_MakesAnother()
    {
        var first = RunDirectory.Open(folder.Path, "study", Hash, new FixedClock(DateTimeOffset.UnixEpoch));
        first.WritePlan(Stages, finished: true);

        var second = RunDirectory.Open(folder.Path, "study", Hash, new FixedClock(DateTimeOffset.UnixEpoch));

        Assert.NotEqual(first.Path, second.Path);
        Assert.False(second.Resumed);
    }

    [Fact]
    public void Open_UnfinishedRunOfAnotherHash_IsLeftAlone()
    {
        var first = RunDirectory.Open(folder.Path, "study", Hash, TimeProvider.System);
        first.WritePlan(Stages, finished: false);

        Assert.NotEqual(first.Path, RunDirectory.Open(folder.Path, "study", "fedcba9876543210", TimeProvider.System).Path);
    }

    public void Dispose() => folder.Dispose();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
