namespace ClusterML.Chemistry.Vibrations;

/// <summary>What the frequencies say of a stationary point.</summary>
public enum VibrationalVerdict
{
    /// <summary>Every vibration is real and positive.</summary>
    Minimum,

    /// <summary>Some vibrations are imaginary.</summary>
    SaddlePoint,

    /// <summary>There are fewer modes than vibrations, so nothing can be said.</summary>
    Incomplete,

    /// <summary>The modes left out as rigid are too stiff to be rigid: the geometry or the numerical derivatives are not good enough.</summary>
    Unclear,
}
