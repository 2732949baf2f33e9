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
    public void Contains_AlteredFile_IsNoResult()
    {
        var cache = new StageCache(folder.Path);
        File.WriteAllText(Path.Combine(cache.WorkPathOf("fit", "abc"), "head.json"), "{}");
        cache.Commit("fit", "abc");

        File.WriteAllText(Path.Combine(cache.PathOf("fit", "abc"), "head.json"), "{ }");

        Assert.False(cache.Contains("fit", "abc"));
    }

    [Fact]
    public void Commit_LeftoverOfAnInterruptedWrite_IsNoPartOfTheResult()
    {
        var cache = new StageCache(folder.Path);
        var work = cache.WorkPathOf("pretrain", "abc");
        File.WriteAllText(Path.Combine(work, "weights"), "w");
        File.WriteAllText(Path.Combine(work, ".checkpoint.bin.0123.tmp"), "half");

        cache.Commit("pretrain", "abc");

        Assert.Equal(["weights"], Directory.GetFiles(cache.PathOf("pretrain", "abc")).Select(Path.GetFileName));
    }

    [Fact]
    public void Commit_NoWorkFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => new StageCache(folder.Path).Commit("fit", "abc"));

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

    [Fact]
    public void TryLock_HeldByAnother_IsRefusedUntilItIsFree()
    {
        var cache = new StageCache(folder.Path);
        using (cache.TryLock("fit", "abc"))
        {
            Assert.Null(new StageCache(folder.Path).TryLock("fit", "abc"));
            Assert.NotNull(cache.TryLock("fit", "other"));
        }

        using var free = cache.TryLock("fit", "abc");
        Assert.NotNull(free);
        Assert.Empty(cache.List());
    }

    public void Dispose() => folder.Dispose();
}
