namespace ClusterML.Learning.Scaling;

/// <summary>Reference medians and ranges of the composition features.</summary>
public static class ElementPairs
{
    /// <summary>Medians and interquartile ranges of the 56 composition features.</summary>
    public static RobustScaler Ranges => throw new NotSupportedException("the element table is not there yet");
}
