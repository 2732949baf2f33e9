using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>What the geometry of one cluster says: coordination, bond lengths, size, shape, shells, and where its dopant sits.</summary>
/// <remarks>
/// Nothing depends on the orientation, the position or the order of the atoms. In a periodic cell every image counts that contributes, and a
/// cluster that the cell has cut is put together first. What is not defined is NaN, null or empty: bonds of a lone atom, the radius of a crystal.
/// </remarks>
public sealed record ClusterAnalysis
{
    /// <summary>Average effective coordination number, equation 11; NaN when an atom did not converge.</summary>
    public required double Ecn { get; init; }

    /// <summary>Average bond length d_av, equation 12, Angstrom; NaN when an atom did not converge or has no neighbour.</summary>
    public required double AverageBondLength { get; init; }

    /// <summary>ECN of each atom, equation 9.</summary>
    public required IReadOnlyList<double> EcnByAtom { get; init; }

    /// <summary>d_av of each atom, equation 10, Angstrom.</summary>
    public required IReadOnlyList<double> BondLengthByAtom { get; init; }

    /// <summary>Whether the self-consistent loop ended for every atom (<see cref="EffectiveCoordination.MaxIterations"/>).</summary>
    public bool Converged => !EcnByAtom.Any(double.IsNaN);

    /// <summary>Bonds of each atom (<see cref="ClusterAnalysisOptions.BondFactor"/>); images in a cell count each.</summary>
    public required IReadOnlyList<int> CoordinationNumbers { get; init; }

    /// <summary>Mean of <see cref="CoordinationNumbers"/>.</summary>
    public double MeanCoordinationNumber => CoordinationNumbers.Average();

    /// <summary>Distance of each atom to its nearest neighbour, Angstrom; NaN for a lone atom.</summary>
    public required IReadOnlyList<double> NearestNeighbourDistances { get; init; }

    /// <summary>The shortest distance between two atoms, Angstrom; NaN for a lone atom.</summary>
    public double ShortestBond => NearestNeighbourDistances.Min();

    /// <summary>Number of pieces that no bond connects; 1 for a cluster in one piece.</summary>
    public required int Fragments { get; init; }

    /// <summary>The cluster in vacuum and in one piece; null when its bonds go on through the cell. What follows is known of a cluster only.</summary>
    public required Structure? Whole { get; init; }

    /// <summary>Size and shape; null when the structure goes on through the cell.</summary>
    public required GyrationShape? Shape { get; init; }

    /// <summary>The atom at the centre: nearest to the mean position, and nearer to it than 0.4 of its own shortest bond. Null when there is none.</summary>
    public required int? CentralAtom { get; init; }

    /// <summary>Distance of each atom from the central atom, or from the mean position when there is none, Angstrom; empty for a crystal.</summary>
    public required IReadOnlyList<double> CentreDistances { get; init; }

    /// <summary>Atoms by distance from the central atom (itself is no shell), or from the mean position, nearest first.</summary>
    public required IReadOnlyList<DistanceShell> Shells { get; init; }

    /// <summary>Bonds to the centre beside those within the shell around it; null without a central atom.</summary>
    public required CentreSurface? CentreSurface { get; init; }

    /// <summary>How much longer the bonds to the centre are than in an ideal icosahedron with the same mean edge; NaN where there is no such shell.</summary>
    public double CentreSurfaceExpansion => CentreSurface?.Expansion ?? double.NaN;

    /// <summary>The single atom of another element; null unless all other atoms, two at least, are of one element.</summary>
    public required int? Dopant { get; init; }

    /// <summary>Where the dopant sits; null without a dopant, and for a crystal.</summary>
    public required DopantPlace? DopantPlace { get; init; }

    /// <summary>Analyses one structure.</summary>
    /// <param name="structure">A cluster in vacuum or in a cell; crystals have coordination and bond lengths, and no shape.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">Two atoms coincide, or the periodic vectors of the cell are not independent.</exception>
    public static ClusterAnalysis Of(Structure structure, ClusterAnalysisOptions? options = null) =>
        new ClusterAnalyzer(structure, options ?? new()).Analyze();

    /// <summary>The single atom of another element, as <see cref="Dopant"/> says.</summary>
    internal static int? DopantOf(IReadOnlyList<Element> elements)
    {
        var groups = Enumerable.Range(0, elements.Count).GroupBy(i => elements[i].AtomicNumber).ToList();
        return groups.Count == 2 && elements.Count > 2 ? groups.Where(g => g.Count() == 1).Select(g => (int?)g.Single()).SingleOrDefault() : null;
    }
}
