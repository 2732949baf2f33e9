using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Whether two clusters are the same up to translation, rotation, reflection and the numbering of their atoms.</summary>
/// <remarks>
/// <para>They are when a rotation, with or without a reflection, and a renumbering among atoms of the same element lay every atom of one
/// within the tolerance of its partner. Sorted distances refuse most pairs at once. For the others the map is looked for, and what is reported is the map.</para>
/// <para>The search: two atoms of the first cluster and its mean position make a frame, and every pair of atoms of the second that could be
/// theirs makes another. Laid on each other, they give the partners, and the partners give the best superposition (least squares, then the
/// smallest largest deviation). With a true match within the tolerance t, the first guess is at most 14 t off, so the partners are
/// certain while 28 t is below the shortest bond (t of 0.08 Angstrom for bonds of 2.4). Coarser tolerances may miss a match, and never report a false one.</para>
/// <para>A cluster in a periodic cell is put together first. A scaled cluster is a different one.</para>
/// </remarks>
public sealed record StructureMatch
{
    /// <summary>Equal, mirror image, or different.</summary>
    public required MatchKind Kind { get; init; }

    /// <summary>Whether they are the same up to rotation, reflection and numbering.</summary>
    public bool IsMatch => Kind != MatchKind.Different;

    /// <summary>Root mean square deviation of the superposition, Angstrom. For different structures of the best one tried, NaN if none was.</summary>
    public required double Rmsd { get; init; }

    /// <summary>Largest deviation of an atom from its partner, Angstrom; likewise.</summary>
    public required double MaxDeviation { get; init; }

    /// <summary>Atom i of the first lies on atom Permutation[i] of the second; empty when they are different.</summary>
    public required IReadOnlyList<int> Permutation { get; init; }

    /// <summary>Nine numbers, row-major, that turn the second onto the first; its determinant is -1 for a mirror image. Empty when they are different.</summary>
    public required IReadOnlyList<double> Rotation { get; init; }

    /// <summary>Three numbers, Angstrom, added after the rotation; for clusters that a cell has cut, once they are whole. Empty when they are different.</summary>
    public required IReadOnlyList<double> Translation { get; init; }

    /// <summary>Compares two clusters.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="tolerance">How far an atom may be from its partner, Angstrom; 0.05 tells relaxed minima apart. A billionth more is allowed for rounding.</param>
    /// <exception cref="ArgumentException">The tolerance is not a positive length, or a structure goes on through its cell.</exception>
    public static StructureMatch Compare(Structure a, Structure b, double tolerance)
    {
        CheckTolerance(tolerance);
        return Compare(new StructureFingerprint(a), new StructureFingerprint(b), tolerance, mirrorImages: true);
    }

    internal static StructureMatch Compare(StructureFingerprint a, StructureFingerprint b, double tolerance, bool mirrorImages)
    {
        if (!a.MayMatch(b, tolerance))
        {
            return Different(double.NaN, double.NaN);
        }

        var aligner = new ClusterAligner(a, b, tolerance);
        var proper = aligner.Align(reflect: false);
        if (proper is not null)
        {
            return Matching(MatchKind.Equal, aligner, proper);
        }

        return mirrorImages && aligner.Align(reflect: true) is { } improper
            ? Matching(MatchKind.MirrorImage, aligner, improper)
            : Different(aligner.BestRmsd, aligner.BestDeviation);
    }

    internal static void CheckTolerance(double tolerance)
    {
        if (!(tolerance > 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentException(FormattableString.Invariant($"a tolerance must be a positive length, not {tolerance}"), nameof(tolerance));
        }
    }

    private static StructureMatch Different(double rmsd, double deviation) =>
        new() { Kind = MatchKind.Different, Rmsd = rmsd, MaxDeviation = deviation, Permutation = [], Rotation = [], Translation = [] };

    private static StructureMatch Matching(MatchKind kind, ClusterAligner aligner, Superposition found) => new()
    {
        Kind = kind,
        Rmsd = found.Rmsd,
        MaxDeviation = found.MaxDeviation,
        Permutation = aligner.Partners.ToArray(),
        Rotation = found.Rotation,
        Translation = aligner.Uncentred(found),
    };
}
