namespace ClusterML.Experiments.Tests.Export;

/// <summary>The model of the config <c>smoke</c>, fitted once for all tests.</summary>
public sealed class SmokeModel : IDisposable
{
    internal FittedModel Model { get; } = new("smoke");

    public void Dispose() => Model.Dispose();
}
