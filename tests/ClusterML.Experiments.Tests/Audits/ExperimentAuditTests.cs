using System.Text.Json.Nodes;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Audits;

public sealed class ExperimentAuditTests : IDisposable
{
    private const string Config = """
        name: study
        data:
          table:
            type: csv
            path: rows.csv
            columns:
              - {name: id, role: id}
              - {name: x, role: numeric}
              - {name: z, role: numeric}
              - {name: y, role: target}
        model: {name: main, pipeline: mean.yaml}
        protocols:
          - {type: k_fold, name: folds}
        """;

    private readonly TemporaryFolder folder = new();

    public ExperimentAuditTests()
    {
        folder.Write("mean.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: mean\n");
        WriteRows(copies: true);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_SevereFinding_StopsBeforeAnythingIsWritten()
    {
        var engine = Engine();

        var exception = Assert.Throws<AuditException>(() => engine.Run(Load(engine), new RunRequest(), new Silent(), CancellationToken.None));

        Assert.Equal(["duplicate_rows"], exception.Report.Stopping.Where(f => f.Code == "duplicate_rows").Select(f => f.Code));
        Assert.Equal(["s3 (rows.csv:5)", "s9 (rows.csv:11)"], exception.Report.Of(FindingKinds.DuplicateRows)[0].Rows.Select(r => r.ToString()));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "artifacts")));
    }

    [Fact]
    public void Run_AcceptedByName_RunsAndKeepsTheAudit()
    {
        var engine = Engine();
        string[] accept = ["audit.accept=[duplicate_rows, duplicate_across_split]"];

        var outcome = engine.Run(Load(engine, accept), new RunRequest(), new Silent(), CancellationToken.None);

        var report = AuditReportFile.FromJson(File.ReadAllText(Path.Combine(outcome.RunFolder, AuditReportFile.FileName)));
        Assert.Equal(["duplicate_across_split", "duplicate_rows"], report.Accepted.Select(f => f.Code).Order());
        Assert.Empty(report.Stopping);
        Assert.Contains(engine.Plan(Load(engine, accept)).Stages, s => s is { Name: "audit", UpToDate: true });
    }

    [Fact]
    public void CheckData_AuditInTheCache_JudgesItByTheConfigAtHand()
    {
        var engine = Engine();
        engine.Run(Load(engine, ["audit.accept=[duplicate_rows, duplicate_across_split]"]), new RunRequest(), new Silent(), CancellationToken.None);

        Assert.Equal(2, Assert.Throws<AuditException>(() => engine.CheckData(Load(engine))).Report.Stopping.Count);
        Assert.Single(Assert.Throws<AuditException>(() => engine.CheckData(Load(engine, ["audit.accept=[duplicate_across_split, \"duplicate_rows:s3\"]"]))).Report.Stopping);
    }

    /// <summary>The audit draws the folds of the intervals before they are drawn: it must be the same draw.</summary>
    [Fact]
    public void Run_FoldsOfTheFittedModel_AreThoseThatWereAudited()
    {
        var engine = Engine();
        var apart = new List<bool>();
        foreach (var seed in Enumerable.Range(1, 4))
        {
            var experiment = Load(engine, ["audit.accept=[duplicate_rows, duplicate_across_split]", FormattableString.Invariant($"seed={seed}")]);
            var run = engine.Run(experiment, new RunRequest(), new Silent(), CancellationToken.None).RunFolder;
            var folds = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "model", "conformal.json")))!["fold_of_row"]!.AsArray();
            apart.Add((int)folds[3]! != (int)folds[9]!);

            Assert.Equal(apart[^1], engine.Audit(experiment).Of(FindingKinds.DuplicateAcrossFolds).Any(f => f.What.StartsWith("fit:", StringComparison.Ordinal)));
        }

        Assert.Contains(true, apart);
    }

    [Fact]
    public void CheckData_CleanTable_StopsNothing()
    {
        WriteRows(copies: false);
        var engine = Engine();

        Assert.All(engine.CheckData(Load(engine)).Findings, f => Assert.NotEqual(AuditSeverity.Severe, f.Severity));
    }

    [Fact]
    public void CheckData_DeclaredIdentity_IsChecked()
    {
        WriteRows(copies: false);
        var engine = Engine();

        var report = engine.Audit(Load(engine, ["audit.identities=[\"x = y within 1e-3\"]"]));

        Assert.NotEmpty(report.Of(FindingKinds.IdentityViolation));
    }

    [Fact]
    public void Load_UnknownCodeAndBadIdentity_AreNamedWithTheirPlaces()
    {
        var engine = Engine();
        var path = folder.Write("study.yaml", Config + "\naudit:\n  accept: [duplicate_row, few_rows]\n  identities: [\"x = (y\"]\n");

        Assert.Equal(
            [
                "study.yaml:15:12: audit.accept[0]: there is no finding duplicate_row (did you mean duplicate_rows?)",
                "study.yaml:16:16: audit.identities[0]: at character 7: expected ) for the ( after column 5",
            ],
            Assert.Throws<ConfigException>(() => engine.Load(path, [])).Problems.Select(p => p.ToString().Replace(folder.Path + "/", "", StringComparison.Ordinal)));
    }

    public static TheoryData<string> Configs => [.. Directory.GetFiles(Path.Combine(Binding.Repository, "configs"), "*.yaml").Select(f => Path.GetFileName(f))];

    /// <summary>Every shipped config runs as it is, and accepts nothing that is not there.</summary>
    [Theory]
    [MemberData(nameof(Configs))]
    public void CheckData_ConfigInTheRepository_IsNotStopped(string file)
    {
        var path = Path.Combine(Binding.Repository, "configs", file);
        Assert.SkipUnless(File.ReadAllText(path).Contains(ExperimentConfig.SchemaName, StringComparison.Ordinal), "not an experiment");
        var root = new[] { Environment.GetEnvironmentVariable("CLUSTERML_DATA") }.Concat(Above(Binding.Repository).Select(f => Path.Combine(f, "shared", "data")))
            .FirstOrDefault(f => !string.IsNullOrEmpty(f) && Directory.Exists(f));
        var engine = new ExperimentEngine(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = root });
        LoadedExperiment experiment;
        try
        {
            experiment = engine.Load(path, []);
        }
        catch (ConfigException e) when (e.Problems.All(p => p.Message.Contains("the table is not shipped", StringComparison.Ordinal)))
        {
            Assert.Skip($"the published table of {file} is not here");
            return;
        }

        var report = engine.CheckData(experiment);

        Assert.Empty(report.Of(FindingKinds.UnusedAcceptance));
        Assert.Equal(experiment.Config.Backbone is PublishedBackboneConfig ? ["untrained_token"] : [], report.Accepted.Select(f => f.Code));
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var at = new DirectoryInfo(path); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    private void WriteRows(bool copies)
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{random.NextDouble():0.0000},{random.NextDouble():0.0000},{random.NextDouble():0.0000}")).ToArray();
        if (copies)
        {
            lines[9] = lines[3];
        }

        folder.Write("rows.csv", "id,x,z,y\n" + string.Concat(lines.Select((l, i) => $"s{i},{l}\n")));
    }

    private ExperimentEngine Engine() => new(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null });

    private LoadedExperiment Load(ExperimentEngine engine, IReadOnlyList<string>? sets = null) => engine.Load(folder.Write("study.yaml", Config), sets ?? []);

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
