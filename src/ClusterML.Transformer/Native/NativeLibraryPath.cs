namespace ClusterML.Transformer;

/// <summary>The ways in which torch's native library can come into a process.</summary>
public enum NativeLibraryPath
{
    /// <summary>Nothing has asked for it yet.</summary>
    NotLoaded,

    /// <summary>The system loads it as it was shipped.</summary>
    Plain,

    /// <summary>A copy was loaded in which one unused requirement on libstdc++ is marked optional.</summary>
    Patched,

    /// <summary>It cannot be loaded here.</summary>
    Failed,
}
