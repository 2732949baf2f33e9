using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Tests.Stages;

public sealed class StageCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Commit_WorkFolder_BecomesTheResultWithItsFiles()
    {
        var cache = new StageCache(folder.Path);
        File.WriteAllText(Path.Combine(cache.WorkPathOf("fit", "abc"), "head.json"), "{}");
        Assert.False(cache.Contains("fit", "abc"));

        cache.Commit("fit", "abc");

        Assert.True(cache.Contains("fit", "abc"));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(cache.PathOf("fit", "abc"), "head.json")));
    }

    [Fact]
    public void WorkPathOf_InterruptedStage_KeepsItsCheckpoint()
    {
        var cache = new StageCache(folder.Path);
        File.WriteAllText(Path.Combine(cache.WorkPathOf("pretrain", "abc"), "checkpoint.bin"), "state");

        var again = new StageCache(folder.Path).WorkPathOf("pretrain", "abc");

        Assert.Equal("state", File.ReadAllText(Path.Combine(again, "checkpoint.bin")));
        Assert.False(cache.Contains("pretrain", "abc"));
    }

    [Fact]
    public void List_FinishedAndUnfinished_AreToldApart()
    {
        var cache = new StageCache(folder.Path);
        File.WriteAllText(Path.Combine(cache.WorkPathOf("data", "1"), "a"), "12345");
        cache.Commit("data", "1");
        cache.WorkPathOf("pretrain", "2");

        Assert.Equal(
            [("data", "1", 5L, true), ("pretrain", "2", 0L, false)],
            cache.List().Select(e => (e.Stage, e.Hash, e.Bytes, e.Finished)));
    }

    [Fact]
    public void Remove_Result_IsGoneWithItsUnfinishedAttempt()
    {
        var cache = new StageCache(folder.Path);
        cache.WorkPathOf("fit", "abc");
        cache.Commit("fit", "abc");
        cache.WorkPathOf("fit", "abc");

        cache.Remove("fit", "abc");

        Assert.Empty(cache.List());
    }

    public void Dispose() => folder.Dispose();
}
