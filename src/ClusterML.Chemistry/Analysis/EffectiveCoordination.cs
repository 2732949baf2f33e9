using System.Buffers;

namespace ClusterML.Chemistry.Analysis;

/// <summary>
/// Effective coordination number (ECN) and self-consistent average bond length d_av of every atom of a cluster in vacuum,
/// equations 9 and 10 of the paper's supporting information.
/// </summary>
/// <remarks>
/// <para>For atom i, over all other atoms j: w_ij = exp[1 - (d_ij / d_av)^6]; d_av = sum(d_ij w_ij) / sum(w_ij), from the shortest
/// distance on, until it changes by less than <see cref="Convergence"/>; ECN = sum(w_ij) at the last d_av. The iterates are those of
/// the paper's loop: nothing is accelerated, only many atoms are worked on at once.</para>
/// <para>The loop cannot diverge or cycle. A longer d_av gives more weight to longer distances, so the update is a non-decreasing
/// function of d_av, and its first step goes up: the iterates rise, and the longest distance bounds them. What can happen is that they
/// rise slowly. An atom that needs more than <see cref="MaxIterations"/> steps has not converged, and its two results are NaN.</para>
/// <para>Nothing is allocated on the heap but what the array pool lends for clusters of more than a hundred atoms.</para>
/// </remarks>
public static class EffectiveCoordination
{
    /// <summary>The loop stops when d_av changes by less than this, Angstrom.</summary>
    public const double Convergence = 1e-4;

    /// <summary>Steps after which an atom counts as not converged. Ten is usual, and two hundred has been seen.</summary>
    public const int MaxIterations = 1000;

    /// <summary>Atoms closer than this coincide, Angstrom: no bond is a hundredth as short, so it is an error of the input.</summary>
    public const double ClosestDistance = 1e-3;

    /// <summary>The largest coordinate that is taken for one, Angstrom; its sixth power is far from overflow.</summary>
    public const double LargestCoordinate = 1e15;

    /// <summary>ECN and d_av of every atom of one cluster.</summary>
    /// <param name="positions">3N coordinates, x y z of each atom in turn, Angstrom.</param>
    /// <param name="ecn">N effective coordination numbers; a lone atom has 0.</param>
    /// <param name="bondLength">N average bond lengths, Angstrom; a lone atom has NaN.</param>
    /// <returns>Number of atoms that did not converge; their results are NaN.</returns>
    /// <exception cref="ArgumentException">The lengths do not match, a coordinate is not a length, or two atoms coincide.</exception>
    public static int Compute(ReadOnlySpan<double> positions, Span<double> ecn, Span<double> bondLength)
    {
        var atoms = CheckLengths(positions.Length, positions.Length / 3, ecn.Length, bondLength.Length);
        return atoms == 0 ? 0 : Run(positions, atoms, ecn, bondLength, 0, MaxIterations);
    }

    /// <summary>ECN and d_av of every atom of many clusters of the same size.</summary>
    /// <param name="positions">3N coordinates of each of the M clusters in turn, Angstrom.</param>
    /// <param name="atoms">N, the atoms of one cluster.</param>
    /// <param name="ecn">M N effective coordination numbers.</param>
    /// <param name="bondLength">M N average bond lengths, Angstrom.</param>
    /// <returns>Number of atoms that did not converge; their results are NaN.</returns>
    /// <exception cref="ArgumentException">The lengths do not match, a coordinate is not a length, or two atoms coincide; the first cluster with such a fault is named.</exception>
    public static int ComputeBatch(ReadOnlySpan<double> positions, int atoms, Span<double> ecn, Span<double> bondLength)
    {
        CheckLengths(positions.Length, atoms, ecn.Length, bondLength.Length);
        return positions.IsEmpty ? 0 : Run(positions, atoms, ecn, bondLength, 0, MaxIterations);
    }

