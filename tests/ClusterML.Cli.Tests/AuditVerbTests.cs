using System.Text.Json;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Engine;

namespace ClusterML.Cli.Tests;

public sealed class AuditVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterml-cli-audit-");
    private readonly TestInterruption _interruption = new();
    private readonly TestTerminal _terminal;

    public AuditVerbTests()
    {
        _terminal = new TestTerminal { CurrentFolder = _folder.FullName };
        File.WriteAllText(Path.Combine(_folder.FullName, "t.csv"), "x,y\n1,1\n");
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    private static readonly AuditReport Report = new(
        "csv",
        3,
        [
            Finding.Of(FindingKinds.TargetInFeatures, "the feature x equals the target y in all 3 rows", columns: ["x"]),
            Finding.Of(FindingKinds.PilotRows, "pilot is true in 2 rows", [new("b", "t.csv:3"), new("a", "t.csv:2")]),
        ],
        [new("pilots")]);

    [Fact]
    public void Audit_SevereFinding_SaysAllOfItAndEndsWithFour()
    {
        Write("x.yaml", "name: x\n");

        Assert.Equal(ExitCodes.DataCheckFailed, Run(new TestEngine { Report = Report }, "data", "audit", "x.yaml"));
        Assert.Equal(
            """
            severe target_in_features: the feature x equals the target y in all 3 rows
              why: The model is handed the answer; every score is void.
              do:  Take the column out of the features.
            warning pilot_rows: pilot is true in 2 rows [a (t.csv:2), b (t.csv:3)]
              why: Its thresholds are looser than those of the final recipe.
              do:  Repeat it with the final recipe.
            audit of csv, 3 rows: severe: 1 (0 accepted), warnings: 1, notes: 0

            """,
            _terminal.OutText);
    }

    [Fact]
    public void Audit_AcceptedOnTheCommandLine_EndsWithZero()
    {
        var engine = new TestEngine { Report = Report };

        Assert.Equal(ExitCodes.Done, Run(engine, "data", "audit", "t.csv", "--accept", "target_in_features", "--identity", "x = y", "--target", "y", "--max-force", "0.08", "--fingerprint", "ab"));
        Assert.Equal((0.08, "ab"), (engine.Calculations!.MaxForce, engine.Calculations.Fingerprint));
        Assert.Equal((Path.Combine(_folder.FullName, "t.csv"), "x = y", "y"), (engine.Audited!.Value.Path, engine.Audited.Value.Options.Identities[0], engine.Audited.Value.Targets[0]));
        Assert.Contains("severe (accepted) target_in_features", _terminal.OutText, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_Json_IsTheDocumentOfTheRunFolder()
    {
        Write("x.yaml", "name: x\n");

        Assert.Equal(ExitCodes.DataCheckFailed, Run(new TestEngine { Report = Report }, "data", "audit", "x.yaml", "--json"));
        Assert.Equal("clusterml/audit@1", JsonDocument.Parse(_terminal.OutText).RootElement.GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData("there is no finding pilot_row (did you mean pilot_rows?)", "data", "audit", "t.csv", "--accept", "pilot_row")]
    [InlineData("--set is for configs", "data", "audit", "t.csv", "--set", "a=b")]
    [InlineData("--max-force is for tables and datasets", "data", "audit", "x.yaml", "--max-force", "0.1")]
    [InlineData("--identity is for tables and datasets; a config states it under audit or data.table", "data", "audit", "x.yaml", "--identity", "a = b")]
    public void Audit_WrongUsage_SaysWhatIsRight(string message, params string[] arguments)
    {
        Assert.Equal(ExitCodes.WrongUsage, Run(new TestEngine(), arguments));
        Assert.Contains(message, _terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_ConfigThatIsNotThere_IsAnInvalidConfig() => Assert.Equal(ExitCodes.InvalidConfig, Run(new TestEngine(), "data", "audit", "none.yaml"));

    [Fact]
    public void Audit_WriteSupport_NamesTheFolder()
    {
        Write("x.yaml", "name: x\n");
        var engine = new TestEngine();

        Assert.Equal(ExitCodes.Done, Run(engine, "data", "audit", "x.yaml", "--write-support", "backbone"));
        Assert.Equal(Path.Combine(_folder.FullName, "backbone"), engine.SupportFolder);
    }

    [Fact]
    public void Audit_ManyWarningsOfAKind_AreCut()
    {
        var report = new AuditReport("t", 30, Enumerable.Range(0, 25).Select(i => Finding.Of(FindingKinds.EnergyCurveKink, $"Nb{i} lies above")), []);

        Assert.Equal(ExitCodes.Done, Run(new TestEngine { Report = report }, "data", "audit", "t.csv"));
        Assert.Contains("  and 5 more of energy_curve_kink; --json lists all\n", _terminal.OutText, StringComparison.Ordinal);
    }

    /// <summary>The whole way, with the real engine: a leak stops <c>run</c> and <c>validate</c>, every finding is shown, nothing is trained.</summary>
    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public void Run_TargetAmongTheFeatures_EndsWithFourAndNoRunFolder(string verb)
    {
        Write("mean.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: mean\n");
        var random = new Random(1);
        var rows = Enumerable.Range(0, 40).Select(_ => (X: random.NextDouble(), Y: random.NextDouble()));
        Write("t.csv", "x,leak,y\n" + string.Concat(rows.Select(r => FormattableString.Invariant($"{r.X},{(2 * r.Y) + 1},{r.Y}\n"))));
        Write("x.yaml", """
            name: x
            data: {table: {type: csv, path: t.csv, columns: [{name: x, role: numeric}, {name: leak, role: numeric}, {name: y, role: target}]}}
            model: {name: main, pipeline: mean.yaml}
            protocols: [{type: k_fold, name: folds}]
            """);
        var artifacts = Path.Combine(_folder.FullName, "artifacts");
        var engine = new EngineAdapter(new EngineOptions { ArtifactsRoot = artifacts, DataRoot = null });
        var config = Path.Combine(_folder.FullName, "x.yaml");

        Assert.Equal(ExitCodes.DataCheckFailed, Run(engine, verb, config));

        Assert.StartsWith("severe target_in_features: the feature leak is the target y up to a straight line: r = 1.000000 over 40 rows\n", _terminal.ErrorText, StringComparison.Ordinal);
        Assert.EndsWith(
            "nothing was started. Correct the data, or accept by name what you know to be right: audit: {accept: [target_in_features]}\n",
            _terminal.ErrorText,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(artifacts));
        Assert.Equal(ExitCodes.Done, Run(engine, "validate", config, "--set", "audit.accept=[target_in_features]"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private int Run(IExperimentEngine engine, params string[] arguments) => new CommandLineApp(new Session(_terminal, engine, _interruption)).Run(arguments);
}
