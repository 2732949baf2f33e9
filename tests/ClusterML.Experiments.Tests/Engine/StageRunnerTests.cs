using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Stages;

namespace ClusterML.Experiments.Tests.Engine;

public sealed class StageRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> ran = [];
    private readonly Stage data;
    private readonly Stage other;
    private readonly Stage fit;

    public StageRunnerTests()
    {
        data = Make("data");
        other = Make("other");
        fit = Make("fit", data);
    }

    [Fact]
    public void Run_Again_TakesEveryResult()
    {
        Run();
        ran.Clear();

        Run();

        Assert.Empty(ran);
    }

    [Fact]
    public void Run_ForcedStage_TakesItsDependentsAlongAndNoOthers()
    {
        Run();
        ran.Clear();

        Run("data");

        Assert.Equal(["data", "fit"], ran);
    }

    [Fact]
    public void Run_DamagedResult_IsMadeAgain()
    {
        Run();
        ran.Clear();
        var cache = new StageCache(Path.Combine(folder.Path, "cache"));
        File.WriteAllText(Path.Combine(cache.PathOf("other", "hash of other"), "out"), "damaged");

        Run();

        Assert.Equal(["other"], ran);
    }

    public void Dispose() => folder.Dispose();

    private void Run(params string[] force)
    {
        using var run = RunDirectory.Open(Path.Combine(folder.Path, "runs"), "study", "0123456789", TimeProvider.System);
        var runner = new StageRunner(new StageCache(Path.Combine(folder.Path, "cache")), run, new Silent(), TimeProvider.System);
        runner.Run([data, other, fit], force.ToHashSet(), CancellationToken.None);
        runner.Finish();
    }

    private Stage Make(string name, params Stage[] inputs) => new(name, $"hash of {name}", inputs, work =>
    {
        ran.Add(name);
        File.WriteAllText(work.File("out"), name);
    });

    private sealed class Silent : IRunObserver
    {
        public void StageStarted(string stage, bool cached)
        {
        }

        public void StageProgress(string stage, double fraction, string message)
        {
        }

        public void StageFinished(string stage, TimeSpan elapsed)
        {
        }

        public void Note(string message)
        {
        }
    }
}
