using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>Which systems a campaign computes.</summary>
[Description("Which systems a campaign computes.")]
public sealed record CampaignOptions
{
    [Description("Hosts X of the clusters X12TM, in the order in which they take turns.")]
    [Required]
    [MinLength(1)]
    public IReadOnlyList<string> Hosts { get; init; } = ["Fe", "Ti", "Zr", "Hf"];

    [Description("Hosts in the order in which each takes its next dopant; only hosts; one named twice gets two pairs a turn. Empty: as hosts says.")]
    public IReadOnlyList<string> Turns { get; init; } = [];

    [Description("Elements whose X13 and free atom are computed beside the hosts, to compare with published values; one after each pair from the sixth on.")]
    public IReadOnlyList<string> Validation { get; init; } = [];

    [Description("Dopants TM, in order of priority; empty takes every element for which the engine has a basis and a pseudopotential.")]
    public IReadOnlyList<string> Dopants { get; init; } = [];

    [Description("Structures of X12 to relax as reference, the lowest counts: vac (icosahedron without a vertex), cage (without its centre), cubo and deca (cuboctahedron and decahedron without a vertex).")]
    public IReadOnlyList<string> References { get; init; } = ["vac", "cage", "cubo"];

    [Description("Whether each relaxed X12TM gets a single point of its X12 without the dopant, for interaction and distortion energies.")]
    public bool FrozenHosts { get; init; } = true;

    [Description("Edge of the box of clusters by host or element of validation (Angstrom); at least the ideal X13 and 2.5 Angstrom on each side.")]
    public IReadOnlyDictionary<string, double> Boxes { get; init; } = new Dictionary<string, double>();

    [Description("Edge of the box of clusters of hosts that boxes does not name (Angstrom); null: as large as the X13 of the host and margin, to half an Angstrom. 2.5 Angstrom have to be left on each side.")]
    [Range(5.0, 100.0)]
    public double? Box { get; init; }

    [Description("What a box has to spare where box is null: its edge minus the diameter of the ideal X13 of the host, from nucleus to nucleus (Angstrom).")]
    [Range(2.0, 50.0)]
    public double Margin { get; init; } = 5.8;

    [Description("Edge of the box of free atoms (Angstrom).")]
    [Range(5.0, 100.0)]
    public double AtomBox { get; init; } = 12;

    /// <summary>Edge of the box of the clusters of a host, Angstrom.</summary>
    public double BoxOf(Element host) =>
        Boxes.TryGetValue(host.Symbol, out var named) ? named : Box ?? (Math.Round(2 * (Diameter(host) + Margin), MidpointRounding.ToEven) / 2);

    private static double Diameter(Element host)
    {
        var ideal = StartingGeometry.X13(host);
        return 2 * Math.Sqrt(Enumerable.Range(0, 3).Sum(axis => Math.Pow(ideal.Position(1)[axis] - ideal.Position(0)[axis], 2)));
    }
}
