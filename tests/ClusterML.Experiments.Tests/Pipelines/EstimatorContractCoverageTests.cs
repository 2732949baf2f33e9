using ClusterML.Learning.Steps;
using ClusterML.Transformer;
using Microsoft.ML;

namespace ClusterML.Experiments.Tests.Pipelines;

/// <summary>No estimator of the project goes without a test of the estimators' contract.</summary>
public sealed class EstimatorContractCoverageTests
{
    public static TheoryData<string> Estimators =>
    [
        .. new[] { typeof(StepState).Assembly, typeof(FtBackbone).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)))
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Estimator_Public_IsUnderTheContract(string estimator)
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository(), "tests"), "*ContractTests.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        Assert.Contains(tests, text => text.Contains($"new {estimator}(", StringComparison.Ordinal));
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
