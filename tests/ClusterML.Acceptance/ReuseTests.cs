namespace ClusterML.Acceptance;

public sealed class ReuseTests : IDisposable
{
    private readonly Workspace _workspace = new Workspace().WithAlloys();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Run_Again_ReusesEveryStage()
    {
        var first = _workspace.Run("run", "configs/alloys.yaml").Ended(0);
        var plan = _workspace.Run("plan", "configs/alloys.yaml", "--json").Ended(0).Json.GetProperty("stages");
        var second = _workspace.Run("run", "configs/alloys.yaml").Ended(0);

        Assert.All(plan.EnumerateArray(), stage => Assert.True(stage.GetProperty("up_to_date").GetBoolean()));
        Assert.NotEqual(first.LastLine, second.LastLine);
        Assert.All(Workspace.StageStates(second.LastLine).Values, state => Assert.Equal("cached", state));
        foreach (var file in new[] { "predictions.csv", "baselines.csv", "metrics.json" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(first.LastLine, file)), File.ReadAllText(Path.Combine(second.LastLine, file)));
        }
    }

    [Fact]
    public void Run_OtherSeed_RedoesOnlyWhatDependsOnIt()
    {
        _workspace.Run("run", "configs/alloys.yaml").Ended(0);

        var states = Workspace.StageStates(_workspace.Run("run", "configs/alloys.yaml", "--set", "seed=7").Ended(0).LastLine);

        Assert.Equal("cached", states["data"]);
        Assert.Equal("run", states["split"]);
        Assert.Equal("run", states["evaluate.ridge"]);
        Assert.Equal("run", states["fit"]);
    }

    [Fact]
    public void Run_OtherOptionOfOneBaseline_RedoesThatBaselineOnly()
    {
        _workspace.Run("run", "configs/alloys.yaml").Ended(0);
        _workspace.Write("pipelines/mean.yaml", SampleFiles.TableRidgePipeline).Write("configs/alloys.yaml", "# a comment changes nothing\n" + SampleFiles.AlloysConfig);

        var states = Workspace.StageStates(_workspace.Run("run", "configs/alloys.yaml").Ended(0).LastLine);

        Assert.Equal(["evaluate.mean"], states.Where(s => s.Value == "run").Select(s => s.Key));
    }

    [Fact]
    public void Run_ForcedStage_IsRunAgain()
    {
        _workspace.Run("run", "configs/alloys.yaml").Ended(0);

        var states = Workspace.StageStates(_workspace.Run("run", "configs/alloys.yaml", "--force", "fit").Ended(0).LastLine);

        Assert.Equal(["fit"], states.Where(s => s.Value == "run").Select(s => s.Key));
    }

    [Fact]
    public void CacheClean_UsedResults_StayUnlessAll()
    {
        var run = _workspace.Run("run", "configs/alloys.yaml").Ended(0).LastLine;
        var entries = _workspace.Run("cache", "list", "--json").Ended(0).Json.GetProperty("entries").EnumerateArray().ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, e => Assert.Contains(Path.GetFileName(run), e.GetProperty("runs").EnumerateArray().Select(r => r.GetString())));
        Assert.Equal(0, _workspace.Run("cache", "clean", "--json").Ended(0).Json.GetProperty("entries").GetArrayLength());
        Assert.Equal(entries.Count, _workspace.Run("cache", "clean", "--all", "--dry-run", "--json").Ended(0).Json.GetProperty("entries").GetArrayLength());
        _workspace.Run("cache", "clean", "--all").Ended(0);
        Assert.Equal(0, _workspace.Run("cache", "list", "--json").Ended(0).Json.GetProperty("entries").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(run, "metrics.json")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"stages\": [")]
    [InlineData("{\"stages\": 3}")]
    [InlineData("{\"stages\": [{\"input_hash\": 3}]}")]
    public void CacheList_DamagedPlan_IsPassedOver(string plan)
    {
        var run = _workspace.Run("run", "configs/alloys.yaml").Ended(0).LastLine;
        _workspace.Write("artifacts/runs/damaged/plan.json", plan);

        var entries = _workspace.Run("cache", "list", "--json").Ended(0).Json.GetProperty("entries").EnumerateArray().ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, e => Assert.Equal([Path.GetFileName(run)], e.GetProperty("runs").EnumerateArray().Select(r => r.GetString())));
    }

    [Fact]
    public void CacheClean_RunMadeElsewhere_IsNotCountedAndItSaysSo()
    {
        var run = _workspace.Run("run", "configs/alloys.yaml", "--out", "elsewhere").Ended(0).LastLine;

        var clean = _workspace.Run("cache", "clean").Ended(0);

        Assert.Contains("Only runs in artifacts/runs were counted", clean.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "model", "manifest.json")));
    }
}
