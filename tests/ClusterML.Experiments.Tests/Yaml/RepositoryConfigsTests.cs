using System.Text.Json.Nodes;
using ClusterML.Data;
using ClusterML.Data.Datasets;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class RepositoryConfigsTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Binding.Repository, "configs"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Experiment_InTheRepository_BindsAndFitsItsSchema(string file)
    {
        var text = File.ReadAllText(Path.Combine(Binding.Repository, "configs", file));
        if (!text.Contains(ExperimentConfig.SchemaName, StringComparison.Ordinal))
        {
            return;
        }

        var config = ConfigBinder.Bind<ExperimentConfig>(file, text).Value;
        Assert.True(DeepEquality.AreEqual(config, Binding.Value<ExperimentConfig>(ConfigRenderer.Render(config))));
        Assert.True(new SchemaEvaluator(SchemaGenerator.Generate(typeof(ExperimentConfig))).Accepts(NodeJson.Of(text)));
        Assert.StartsWith("# yaml-language-server: $schema=../schemas/experiment.schema.json", text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Datasets =>
        [.. Directory.GetFiles(Path.Combine(Binding.Repository, "data"), DatasetFile.FileName, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Binding.Repository, f))];

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Dataset_InTheRepository_IsReadAndFitsItsSchema(string file)
    {
        var path = Path.Combine(Binding.Repository, file);

        Assert.NotEmpty(DatasetFile.Read(path).Columns);
        Assert.True(new SchemaEvaluator(SchemaGenerator.Generate(typeof(DatasetDescription))).Accepts(JsonNode.Parse(File.ReadAllText(path))));
    }

    [Fact]
    public void ExampleDataset_CommittedSplitsAndCard_AreWhatTheProgramMakes()
    {
        var folder = Path.Combine(Binding.Repository, "data", "examples", "cohesive-energy");
        var dataset = Dataset.Open(folder);
        var engine = new ExperimentEngine(new EngineOptions { DataRoot = null });
        var drawn = engine.Splits(engine.Load(Path.Combine(Binding.Repository, "configs", "cohesive-energy-csv.yaml"), []));

        Assert.Equal(dataset.SplitFiles.Select(f => Path.GetFileNameWithoutExtension(f)), drawn.Keys.Order(StringComparer.Ordinal));
        Assert.All(dataset.SplitFiles, file =>
        {
            var (committed, made) = (SplitsFile.Read(file), drawn[Path.GetFileNameWithoutExtension(file)]);
            Assert.Equal(made.Hash, committed.Hash);
            Assert.Equal(made.Splits.Select(s => string.Join(' ', s.Test)), committed.Splits.Select(s => string.Join(' ', s.Test)));
        });
        Assert.Equal(DataCard.Text(dataset), File.ReadAllText(Path.Combine(folder, Dataset.CardFile)), ignoreLineEndingDifferences: true);
    }
}