    /// <summary>As <see cref="ComputeBatch(ReadOnlySpan{double}, int, Span{double}, Span{double})"/>, on several threads; the results are the same to the last bit.</summary>
    /// <param name="positions">3N coordinates of each of the M clusters in turn, Angstrom.</param>
    /// <param name="atoms">N, the atoms of one cluster.</param>
    /// <param name="ecn">M N effective coordination numbers.</param>
    /// <param name="bondLength">M N average bond lengths, Angstrom.</param>
    /// <param name="threads">Threads at most; -1 for as many as there are cores.</param>
    /// <returns>Number of atoms that did not converge; their results are NaN.</returns>
    /// <exception cref="ArgumentException">As above.</exception>
    public static int ComputeBatch(ReadOnlyMemory<double> positions, int atoms, Memory<double> ecn, Memory<double> bondLength, int threads)
    {
        CheckLengths(positions.Length, atoms, ecn.Length, bondLength.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, -1);
        ArgumentOutOfRangeException.ThrowIfZero(threads);
        if (positions.IsEmpty)
        {
            return 0;
        }

        var clusters = positions.Length / (3 * atoms);
        var chunk = Math.Max(8, 8192 / atoms / 8 * 8);
        var chunks = (clusters + chunk - 1) / chunk;
        var failed = 0;
        try
        {
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, c =>
            {
                var first = c * chunk;
                var count = Math.Min(chunk, clusters - first);
                var missed = Run(
                    positions.Span.Slice(first * 3 * atoms, count * 3 * atoms),
                    atoms,
                    ecn.Span.Slice(first * atoms, count * atoms),
                    bondLength.Span.Slice(first * atoms, count * atoms),
                    first,
                    MaxIterations);
                Interlocked.Add(ref failed, missed);
            });
        }
        catch (AggregateException several)
        {
            // Chunks end in any order; one thread alone finds the first fault, and so must many.
            Run(positions.Span, atoms, ecn.Span, bondLength.Span, 0, MaxIterations);
            throw several.InnerExceptions[0];
        }

        return failed;
    }

    /// <summary>The work, over clusters numbered from <paramref name="firstCluster"/> in error messages.</summary>
    internal static int Run(ReadOnlySpan<double> positions, int atoms, Span<double> ecn, Span<double> bondLength, int firstCluster, int maxIterations)
    {
        var clusters = positions.Length / (3 * atoms);
        var together = atoms <= ClustersAsLanes.LargestCluster ? clusters / ClustersAsLanes.Lanes * ClustersAsLanes.Lanes : 0;
        var room = ArrayPool<double>.Shared.Rent(Math.Max(together > 0 ? ClustersAsLanes.Room(atoms) : 0, NeighboursAsLanes.Room(atoms)));
        try
        {
            var failed = 0;
            for (var cluster = 0; cluster < clusters;)
            {
                var eight = cluster < together;
                var count = eight ? ClustersAsLanes.Lanes : 1;
                var own = positions.Slice(cluster * 3 * atoms, count * 3 * atoms);
                var numbers = ecn.Slice(cluster * atoms, count * atoms);
                var lengths = bondLength.Slice(cluster * atoms, count * atoms);
                var outcome = eight
                    ? ClustersAsLanes.Compute(own, atoms, numbers, lengths, room, maxIterations)
                    : NeighboursAsLanes.Compute(own, numbers, lengths, room, maxIterations);
                if (outcome < 0 && eight)
                {
                    // One of the eight is at fault: alone, each of them says which.
                    together = 0;
                    continue;
                }

                failed += outcome >= 0 ? outcome : throw Fault(own, clusters == 1 && firstCluster == 0 ? null : firstCluster + cluster);
                cluster += count;
            }

            return failed;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(room);
        }
    }

    private static int CheckLengths(int coordinates, int atoms, int ecn, int bondLength)
    {
        if (atoms < 0 || (atoms == 0 ? coordinates > 0 : coordinates % (3 * atoms) != 0))
        {
            throw new ArgumentException($"{coordinates} coordinates are not those of whole clusters of {atoms} atoms", "positions");
        }

        if (ecn != coordinates / 3 || bondLength != coordinates / 3)
        {
            throw new ArgumentException($"{coordinates} coordinates give {coordinates / 3} results; there is room for {ecn} and {bondLength}", nameof(ecn));
        }

        return atoms;
    }

    private static ArgumentException Fault(ReadOnlySpan<double> positions, int? cluster)
    {
        var where = cluster is null ? "" : FormattableString.Invariant($"cluster {cluster}: ");
        for (var c = 0; c < positions.Length; c++)
        {
            if (!(Math.Abs(positions[c]) <= LargestCoordinate))
            {
                return new(FormattableString.Invariant($"{where}coordinate {"xyz"[c % 3]} of atom {c / 3} is {positions[c]}, which is not a length"), nameof(positions));
            }
        }

        for (var i = 0; i < positions.Length / 3; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (x, y, z) = (positions[3 * i] - positions[3 * j], positions[(3 * i) + 1] - positions[(3 * j) + 1], positions[(3 * i) + 2] - positions[(3 * j) + 2]);
                if ((x * x) + (y * y) + (z * z) < ClosestDistance * ClosestDistance)
                {
                    return new($"{where}atoms {j} and {i} coincide", nameof(positions));
                }
            }
        }

        return new($"{where}the distances between atoms are not lengths", nameof(positions));
    }
}
