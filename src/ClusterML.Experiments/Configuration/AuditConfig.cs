using System.ComponentModel;

namespace ClusterML.Experiments.Configuration;

/// <summary>The audit of the data, which runs before anything is trained.</summary>
[Description("The audit of the data, which runs before anything is trained; severe findings stop the run unless they are accepted.")]
public sealed record AuditConfig
{
    [Description("Findings to accept: a code (untrained_token), or a code with one row or column (identity_violation:Ti12Ti). docs/audit.md lists the codes; say why in a comment.")]
    public IReadOnlyList<string> Accept { get; init; } = [];

    [Description("Equations that columns of the table obey, such as de_tot = e_in - e_out within 1e-6.")]
    public IReadOnlyList<string> Identities { get; init; } = [];
}
