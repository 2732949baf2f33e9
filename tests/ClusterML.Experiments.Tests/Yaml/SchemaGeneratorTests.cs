using ClusterML.Data;
using ClusterML.Data.Datasets;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;
using CsCheck;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class SchemaGeneratorTests
{
    private static readonly SchemaEvaluator SampleSchema = new(SchemaGenerator.Generate(typeof(Sample)));

    /// <summary>To write the files anew: run the tests with CLUSTERML_WRITE_SCHEMAS=1.</summary>
    [Theory]
    [InlineData("experiment", typeof(ExperimentConfig))]
    [InlineData("labels", typeof(LabelsConfig))]
    [InlineData("dataset", typeof(DatasetDescription))]
    [InlineData("splits", typeof(ListedSplits))]
    public void Schema_InTheRepository_IsWhatTheRecordsSay(string kind, Type type)
    {
        var file = Path.Combine(Binding.Repository, "schemas", $"{kind}.schema.json");
        var expected = SchemaGenerator.GenerateText(type);
        if (Environment.GetEnvironmentVariable("CLUSTERML_WRITE_SCHEMAS") == "1")
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Generate_Members_CarryTheirAnnotations()
    {
        var properties = SchemaGenerator.Generate(typeof(Sample))["properties"]!;
        Assert.Equal("""{"description":"Attention heads.","type":"integer","minimum":1,"maximum":64,"default":8}""", properties["n_heads"]!.ToJsonString());
        Assert.Equal("""{"type":"number","exclusiveMinimum":0,"maximum":1,"default":0.5}""", properties["rate"]!.ToJsonString());
        Assert.Equal("""{"type":"string","pattern":"^(?:[a-z]\u002B)$","default":"abc"}""", properties["code"]!.ToJsonString());
        Assert.Equal("""{"type":"string","enum":["a","b"],"default":"a"}""", properties["letter"]!.ToJsonString());
        Assert.Equal("""{"enum":["red","deep_blue","none",null],"default":null}""", properties["other_color"]!.ToJsonString());
        Assert.Equal("""{"type":"array","items":{"type":"number"},"minItems":1,"default":[2,1]}""", properties["factors"]!.ToJsonString());
        Assert.Equal("""{"anyOf":[{"$ref":"#/$defs/sample_point"},{"type":"null"}],"default":null}""", properties["point"]!.ToJsonString());
    }

    [Fact]
    public void Generate_Union_IsOneOfWithConstTypes()
    {
        var definitions = SchemaGenerator.Generate(typeof(Sample))["$defs"]!;
        Assert.Equal(
            """{"title":"Sample choice","type":"object","required":["type"],"oneOf":[{"$ref":"#/$defs/sample_choice.circle"},{"$ref":"#/$defs/sample_choice.square"}]}""",
            definitions["sample_choice"]!.ToJsonString());
        Assert.Equal(
            """{"title":"Sample square","type":"object","properties":{"type":{"const":"square"},"name":{"type":"string"},"side":{"type":"number"}},"required":["type","name","side"],"additionalProperties":false}""",
            definitions["sample_choice.square"]!.ToJsonString());
    }

    [Theory]
    [InlineData("n_heads: 5")]
    [InlineData("n_heads: 5.0")]
    [InlineData("n_heads: 5.5")]
    [InlineData("n_heads: 65")]
    [InlineData("n_heads: '5'")]
    [InlineData("n_hed: 5")]
    [InlineData("n_heads: null")]
    [InlineData("rows: null")]
    [InlineData("rate: 0")]
    [InlineData("rate: 1e-3")]
    [InlineData("fast: yes")]
    [InlineData("fast: True")]
    [InlineData("title: 5")]
    [InlineData("title: No")]
    [InlineData("title: ' '")]
    [InlineData("code: ''")]
    [InlineData("code: abC")]
    [InlineData("letter: c")]
    [InlineData("letter: b")]
    [InlineData("color: deep_blue")]
    [InlineData("color: DeepBlue")]
    [InlineData("color: null")]
    [InlineData("other_color: null")]
    [InlineData("factors: []")]
    [InlineData("factors: [1, a]")]
    [InlineData("names: Ti")]
    [InlineData("names: [No, on]")]
    [InlineData("counts: {a: 1}")]
    [InlineData("counts: {a: x}")]
    [InlineData("point: {x12tm: 1}")]
    [InlineData("point: {r2: 1}")]
    [InlineData("point: {x12tm: 20, r2: 11}")]
    [InlineData("choice: {type: circle, name: a}")]
    [InlineData("choice: {type: circle, name: a, side: 1}")]
    [InlineData("choice: {type: cube, name: a}")]
    [InlineData("choice: {name: a}")]
    [InlineData("choice: null")]
    [InlineData("choices: [{type: square, name: a, side: 1}]")]
    [InlineData("choices: [{type: square, name: a}]")]
    [InlineData("any: [1, a, {b: [c]}]")]
    public void Generate_GoodAndBadTexts_SchemaAndBinderAgree(string text) =>
        Assert.Equal(Binding.Problems<Sample>(text).Length == 0, SampleSchema.Accepts(NodeJson.Of(text)));

    [Fact]
    public void Generate_AnyExperiment_IsAcceptedByTheSchema()
    {
        var schema = new SchemaEvaluator(SchemaGenerator.Generate(typeof(ExperimentConfig)));
        GenConfigs.Experiment.Sample(config => schema.Accepts(NodeJson.Of(ConfigRenderer.Render(config))), iter: 100);
    }

    [Theory]
    [InlineData("steps: [{type: ridge, column: a}]")]
    [InlineData("steps: [{type: ridge}]")]
    [InlineData("steps: [{type: lasso}]")]
    [InlineData("steps: [{type: wrap, inner: [{type: ridge, column: a}]}]")]
    [InlineData("steps: [{type: wrap, inner: [{type: ridge}]}]")]
    [InlineData("steps: []")]
    public void Generate_Pipelines_SchemaAndBinderAgree(string text)
    {
        var schema = new SchemaEvaluator(SchemaGenerator.Generate(typeof(PipelineConfig), new SampleCatalog()));
        Assert.Equal(Binding.Problems<PipelineConfig>(text).Length == 0, schema.Accepts(NodeJson.Of(text)));
    }

    [Fact]
    public void Generate_EveryConstraint_RefusesItsViolation()
    {
        var schema = new SchemaEvaluator(SchemaGenerator.Generate(typeof(ExperimentConfig)));
        Assert.True(schema.Accepts(NodeJson.Of("{name: a, intervals: {folds: 5}}")));
        foreach (var bad in new[] { "{name: A}", "{name: a, intervals: {folds: 1}}", "{name: a, schema: b}", "{name: a, extra: 1}", "{}" })
        {
            Assert.False(schema.Accepts(NodeJson.Of(bad)), bad);
            Assert.NotEmpty(Binding.Problems<ExperimentConfig>(bad));
        }
    }
}
