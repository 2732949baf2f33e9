namespace ClusterML.Cli.Doctor;

/// <summary>The result of one check.</summary>
internal enum CheckState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It is not here, and not needed for most work.</summary>
    Missing,

    /// <summary>It is needed and does not work.</summary>
    Failed,
}

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="State">The result.</param>
/// <param name="Found">The version or path found, or the error.</param>
/// <param name="Remedy">What helps; null where nothing needs to.</param>
internal sealed record SystemCheck(string Name, CheckState State, string Found, string? Remedy = null);
