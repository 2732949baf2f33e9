namespace ClusterML.Chemistry.Campaigns;

/// <summary>The program of an engine cannot be started on this system.</summary>
public sealed class EngineNotFoundException(string program, string reason, Exception? inner = null)
    : Exception($"{program} cannot be started ({reason}); on Debian and Ubuntu it is in the packages cp2k and cp2k-data", inner)
{
    /// <summary>The program.</summary>
    public string Program { get; } = program;
}
