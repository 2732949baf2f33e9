using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Tests.Yaml.Support;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class UnionAndStepTests
{
    [Theory]
    [InlineData("choice: {type: cirle}", "f.yaml:1:16: choice.type: unknown type \"cirle\" (did you mean circle? one of: circle, square)")]
    [InlineData("choice: {type: triangle}", "f.yaml:1:16: choice.type: unknown type \"triangle\" (one of: circle, square)")]
    [InlineData("choice: {name: y}", "f.yaml:1:1: choice: missing required key type (one of: circle, square)")]
    [InlineData("choice: {type: [circle]}", "f.yaml:1:10: choice.type: expected one of circle, square, found a list")]
    [InlineData("choice: {type: null}", "f.yaml:1:16: choice.type: expected one of circle, square, found null")]
    [InlineData("choice: circle", "f.yaml:1:9: choice: expected a mapping with a type, found \"circle\"")]
    [InlineData("choice: {type: square, name: z, side: 1, foo: 1}", "f.yaml:1:42: choice.foo: unknown key (allowed: type, name, side)")]
    [InlineData("choice: {type: square, name: z}", "f.yaml:1:1: choice: missing required key side")]
    [InlineData("choices: [null]", "f.yaml:1:11: choices[0]: expected a mapping with a type, found null")]
    public void Check_Union_SaysWhatWouldBeRight(string text, string expected) => Assert.Equal(expected, Binding.Problems<Sample>(text));

    [Theory]
    [InlineData("steps: []", "f.yaml:1:1: steps: must have at least 1 entry, found none")]
    [InlineData("description: x", "f.yaml:1:1: missing required key steps: the steps, in order; the last one writes the column prediction")]
    [InlineData("steps: [{type: rigde, column: x}]", "f.yaml:1:16: steps[0].type: unknown type \"rigde\" (did you mean ridge? one of: ridge, wrap)")]
    [InlineData("steps: [{type: ridge}]", "f.yaml:1:9: steps[0]: missing required key column")]
    [InlineData("steps: [{type: ridge, column: x, lambda: [1]}]", "f.yaml:1:34: steps[0].lambda: unknown key (did you mean lambdas?)")]
    [InlineData("schema: clusterml/experiment@1\nsteps: [{type: wrap}]", "f.yaml:1:9: schema: must be clusterml/pipeline@1, found clusterml/experiment@1: this file is an experiment: `clusterml validate` and `clusterml run` take it")]
    public void Check_Pipeline_SaysWhatWouldBeRight(string text, string expected) =>
        Assert.Equal(expected, Binding.Problems<PipelineConfig>(text));

    [Fact]
    public void Bind_Steps_GetTheOptionsOfTheirType()
    {
        var pipeline = Binding.Value<PipelineConfig>(
            """
            steps:
              - type: wrap
                inner:
                  - {type: ridge, column: a, lambdas: [3]}
            """);
        var wrap = Assert.IsType<SampleWrapOptions>(Assert.Single(pipeline.Steps).Options);
        var ridge = Assert.Single(wrap.Inner);
        Assert.Equal("ridge", ridge.Type);
        Assert.Equal([3.0], Assert.IsType<SampleRidgeOptions>(ridge.Options).Lambdas);
    }
}
