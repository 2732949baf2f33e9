namespace ClusterML.Acceptance;

public sealed class BadInputTests : IDisposable
{
    private readonly Workspace _workspace = new Workspace().WithAlloys();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("seed: 42", "sede: 42", @"alloys\.yaml:3:1: .*unknown key.*did you mean seed")]
    [InlineData("seed: 42", "seed: 42\nseed: 43", @"alloys\.yaml:4:1: .*seed.*(duplicate|twice|already)")]
    [InlineData("seed: 42", "seed: many", @"alloys\.yaml:3:7: seed: ")]
    [InlineData("name: alloys", "name: No Name", @"alloys\.yaml:2:7: name: ")]
    [InlineData("type: k_fold", "type: k_flod", @"alloys\.yaml:\d+:\d+: protocols\[1\]\.type.*did you mean k_fold")]
    [InlineData("folds: 5", "folds: 1", @"alloys\.yaml:\d+:\d+: protocols\[1\]\.folds: ")]
    [InlineData("pipeline: ../pipelines/ridge.yaml", "pipeline: ../pipelines/rigde.yaml", @"alloys\.yaml:\d+:\d+: model\.pipeline: ")]
    [InlineData("column: family", "column: famly", @"alloys\.yaml:\d+:\d+: protocols\[0\]\.column: ")]
    [InlineData("data:", "data: [", @"alloys\.yaml:\d+:\d+: ")]
    public void Run_BrokenConfig_StartsNothing(string text, string replacement, string message)
    {
        Assert.Contains(text, SampleFiles.AlloysConfig, StringComparison.Ordinal);
        _workspace.Write("configs/alloys.yaml", SampleFiles.AlloysConfig.Replace(text, replacement, StringComparison.Ordinal));

        AssertRefused(3, message);
    }

    [Theory]
    [InlineData("one_hot\n  - type: ridge", "one_hto\n  - type: ridge", @"ridge\.yaml:5:11: steps\[2\]\.type: .*did you mean one_hot")]
    [InlineData("features: [scaled, one_hot]", "featrues: [scaled]", @"ridge\.yaml:7:5: steps\[3\]\.featrues: unknown key.*did you mean features")]
    public void Run_BrokenPipeline_StartsNothing(string text, string replacement, string message)
    {
        Assert.Contains(text, SampleFiles.TableRidgePipeline, StringComparison.Ordinal);
        _workspace.Write("pipelines/ridge.yaml", SampleFiles.TableRidgePipeline.Replace(text, replacement, StringComparison.Ordinal));

        AssertRefused(3, message);
    }

    [Fact]
    public void Run_SeveralMistakes_AreShownAtOnce()
    {
        _workspace.Write("configs/alloys.yaml", SampleFiles.AlloysConfig
            .Replace("seed: 42", "sede: 42", StringComparison.Ordinal)
            .Replace("type: k_fold", "type: k_flod", StringComparison.Ordinal));

        AssertRefused(3, "sede");
        AssertRefused(3, "k_flod");
    }

    [Fact]
    public void Run_UnknownOverride_StartsNothing()
    {
        var result = _workspace.Run("run", "configs/alloys.yaml", "--set", "intervals.alhpa=0.2").Ended(3);

        Assert.Matches(@"intervals\.alhpa: .*did you mean alpha", result.Error);
        AssertNothingWritten();
    }

    [Theory]
    [InlineData("a3,fcc,3,9,f3,", "a3,fcc,3", @"alloys\.csv:5:")]
    [InlineData("a3,fcc,3,9,f3,", "a3,fcc,three,9,f3,", @"alloys\.csv:5:3: .*three")]
    [InlineData("a3,fcc,3,9,f3,", "a2,fcc,3,9,f3,", @"alloys\.csv:5:1: .*a2")]
    [InlineData("a3,fcc,3,9,f3,", "a3,\"fcc,3,9,f3,", @"alloys\.csv:5:2: ")]
    [InlineData("id,phase,x", "id,phase,z", @"alloys\.csv:1:.*""?x""?")]
    public void Run_UnreadableTable_NamesThePlace(string text, string replacement, string message)
    {
        var table = SampleFiles.AlloysTable();
        Assert.Contains(text, table, StringComparison.Ordinal);
        _workspace.Write("alloys.csv", table.Replace(text, replacement, StringComparison.Ordinal));

        AssertRefused(4, message);
    }

    [Fact]
    public void Run_EnergyNotANumber_NamesThePlace()
    {
        var lines = SampleFiles.AlloysTable().Split('\n');
        lines[4] = lines[4][..(lines[4].LastIndexOf(',') + 1)] + "NaN";
        _workspace.Write("alloys.csv", string.Join('\n', lines));

        AssertRefused(4, @"alloys\.csv:5:6: .*NaN");
    }

    [Theory]
    [InlineData(0, @"alloys\.csv.*no rows")]
    [InlineData(4, "(fold|rows)")]
    public void Run_TooFewRows_SaysHowMany(int rows, string message)
    {
        _workspace.Write("alloys.csv", SampleFiles.AlloysTable(rows));

        AssertRefused(4, message);
    }

    [Fact]
    public void Run_EmptyFile_IsRefused()
    {
        _workspace.Write("alloys.csv", string.Empty);

        AssertRefused(4, @"alloys\.csv.*empty");
    }

    [Fact]
    public void Run_MissingTable_IsRefused()
    {
        File.Delete(_workspace.PathOf("alloys.csv"));

        AssertRefused(3, @"alloys\.yaml:7:11: data\.table\.path: .*alloys\.csv");
    }

    [Fact]
    public void Run_UnknownElement_NamesThePlace()
    {
        using var pairs = new Workspace().WithPairs();
        pairs.Write("data/segregation/ruban1999_tidy.csv", SampleFiles.SegregationTable() + "Ti,hcp0001,Xx,0.1,0\n");

        var result = pairs.Run("run", "configs/pairs.yaml").Ended(4);

        Assert.Matches(@"ruban1999_tidy\.csv:92:3: .*Xx.*not an element", result.Error);
        Assert.Empty(pairs.RunFolders);
    }

    private void AssertRefused(int exitCode, string message)
    {
        foreach (var verb in new[] { "validate", "run" })
        {
            var result = _workspace.Run(verb, "configs/alloys.yaml").Ended(exitCode);
            Assert.Matches(message, result.Error);
            Assert.Empty(result.Out);
        }

        AssertNothingWritten();
    }

    private void AssertNothingWritten() => Assert.Empty(_workspace.RunFolders);
}
