using System.Text.Json.Serialization;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>A fitted regression that depends on the names of host and dopant alone, so a table of all pairs says everything.</summary>
public interface IPairRegressor : IFittedRegressor
{
    /// <summary>Column of hosts.</summary>
    string HostColumn { get; }

    /// <summary>Column of dopants.</summary>
    string DopantColumn { get; }

    /// <summary>Hosts that it tells apart; all others are predicted alike.</summary>
    [JsonIgnore]
    IReadOnlyList<string> KnownHosts { get; }

    /// <summary>Dopants that it tells apart; all others are predicted alike.</summary>
    [JsonIgnore]
    IReadOnlyList<string> KnownDopants { get; }
}
