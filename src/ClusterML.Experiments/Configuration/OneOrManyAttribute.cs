namespace ClusterML.Experiments.Configuration;

/// <summary>A list that may be written as one value without brackets: <c>alpha: 0.1</c> for <c>alpha: [0.1]</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOrManyAttribute : Attribute;
