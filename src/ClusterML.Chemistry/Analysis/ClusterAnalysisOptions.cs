using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Analysis;

/// <summary>What counts as a bond and as a shell. Both are relative to bond lengths, so a scaled cluster is analysed alike.</summary>
public sealed record ClusterAnalysisOptions
{
    /// <summary>
    /// Two atoms are bonded when they are nearer than this times the mean of their average bond lengths d_av. Default 1.2: between the first
    /// shell (1) and the second of close packing (1.41), and beyond both shells of body-centred cubic (1 and 1.15).
    /// </summary>
    /// <remarks>
    /// The usual rule multiplies the nearest-neighbour distance of the bulk by 1.2. d_av takes its place because it needs no table and holds
    /// for two elements. 1.2 times the sum of covalent radii (Cordero and others, 2008) would leave the published Zn13
    /// and Hg13 without a bond, and Cd13 without those in its surface.
    /// </remarks>
    [Description("Two atoms are bonded when nearer than this times the mean of their average bond lengths.")]
    [Range(1.0, 1.7)]
    public double BondFactor { get; init; } = 1.2;

    /// <summary>Distances from the centre that differ by more than this times the average bond length belong to different shells. Default 0.1.</summary>
    [Description("A gap between distances from the centre, as a fraction of the average bond length, that separates two shells.")]
    [Range(0.001, 1.0)]
    public double ShellGap { get; init; } = 0.1;
}
