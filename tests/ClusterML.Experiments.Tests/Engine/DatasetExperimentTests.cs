using System.Globalization;
using ClusterML.Data;
using ClusterML.Data.Datasets;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Engine;

/// <summary>Experiments on a dataset folder, with committed splits.</summary>
public sealed class DatasetExperimentTests : IDisposable
{
    private const string Folds = "  - {type: k_fold, name: folds, folds: 3}\n";

    private const string Curve = "  - {type: hold_out_fraction, name: curve, column: family, value: f1, step: 0.5, min_test_rows: 5, min_group_rows: 5}\n";

    private readonly TemporaryFolder folder = new();
    private readonly ExperimentEngine engine;

    public DatasetExperimentTests()
    {
        engine = new(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null, Parallelism = 1 });
        folder.Write("ridge.yaml", "schema: clusterml/pipeline@1\nsteps:\n  - type: table_descriptors\n  - type: robust_scaling\n  - type: ridge\n    features: [scaled]\n");
        folder.Write("rows/rows.csv", Rows(30));
        DatasetFile.Write(Path.Combine(folder.Path, "rows", "dataset.json"), new()
        {
            Name = "rows",
            Title = "Rows",
            Version = "1",
            Licence = "CC0-1.0",
            Citation = "Nobody",
            Kind = DatasetKind.Table,
            Columns =
            [
                new() { Name = "key", Role = ColumnRole.Id },
                new() { Name = "family", Role = ColumnRole.Group },
                new() { Name = "x", Role = ColumnRole.Numeric, Unit = "1" },
                new() { Name = "y", Role = ColumnRole.Target, Unit = "eV", UnitInFile = "Ry" },
                new() { Name = "note", Role = ColumnRole.Metadata },
            ],
        });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_ListedSplits_GiveTheScoresOfTheProtocolThatMadeThem()
    {
        var drawn = Load(Folds + Curve);
        foreach (var (name, splits) in engine.Splits(drawn))
        {
            SplitsFile.Write(Path.Combine(folder.Path, "rows", "splits", $"{name}.json"), splits);
        }

        var listed = Load("  - {type: listed, name: folds, path: rows/splits/folds.json}\n  - {type: listed, name: curve, path: rows/splits/curve.json}\n");

        var (first, second) = (Run(drawn), Run(listed));
        var predictions = RunTables.ReadPredictions(Path.Combine(first, RunTables.PredictionsFile));
        Assert.Equal(predictions, RunTables.ReadPredictions(Path.Combine(second, RunTables.PredictionsFile)));
        Assert.NotEmpty(RunTables.ReadCurve(Path.Combine(second, RunTables.CurveFile)));
        Assert.Equal(
            RunTables.ReadCurve(Path.Combine(first, RunTables.CurveFile)),
            RunTables.ReadCurve(Path.Combine(second, RunTables.CurveFile)));
        Assert.Contains(predictions, p => p.RowId == "k7" && p.Unit == "eV");
    }

    [Fact]
    public void CheckData_SplitsOfOtherRows_AreRefusedBeforeAnythingRuns()
    {
        SplitsFile.Write(Path.Combine(folder.Path, "splits.json"), engine.Splits(Load(Folds))["folds"]);
        folder.Write("rows/rows.csv", Rows(29));

        var problems = Assert.Throws<DataException>(() => engine.CheckData(Load("  - {type: listed, name: folds, path: splits.json}\n"))).Problems;

        Assert.Contains(problems, p => p.Message.Contains("rows, units or roles changed since", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Message.EndsWith("not in the table: k29", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "artifacts", "runs")));
    }

    [Fact]
    public void Load_MistakesAroundADataset_AreNamedWhereTheyWereWritten()
    {
        var problems = Assert.Throws<ConfigException>(() => Load(
            "  - {type: leave_one_group_out, name: a, column: host}\n  - {type: listed, name: b, path: none.json}\n", "    calculations: {max_force: 0.1}\n")).Problems;

        Assert.Equal(
            ["protocols[0].column: the table has no group column host; it has family", "protocols[1].path: there is no file FOLDER/none.json; clusterml data split makes one", "data.table.calculations: the dataset is a table and has no calculations to choose from; leave the key out"],
            problems.Select(p => $"{p.Path}: {p.Message}".Replace(folder.Path, "FOLDER", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_NoSuchDataset_SaysWhatMakesOne()
    {
        Directory.Delete(Path.Combine(folder.Path, "rows"), recursive: true);

        var problem = Assert.Single(Assert.Throws<ConfigException>(() => Load(Folds)).Problems);

        Assert.Equal("data.table.path", problem.Path);
        Assert.EndsWith("clusterml data import makes one)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ChangedRowsOrDescription_IsAnotherStage()
    {
        string Hash() => engine.Plan(Load(Folds)).Stages.First(s => s.Name == "data").Hash;

        var first = Hash();
        var description = Path.Combine(folder.Path, "rows", "dataset.json");
        File.WriteAllText(description, File.ReadAllText(description).Replace("\"Ry\"", "\"Hartree\"", StringComparison.Ordinal));

        Assert.NotEqual(first, Hash());
    }

    [Fact]
    public void Predict_DeclaredIdAndGroups_AreCarriedThrough()
    {
        var service = PredictionService.Load(Run(Load(Folds)));
        PredictionRow Row(int line, params (string Name, string Text)[] cells) => new(
            line.ToString(CultureInfo.InvariantCulture), cells.Index().ToDictionary(c => c.Item.Name, c => new PredictionCell(c.Item.Text, line, c.Index + 1)), "new.csv");

        var predicted = service.Predict([Row(2, ("x", "1.5"), ("key", "mine"), ("family", "f9")), Row(3, ("x", "2"))]);

        Assert.Equal(["mine", "3"], predicted.Select(p => p.RowId));
        Assert.Equal("f9", predicted[0].Groups["family"]);
        Assert.Empty(predicted[1].Groups);
        Assert.True(predicted[0].Known);
        var twice = Assert.Throws<DataException>(() => service.Predict([Row(2, ("x", "1"), ("key", "a")), Row(3, ("x", "2"), ("key", "a"))]));
        Assert.Equal("new.csv:3:2: id \"a\" is there twice", twice.Message);
    }

    private static string Rows(int count) => "key,family,x,y,note\n" + string.Concat(Enumerable.Range(0, count)
        .Select(i => FormattableString.Invariant($"k{i},f{i % 3},{i % 7},{(0.5 * (i % 7)) + (0.1 * Math.Sin(i)):R},\n")));

    private string Run(LoadedExperiment experiment) => engine.Run(experiment, new(), new Silence(), TestContext.Current.CancellationToken).RunFolder;

    private LoadedExperiment Load(string protocols, string table = "") => engine.Load(
        folder.Write(
            "study.yaml",
            $$"""
            schema: clusterml/experiment@1
            name: study
            data:
              table:
                type: dataset
                path: rows
            {{table}}model: {name: ridge, pipeline: ridge.yaml}
            intervals: {folds: 3, alpha: 0.2}
            protocols:
            {{protocols}}
            """),
        []);

    private sealed class Silence : IRunObserver
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
