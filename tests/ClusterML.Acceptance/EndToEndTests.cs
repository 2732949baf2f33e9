namespace ClusterML.Acceptance;

public sealed class EndToEndTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> Configs => [.. Directory.EnumerateFiles(Path.Combine(Built.Repository, "configs"), "*.yaml").Select(c => Path.GetFileName(c)!).Order(StringComparer.Ordinal)];

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Run_CsvExperiment_FillsTheRunFolder()
    {
        _workspace.WithAlloys();

        var run = _workspace.Run("run", "configs/alloys.yaml").Ended(0);

        Assert.Equal(Assert.Single(_workspace.RunFolders), run.LastLine);
        Assert.Matches(@"alloys-\d{8}T\d{6}Z-[0-9a-f]{8}$", run.LastLine);
        string[] files = ["config.resolved.yaml", "plan.json", "log.ndjson", "environment.json", "metrics.json", "predictions.csv", "baselines.csv", "report.html", "MODEL_CARD.md", "model/manifest.json"];
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(run.LastLine, file)), file));
        Assert.StartsWith("row_id,host,dopant,target,split,fold,y_true,y_pred,lower,upper,unit", File.ReadLines(Path.Combine(run.LastLine, "predictions.csv")).First(), StringComparison.Ordinal);
        Assert.All(Workspace.StageStates(run.LastLine).Values, state => Assert.Equal("run", state));

        var card = _workspace.Run("card", run.LastLine).Ended(0);
        Assert.Contains("alloys", card.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(_workspace.Run("report", run.LastLine).Ended(0).LastLine));

        _workspace.Write("rows.csv", "row_id,phase,x,y\nknown,fcc,1,2\nstranger,liquid,1,2\n");
        var predictions = _workspace.Run("predict", run.LastLine, "--input", "rows.csv", "--json").Ended(0).Json.GetProperty("predictions");
        Assert.Equal(2, predictions.GetArrayLength());
        var known = predictions[0];
        Assert.Equal("eV", known.GetProperty("unit").GetString());
        Assert.InRange(known.GetProperty("prediction").GetDouble(), known.GetProperty("lower").GetDouble(), known.GetProperty("upper").GetDouble());
        Assert.NotEmpty(known.GetProperty("guarantee").GetString()!);
        Assert.False(predictions[1].GetProperty("known").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, predictions[1].GetProperty("prediction").ValueKind);
    }

    [Fact]
    public void Run_CompositionExperiment_PredictsPairs()
    {
        _workspace.WithPairs();

        var run = _workspace.Run("run", "configs/pairs.yaml", "--out", "elsewhere").Ended(0);

        Assert.StartsWith(_workspace.PathOf("elsewhere"), run.LastLine, StringComparison.Ordinal);
        var seen = _workspace.Run("predict", run.LastLine, "--host", "Ti", "--dopant", "Fe", "--json").Ended(0).Json.GetProperty("predictions")[0];
        Assert.True(seen.GetProperty("host_seen").GetBoolean() && seen.GetProperty("known").GetBoolean());
        var unseen = _workspace.Run("predict", run.LastLine, "--host", "Hf", "--dopant", "Fe", "--json").Ended(0).Json.GetProperty("predictions")[0];
        Assert.False(unseen.GetProperty("host_seen").GetBoolean());

        _workspace.Write("rows.csv", "host,dopant\nTi,Fe\nTi,Xx\n");
        Assert.Contains("rows.csv:3:2: ", _workspace.Run("predict", run.LastLine, "--input", "rows.csv").Ended(4).Error, StringComparison.Ordinal);
        _workspace.Run("predict", run.LastLine, "--host", "Xx", "--dopant", "Fe").Ended(4);
    }

    [Fact]
    public void Run_NewPipelineInYamlAlone_IsEvaluated()
    {
        _workspace.WithAlloys()
            .Write("pipelines/mine.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: table_descriptors\n  - type: one_hot\n  - type: ridge\n    features: [one_hot, continuous]\n    scaling: standard\n")
            .Write("configs/alloys.yaml", SampleFiles.AlloysConfig + "  - name: mine\n    pipeline: ../pipelines/mine.yaml\n");

        var run = _workspace.Run("run", "configs/alloys.yaml").Ended(0);

        Assert.Equal("run", Workspace.StageStates(run.LastLine)["evaluate.mine"]);
        Assert.Contains(File.ReadLines(Path.Combine(run.LastLine, "baselines.csv")), line => line.StartsWith("mine,energy,", StringComparison.Ordinal));
    }

    [Fact]
    public void Init_FromTable_RunsAsItIs()
    {
        _workspace.Write("alloys.csv", SampleFiles.AlloysTable());

        var config = _workspace.Run("init", "my-alloys", "--from", "alloys.csv").Ended(0).LastLine;

        Assert.Equal(_workspace.PathOf("configs/my-alloys.yaml"), config);
        _workspace.Run("validate", config).Ended(0);
        Assert.Contains("energy", _workspace.Run("data", "describe", config).Ended(0).Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_workspace.Run("run", config).Ended(0).LastLine, "metrics.json")));
    }

    [Theory]
    [InlineData("composition", @"data\.table\.path: there is no .*; give the folder of calculations")]
    [InlineData("pretrain", @"backbone\.table\.file: there is no .*docs/data\.md says how to get it.*CLUSTERML_DATA")]
    public void Init_WithoutATable_LacksItsDataOnly(string kind, string message)
    {
        var config = _workspace.Run("init", kind, "--kind", kind).Ended(0).LastLine;

        var problem = Assert.Single(_workspace.Run("validate", config).Ended(3).Error.TrimEnd('\n').Split('\n'));

        Assert.Matches(@$"{kind}\.yaml:\d+:\d+: {message}", problem);
    }

    [Fact]
    public void Init_Composition_FolderWithoutCalculations_IsADataProblem()
    {
        var config = _workspace.Run("init", "composition", "--kind", "composition").Ended(0).LastLine;
        Directory.CreateDirectory(_workspace.PathOf("data/x12tm"));

        _workspace.Run("validate", config).Ended(4);
    }

    [Fact]
    public void Init_Pretrain_TableIsThere_IsValid()
    {
        _workspace.Write("published/qcd/qcd_unary.csv", SampleFiles.UnaryTable());
        _workspace.Environment["CLUSTERML_DATA"] = _workspace.PathOf("published");

        _workspace.Run("validate", _workspace.Run("init", "pretrain", "--kind", "pretrain").Ended(0).LastLine).Ended(0);
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void Validate_ConfigOfTheRepository_IsValid(string config)
    {
        var path = Path.Combine(Built.Repository, "configs", config);
        if (!NeedsPublishedTable(path))
        {
            _workspace.Run("validate", path).Ended(0);
            return;
        }

        _workspace.Environment["CLUSTERML_DATA"] = _workspace.PathOf("nowhere");
        var problem = Assert.Single(_workspace.Run("validate", path).Ended(3).Error.TrimEnd('\n').Split('\n'));
        Assert.Matches(@":\d+:\d+: (data|backbone)\.table\.file: there is no .*docs/data\.md says how to get it.*CLUSTERML_DATA", problem);

        if (Built.PublishedTables is { } tables)
        {
            _workspace.Environment["CLUSTERML_DATA"] = tables;
            _workspace.Run("validate", path).Ended(0);
        }
    }

    [Theory]
    [InlineData("smoke")]
    [InlineData("x12tm")]
    public void Run_ConfigOfTheRepository_NeedsNothingElse(string name)
    {
        // CLUSTERML_DATA is not set, and the cache is made in the workspace.
        var run = _workspace.Run("run", Path.Combine(Built.Repository, "configs", $"{name}.yaml"), "--out", _workspace.PathOf("out")).Ended(0);

        Assert.Equal(Assert.Single(Directory.GetDirectories(_workspace.PathOf("out"))), run.LastLine);
        string[] files = ["metrics.json", "predictions.csv", "baselines.csv", "report.html", "MODEL_CARD.md", "model/manifest.json", "model/backbone.onnx"];
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(run.LastLine, file)), file));
        if (name == "x12tm")
        {
            AssertFeCurve(run.LastLine);
        }
    }

    [Fact]
    public void Render_Output_IsAConfigThatRendersTheSame()
    {
        _workspace.WithAlloys();

        var rendered = _workspace.Run("render", "configs/alloys.yaml", "--set", "intervals.alpha=0.2").Ended(0).Out;
        _workspace.Write("configs/rendered.yaml", rendered);

        Assert.Contains("alpha: [0.2]", rendered, StringComparison.Ordinal);
        Assert.Equal(WithoutComments(rendered), WithoutComments(_workspace.Run("render", "configs/rendered.yaml").Ended(0).Out));

        // The heading names the file that it was rendered from.
        static IEnumerable<string> WithoutComments(string yaml) => yaml.Split('\n').Where(line => !line.StartsWith('#'));
    }

    [Theory]
    [InlineData("cutoff", "300")]
    [InlineData("eps_scf", "2E-5")]
    [InlineData("box", null)]
    [InlineData("smearing", null)]
    public void DataConvergence_OurOwnSet_SaysWhatItsReadmeSays(string parameter, string? convergedAt)
    {
        var folder = Path.Combine(Built.Repository, "data", "x12tm", "convergence");

        var said = _workspace.Run("data", "convergence", folder, "--parameter", parameter, "--tolerance", "energy=0.01").Ended(0).Out;

        var verdict = Assert.Single(said.Split('\n'), line => line.StartsWith("E_Ti13 ", StringComparison.Ordinal));
        Assert.Contains(convergedAt is null ? "not converged within the set" : $"converged at {convergedAt} ", verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("experiment")]
    [InlineData("pipeline")]
    [InlineData("labels")]
    public void Schema_InTheRepository_IsTheOneOfTheProgram(string kind)
    {
        var schema = _workspace.Run("schema", kind).Ended(0);

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.Json.GetProperty("$schema").GetString());
        Assert.Equal(File.ReadAllText(Path.Combine(Built.Repository, "schemas", $"{kind}.schema.json")).TrimEnd(), schema.Out.TrimEnd());
    }

    private static bool NeedsPublishedTable(string config) => File.ReadLines(config).Any(line => line.Trim() is "type: qcd_unary" or "type: segregation");

    /// <summary>The Fe curve is in the report, or the report says how many Fe pairs there are.</summary>
    private static void AssertFeCurve(string run)
    {
        var report = File.ReadAllText(Path.Combine(run, "report.html"));
        var curve = Workspace.ReadJson(run, "metrics.json").GetProperty("protocols").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "fe_transfer");
        if (curve.GetProperty("measured").GetBoolean())
        {
            Assert.Contains("id=\"figure-curve-fe_transfer", report, StringComparison.Ordinal);
            Assert.Contains(File.ReadLines(Path.Combine(run, "curve.csv")), line => line.StartsWith("fe_transfer,", StringComparison.Ordinal));
            return;
        }

        var reason = curve.GetProperty("reason").GetString()!;
        Assert.Matches(@"^\d+ of 12 Fe pairs$", reason);
        Assert.Contains($"not measured: {reason}", report, StringComparison.Ordinal);
    }
}
