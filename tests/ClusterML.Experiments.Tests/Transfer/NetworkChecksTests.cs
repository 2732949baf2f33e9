using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Tests.Transfer;

/// <summary>What a config asks of its backbone and device, checked before anything runs.</summary>
public sealed class NetworkChecksTests : IDisposable
{
    private const string Hash = "aa9e926ee803a5f08018cdddccb0065fd665bb087b1d4236786a02266225b01c";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(6, null)]
    [InlineData(7, "tune.yaml:5:22: steps[1].freeze.blocks: 7 blocks cannot be frozen: the backbone has 6 blocks; give 0 to 6, or leave it out to freeze all and the last norm")]
    public void Load_FrozenBlocks_AreAtMostThoseOfTheBackbone(int blocks, string? problem) =>
        Assert.Equal(problem is null ? [] : [problem], Problems(Hash.ToUpperInvariant(), $"freeze: {{blocks: {blocks}}}"));

    [Theory]
    [InlineData("deadbeef")]
    [InlineData("zz9e926ee803a5f08018cdddccb0065fd665bb087b1d4236786a02266225b01c")]
    public void Load_HashOfAnotherForm_SaysWhatAHashIs(string hash) =>
        Assert.StartsWith($"study.yaml:10:17: backbone.weights_hash: \"{hash}\" is no SHA-256: give its 64 hexadecimal digits", Assert.Single(Problems(hash, "dropout: 0.1")), StringComparison.Ordinal);

    [Fact]
    public void CheckData_HashOfOtherWeights_IsRefusedWhereTheConfigNamesIt()
    {
        var other = new string('a', 64);
        var experiment = Load(other, "dropout: 0.1");

        var problem = Assert.Throws<VerificationException>(() => Engine().CheckData(experiment)).Problem!;

        Assert.Equal(("study.yaml", 10, 17, "backbone.weights_hash"), (Path.GetFileName(problem.File), problem.Line, problem.Column, problem.Path));
        Assert.EndsWith($"the weights have the hash {Hash}, the config asks for {other}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CudaWhereThereIsNone_IsNamedWhereItWasWritten()
    {
        var reason = FtDevices.WhyNot(FtDevice.Cuda);

        Assert.Equal(reason is null ? [] : [$"tune.yaml:5:24: steps[1].training.device: {reason}"], Problems(Hash, "training: {device: cuda}"));
    }

    [Theory]
    [InlineData("network: {bins: 5}", "steps[1].network.bins: bins is an option of the piecewise_linear tokenizer: choose that as tokenizer, or leave bins out")]
    [InlineData("network: {tokenizer: piecewise_linear, frequencies: 3}", "steps[1].network.frequencies: frequencies is an option of the periodic tokenizer: choose that as tokenizer, or leave frequencies out")]
    [InlineData("network: {tokenizer: periodic, frequencies: 3, frequency_scale: 2}", null)]
    [InlineData("training: {warmup_epochs: 50, max_epochs: 1}", "steps[1].training.warmup_epochs: warmup_epochs is 50 and max_epochs is 1: the learning rate would never be reached; warm up for fewer epochs")]
    [InlineData("training: {final_learning_rate: 0.1}", "steps[1].training.final_learning_rate: final_learning_rate is an option of the schedules linear and cosine: choose one as schedule, or leave final_learning_rate out")]
    [InlineData("training: {schedule: cosine, final_learning_rate: 0.1}", null)]
    [InlineData("training: {mask_weight: 2}", "steps[1].training.mask_weight: mask_weight weighs the restoring loss, and mask_probability is 0: give mask_probability, or leave mask_weight out")]
    public void Load_OptionsThatHaveNoEffect_AreNamed(string options, string? problem)
    {
        var problems = Problems(Hash, options, "ft_transformer");

        Assert.Equal(problem is null ? [] : [problem], problems.Select(p => p[(p.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.All(problems, p => Assert.StartsWith("tune.yaml:5:", p, StringComparison.Ordinal));
    }

    private ExperimentEngine Engine() => new(new EngineOptions { ArtifactsRoot = Path.Combine(folder.Path, "artifacts"), DataRoot = null });

    private LoadedExperiment Load(string hash, string options, string step = "ft_fine_tune")
    {
        folder.Write("rows.csv", "a,y\n1,2\n");
        folder.Write("tune.yaml", $"schema: clusterml/pipeline@1\nsteps:\n  - type: table_descriptors\n  - type: {step}\n    {options}\n");
        return Engine().Load(
            folder.Write("study.yaml", $$"""
                name: study
                data:
                  table:
                    type: csv
                    path: rows.csv
                    columns: [{name: a, role: numeric}, {name: y, role: target}]
                backbone:
                  type: published
                  path: {{Path.Combine(Binding.Repository, "artifacts", "backbones", "qcd-ft66")}}
                  weights_hash: {{hash}}
                model: {name: main, pipeline: tune.yaml}
                protocols: [{type: k_fold, name: folds}]
                """), []);
    }

    private IReadOnlyList<string> Problems(string hash, string options, string step = "ft_fine_tune")
    {
        try
        {
            Load(hash, options, step);
            return [];
        }
        catch (ConfigException e)
        {
            return [.. e.Problems.Select(p => (p with { File = Path.GetFileName(p.File) }).ToString())];
        }
    }
}
