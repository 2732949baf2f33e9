using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml;

/// <summary>Ends of a range in the wrong order, in the words and at the place of who wrote them.</summary>
public sealed class InvertedRangesTests
{
    [Theory]
    [InlineData("ridge", "lambda_min", "lambda_max")]
    [InlineData("kernel_ridge", "length_min", "length_max")]
    [InlineData("gaussian_process", "noise_min", "noise_max")]
    [InlineData("additive", "shrinkage_min", "shrinkage_max")]
    public void Check_InvertedRange_IsOneProblemAtItsLine(string step, string lower, string upper)
    {
        var text = $"schema: clusterml/pipeline@1\nsteps:\n  - type: {step}\n    {upper}: 1\n    {lower}: 10\n";

        var problem = Assert.Single(ConfigBinder.Check<PipelineConfig>(YamlSource.Parse("p.yaml", text), StepRegistry.Default).Problems);

        Assert.StartsWith("p.yaml:5:", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{lower} is above {upper}: 10 > 1", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e-9", "must be at least 1E-06, found 1E-09")]
    [InlineData("0", "must be above 0 and below 1, found 0")]
    public void Check_AlphaTooSmall_IsOneProblem(string alpha, string expected) =>
        Assert.Contains(expected, Support.Binding.Problems<IntervalConfig>($"alpha: [0.1, {alpha}]\n"), StringComparison.Ordinal);
}
