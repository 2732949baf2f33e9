using System.Reflection;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Pipelines;

public sealed class StepRegistryTests
{
    public static TheoryData<string> Types => [.. StepRegistry.Default.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Get_EveryType_HasASummaryAndAnOptionsRecordOfInitOnlyProperties(string type)
    {
        var step = StepRegistry.Default.Get(type);

        Assert.NotEmpty(step.Summary);
        Assert.All(step.OptionsType.GetProperties(BindingFlags.Public | BindingFlags.Instance), p => Assert.True(
            p.SetMethod is null || p.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"),
            $"{step.OptionsType.Name}.{p.Name} can be set after the record is made"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Get_EveryType_IsInTheDocumentation(string type) =>
        Assert.Contains($"`{type}`", File.ReadAllText(Path.Combine(Repository(), "docs", "experiments.md")), StringComparison.Ordinal);

    [Fact]
    public void Bind_EveryPipelineOfTheRepository_IsValid()
    {
        var files = Directory.GetFiles(Path.Combine(Repository(), "pipelines"), "*.yaml");

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotEmpty(ConfigBinder.Bind<PipelineConfig>(file, File.ReadAllText(file), StepRegistry.Default).Value.Steps));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ClusterML.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
