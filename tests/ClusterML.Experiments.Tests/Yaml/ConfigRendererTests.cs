using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;
using CsCheck;

namespace ClusterML.Experiments.Tests.Yaml;

public sealed class ConfigRendererTests
{
    private static readonly Sample Full = new()
    {
        NHeads = 4,
        Title = "No",
        Note = "a: b",
        Counts = new Dictionary<string, int> { ["a b"] = 3 },
        Point = new SamplePoint(3),
        Choices = [new SampleCircle { Name = "a" }, new SampleSquare { Name = "x", Side = 1e-5 }],
        Any = [1L, 2.5, "5", true],
    };

    [Fact]
    public void Render_Record_HasEveryKeyWithTypeFirst() => Assert.Equal(
        """
        # yaml-language-server: $schema=../s.json
        # Made by hand.
        # Attention heads.
        n_heads: 4
        rows: null
        rate: 0.5
        weight: null
        fast: false
        title: "No"
        note: "a: b"
        code: abc
        letter: a
        # One of two.
        color: deep_blue
        other_color: null
        factors: [2, 1]
        names: []
        counts:
          a b: 3
        point:
          x12tm: 3
          r2: 1
          label: null
        choice: null
        choices:
          - type: circle
            name: a
            radius: 1
          # The second.
          - type: square
            name: x
            side: 1e-5
        any: [1, 2.5, "5", true]

        """,
        ConfigRenderer.Render(Full, new RenderOptions
        {
            SchemaFile = "../s.json",
            Header = ["Made by hand."],
            Comments = true,
            Notes = new Dictionary<string, string> { ["color"] = "One of two.", ["choices[1]"] = "The second." },
        }));

    [Fact]
    public void Render_Sample_BindsBackEqual() => Assert.True(DeepEquality.AreEqual(Full, Binding.Value<Sample>(ConfigRenderer.Render(Full))));

    [Fact]
    public void Render_Pipeline_BindsBackEqual()
    {
        var pipeline = new PipelineConfig
        {
            Steps = [new StepConfig("wrap", new SampleWrapOptions { Inner = [new StepConfig("ridge", new SampleRidgeOptions { Column = "a" })] })],
        };
        var text = ConfigRenderer.Render(pipeline);
        Assert.Equal(
            """
            schema: clusterml/pipeline@1
            description: null
            steps:
              - type: wrap
                inner:
                  - type: ridge
                    lambdas: [0.1, 1, 10]
                    column: a

            """,
            text);
        Assert.True(DeepEquality.AreEqual(pipeline, Binding.Value<PipelineConfig>(text)));
    }

    [Fact]
    public void Render_AnyExperiment_BindsBackEqual() => GenConfigs.Experiment.Sample(
        config => DeepEquality.AreEqual(config, Binding.Value<ExperimentConfig>(ConfigRenderer.Render(config))), iter: 300);

    [Fact]
    public void Render_AnyNumber_ReadsBackTheSame() => Gen.Double.Where(double.IsFinite).Sample(
        d => Binding.Value<Sample>(ConfigRenderer.Render(new Sample { Factors = [d] })).Factors[0] == d, iter: 300);
}
