using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Which systems a campaign computes.</summary>
[Description("Which systems a campaign computes.")]
public sealed record CampaignOptions
{
    [Description("Hosts X of the clusters X12TM, in the order in which they take turns.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Hosts { get; init; } = ["Fe", "Ti", "Zr", "Hf"];

    [Description("Dopants TM, in order of priority; empty takes every element for which the engine has a basis and a pseudopotential.")]
    public IReadOnlyList<string> Dopants { get; init; } = [];

    [Description("Structures of X12 to relax as reference, the lowest counts: vac (icosahedron without a vertex), cage (without its centre), cubo and deca (cuboctahedron and decahedron without a vertex).")]
    public IReadOnlyList<string> References { get; init; } = ["vac", "cage", "cubo"];

    [Description("Whether each relaxed X12TM gets a single point of its X12 without the dopant, for interaction and distortion energies.")]
    public bool FrozenHosts { get; init; } = true;

    [Description("Edge of the box of clusters (Angstrom).")]
    [Range(5.0, 100.0)]
    public double Box { get; init; } = 11.5;

    [Description("Edge of the box of free atoms (Angstrom).")]
    [Range(4.0, 100.0)]
    public double AtomBox { get; init; } = 8;
}
