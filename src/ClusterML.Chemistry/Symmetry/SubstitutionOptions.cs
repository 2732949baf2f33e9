using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>What counts as distinct, and how many are too many.</summary>
public sealed record SubstitutionOptions
{
    /// <summary>
    /// Whether mirror images count as two. Default false: the whole point group makes substitutions equivalent, as energies do.
    /// True: only its rotations do.
    /// </summary>
    [Description("Whether mirror images count as two.")]
    public bool EnantiomersApart { get; init; }

    /// <summary>The largest number of distinct substitutions that is listed. Default 1,000,000.</summary>
    [Description("The largest number of distinct substitutions that is listed.")]
    [Range(1, long.MaxValue)]
    public long Limit { get; init; } = 1_000_000;
}
