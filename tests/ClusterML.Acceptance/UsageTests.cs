namespace ClusterML.Acceptance;

public sealed class UsageTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> Verbs => ["run", "validate", "plan", "render", "schema", "init", "predict", "data", "data list", "data describe", "data import", "data export", "data split", "data card", "report", "card", "cache", "cache list", "cache clean", "doctor"];

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_OfAVerb_HasAnExampleOfIt(string verb)
    {
        var help = _workspace.Run([.. verb.Split(' '), "--help"]).Ended(0);

        Assert.Matches($@"Examples?:\n  clusterml {verb}\s", help.Out);
        Assert.Empty(help.Error);
    }

    [Fact]
    public void Help_WithoutAVerb_ListsEveryVerb()
    {
        var help = _workspace.Run("--help").Ended(0);

        foreach (var verb in Verbs.Select(v => v.Data).Where(v => !v.Contains(' ', StringComparison.Ordinal)))
        {
            Assert.Matches($"(?m)^  {verb}( |$)", help.Out);
        }
    }

    [Fact]
    public void Version_Libraries_AreNamed()
    {
        var version = _workspace.Run("--version").Ended(0);

        Assert.Matches(@"^clusterml \d+\.\d+\.\d+", version.Out);
        Assert.Matches(@"(?m)^libtorch \d+\.\d+\.\d+ \(TorchSharp \d", version.Out);
        Assert.Matches(@"(?m)^ONNX Runtime \d+\.\d+\.\d+", version.Out);
        Assert.Empty(version.Error);
    }

    [Theory]
    [InlineData("rnu", "unknown verb rnu (did you mean run?)")]
    [InlineData("cache celan", "unknown verb celan (did you mean clean?)")]
    [InlineData("run x.yaml --froce data", "unknown option --froce (did you mean --force?)")]
    [InlineData("run", "Required argument 'CONFIG' missing")]
    public void Parse_WrongUsage_SuggestsWhatExists(string arguments, string message)
    {
        var result = _workspace.Run(arguments.Split(' ')).Ended(2);

        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Run_OutputNotATerminal_HasNoEscapes() => Assert.DoesNotContain("\e", _workspace.Run("run", "nope.yaml").Ended(3).Error, StringComparison.Ordinal);
}
