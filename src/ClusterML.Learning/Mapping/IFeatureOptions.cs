namespace ClusterML.Learning.Mapping;

/// <summary>Options of a trainer that reads vector columns as features.</summary>
public interface IFeatureOptions
{
    /// <summary>Vector columns used as features, side by side.</summary>
    IReadOnlyList<string> Features { get; }
}
