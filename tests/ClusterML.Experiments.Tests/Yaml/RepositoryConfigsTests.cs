using System.Text.Json.Nodes;
using ClusterML.Data.Datasets;
using ClusterML.Experiments.Configuration;
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
}
