using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterML.Chemistry.Analysis;

/// <summary>Eight small clusters of the same size at once, one in each lane of a vector: no sum across lanes, and every distance is computed once.</summary>
internal static class ClustersAsLanes
{
    /// <summary>Larger clusters have atoms out of each other's reach, which <see cref="NeighboursAsLanes"/> leaves out.</summary>
    public const int LargestCluster = 64;

    /// <summary>Clusters that are computed together.</summary>
    public const int Lanes = 8;

    private static readonly Vector512<double> Log2E = Vector512.Create(1 / Math.Log(2));

    /// <summary>Numbers that the room must hold.</summary>
    public static int Room(int atoms) => Lanes * atoms * (4 + (2 * atoms));

    /// <summary>Number of atoms that did not converge, or -1 when a coordinate or a distance is not one.</summary>
    public static int Compute(ReadOnlySpan<double> positions, int atoms, Span<double> ecn, Span<double> bondLength, Span<double> room, int maxIterations)
    {
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(room);
        var coordinates = vectors[..(3 * atoms)];
        if (!Transpose(positions, coordinates))
        {
            return -1;
        }

        if (atoms == 1)
        {
            ecn.Clear();
            bondLength.Fill(double.NaN);
            return 0;
        }

        var shortest = vectors.Slice(3 * atoms, atoms);
        var distances = vectors.Slice(4 * atoms, atoms * atoms);
        var sixths = vectors.Slice((4 + atoms) * atoms, atoms * atoms);
        if (!Pairs(coordinates, atoms, distances, sixths, shortest))
        {
            return -1;
        }

        var failed = 0;
        for (var i = 0; i < atoms; i++)
        {
            var unfinished = Solve(distances.Slice(i * atoms, atoms), sixths.Slice(i * atoms, atoms), i, shortest[i], maxIterations, out var number, out var length);
            failed += BitOperations.PopCount(unfinished);
            for (var lane = 0; lane < Lanes; lane++)
            {
                ecn[(lane * atoms) + i] = number[lane];
                bondLength[(lane * atoms) + i] = length[lane];
            }
        }

        return failed;
    }

    /// <summary>Coordinates of one atom side by side; false when one is not a length.</summary>
    private static bool Transpose(ReadOnlySpan<double> positions, Span<Vector512<double>> coordinates)
    {
        var flat = MemoryMarshal.Cast<Vector512<double>, double>(coordinates);
        var stride = coordinates.Length;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var own = positions.Slice(lane * stride, stride);
            for (var c = 0; c < own.Length; c++)
            {
                flat[(c * Lanes) + lane] = own[c];
            }
        }

        var largest = Vector512.Create(EffectiveCoordination.LargestCoordinate);
        foreach (ref readonly var coordinate in coordinates)
        {
            if (!Vector512.LessThanOrEqualAll(Vector512.Abs(coordinate), largest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Distances, their sixth powers and the shortest of each atom; false when two atoms coincide.</summary>
    private static bool Pairs(
        ReadOnlySpan<Vector512<double>> coordinates,
        int atoms,
        Span<Vector512<double>> distances,
        Span<Vector512<double>> sixths,
        Span<Vector512<double>> shortest)
    {
        shortest.Fill(Vector512.Create(double.PositiveInfinity));
        for (var i = 0; i < atoms; i++)
        {
            var (x, y, z) = (coordinates[3 * i], coordinates[(3 * i) + 1], coordinates[(3 * i) + 2]);
            for (var j = 0; j < i; j++)
            {
                var dx = coordinates[3 * j] - x;
                var dy = coordinates[(3 * j) + 1] - y;
                var dz = coordinates[(3 * j) + 2] - z;
                var square = (dx * dx) + (dy * dy) + (dz * dz);
                var distance = Vector512.Sqrt(square);
                var sixth = square * square * square;
                distances[(i * atoms) + j] = distance;
                distances[(j * atoms) + i] = distance;
                sixths[(i * atoms) + j] = sixth;
                sixths[(j * atoms) + i] = sixth;
                shortest[i] = Vector512.MinNative(shortest[i], distance);
                shortest[j] = Vector512.MinNative(shortest[j], distance);
            }
        }

        var closest = Vector512.Create(EffectiveCoordination.ClosestDistance);
        foreach (ref readonly var distance in shortest)
        {
            if (!Vector512.GreaterThanOrEqualAll(distance, closest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The loop of one atom in eight clusters; the bits of the lanes that did not converge.</summary>
    private static uint Solve(
        ReadOnlySpan<Vector512<double>> distances,
        ReadOnlySpan<Vector512<double>> sixths,
        int self,
        Vector512<double> shortest,
        int maxIterations,
        out Vector512<double> ecn,
        out Vector512<double> bondLength)
    {
        var average = shortest;
        var active = Vector512<double>.AllBitsSet;
        for (var iteration = 0; ; iteration++)
        {
            var square = average * average;
            var factor = Log2E / (square * square * square);
            var (weights, weighted) = (Vector512<double>.Zero, Vector512<double>.Zero);
            Sum(distances[..self], sixths[..self], factor, ref weights, ref weighted);
            Sum(distances[(self + 1)..], sixths[(self + 1)..], factor, ref weights, ref weighted);
            if (active == Vector512<double>.Zero || iteration == maxIterations)
            {
                // A lane that stopped kept its average, so these are its weights at its last average.
                var missing = Vector512.Create(double.NaN);
                ecn = Vector512.ConditionalSelect(active, missing, weights);
                bondLength = Vector512.ConditionalSelect(active, missing, average);
                return (uint)active.ExtractMostSignificantBits();
            }

            var next = weighted / weights;
            var step = Vector512.Abs(next - average);
            average = Vector512.ConditionalSelect(active, next, average);
            active &= Vector512.GreaterThanOrEqual(step, Vector512.Create(EffectiveCoordination.Convergence));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(
        ReadOnlySpan<Vector512<double>> distances,
        ReadOnlySpan<Vector512<double>> sixths,
        Vector512<double> factor,
        ref Vector512<double> weights,
        ref Vector512<double> weighted)
    {
        for (var j = 0; j < distances.Length && j < sixths.Length; j++)
        {
            var weight = PowersOfTwo.Of(Log2E - (sixths[j] * factor));
            weights += weight;
            weighted = Vector512.MultiplyAddEstimate(distances[j], weight, weighted);
        }
    }
}
