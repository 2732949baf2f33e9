namespace ClusterML.Experiments.Configuration;

/// <summary>Takes description and bounds of a key from the property of the same name of an options record: they are written once.</summary>
/// <param name="options">The options record.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SameAsAttribute(Type options) : Attribute
{
    /// <summary>The options record.</summary>
    public Type Options { get; } = options;
}
