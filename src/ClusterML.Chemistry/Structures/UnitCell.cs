namespace ClusterML.Chemistry.Structures;

/// <summary>A cell and the directions in which it repeats.</summary>
/// <param name="Vectors">Nine numbers, the vectors a, b and c as rows, Angstrom.</param>
/// <param name="PeriodicA">Whether it repeats along a.</param>
/// <param name="PeriodicB">Whether it repeats along b.</param>
/// <param name="PeriodicC">Whether it repeats along c.</param>
public sealed record UnitCell(IReadOnlyList<double> Vectors, bool PeriodicA, bool PeriodicB, bool PeriodicC)
{
    /// <inheritdoc cref="UnitCell"/>
    public IReadOnlyList<double> Vectors { get; } = Vectors.Count == 9 && Vectors.All(double.IsFinite)
        ? [.. Vectors]
        : throw new ArgumentException("a cell needs nine finite numbers", nameof(Vectors));

    /// <summary>Whether it repeats in any direction.</summary>
    public bool IsPeriodic => PeriodicA || PeriodicB || PeriodicC;

    /// <summary>Volume, cubic Angstrom; negative when the vectors are left-handed.</summary>
    public double SignedVolume =>
        (Vectors[0] * ((Vectors[4] * Vectors[8]) - (Vectors[5] * Vectors[7])))
        - (Vectors[1] * ((Vectors[3] * Vectors[8]) - (Vectors[5] * Vectors[6])))
        + (Vectors[2] * ((Vectors[3] * Vectors[7]) - (Vectors[4] * Vectors[6])));

    /// <summary>A periodic cube.</summary>
    /// <param name="edge">Edge, Angstrom.</param>
    public static UnitCell Cube(double edge) => new([edge, 0, 0, 0, edge, 0, 0, 0, edge], true, true, true);

    /// <inheritdoc/>
    public bool Equals(UnitCell? other) =>
        other is not null && Vectors.SequenceEqual(other.Vectors)
        && (PeriodicA, PeriodicB, PeriodicC) == (other.PeriodicA, other.PeriodicB, other.PeriodicC);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Vectors[0], Vectors[4], Vectors[8], PeriodicA, PeriodicB, PeriodicC);
}
