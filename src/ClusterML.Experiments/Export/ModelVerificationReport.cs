namespace ClusterML.Experiments.Export;

/// <summary>What the checks of a model folder found.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Checks">The checks, in order.</param>
public sealed record ModelVerificationReport(string Folder, IReadOnlyList<ModelCheck> Checks)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(c => c.Passed);
}

/// <summary>One check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether nothing differs.</param>
/// <param name="Detail">What was compared, in a few words.</param>
/// <param name="Differences">Everything that differs.</param>
public sealed record ModelCheck(string Name, bool Passed, string Detail, IReadOnlyList<string> Differences);
