using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterML.Chemistry.Analysis;

/// <summary>One cluster, atom by atom, with eight of its neighbours at once; neighbours whose weight no sum would notice are left out.</summary>
internal static class NeighboursAsLanes
{
    // exp(1 - 1.9^6) = 1e-20, and the sum of the weights is at least that of the shortest distance, 1.
    private const double Reach = 1.9;

    // The average rises from the shortest distance; the row is collected anew when it rises further than this.
    private const double Headroom = 1.2;

    private static readonly double Log2E = 1 / Math.Log(2);

    /// <summary>Numbers that the room must hold.</summary>
    public static int Room(int atoms) => 6 * Padded(atoms);

    /// <summary>Number of atoms that did not converge, or -1 when a coordinate or a distance is not one.</summary>
    public static int Compute(ReadOnlySpan<double> positions, Span<double> ecn, Span<double> bondLength, Span<double> room, int maxIterations)
    {
        var padded = Padded(ecn.Length);
        var atoms = ecn.Length;
        var x = room[..padded];
        var y = room.Slice(padded, padded);
        var z = room.Slice(2 * padded, padded);
        var squares = room.Slice(3 * padded, padded);
        var distances = room.Slice(4 * padded, padded);
        var sixths = room.Slice(5 * padded, padded);
        for (var c = 0; c < positions.Length; c++)
        {
            if (!(Math.Abs(positions[c]) <= EffectiveCoordination.LargestCoordinate))
            {
                return -1;
            }
        }

        for (var i = 0; i < atoms; i++)
        {
            (x[i], y[i], z[i]) = (positions[3 * i], positions[(3 * i) + 1], positions[(3 * i) + 2]);
        }

        x[atoms..].Fill(double.PositiveInfinity);
        y[atoms..].Clear();
        z[atoms..].Clear();
        if (atoms == 1)
        {
            (ecn[0], bondLength[0]) = (0, double.NaN);
            return 0;
        }

        var failed = 0;
        for (var i = 0; i < atoms; i++)
        {
            var shortest = Squares(x, y, z, i, squares);
            if (!(shortest >= EffectiveCoordination.ClosestDistance * EffectiveCoordination.ClosestDistance))
            {
                return -1;
            }

            (ecn[i], bondLength[i]) = Solve(squares[..atoms], Math.Sqrt(shortest), distances, sixths, maxIterations);
            failed += double.IsNaN(ecn[i]) ? 1 : 0;
        }

        return failed;
    }

    private static int Padded(int atoms) => (atoms + 7) / 8 * 8;

    /// <summary>Squares of the distances to atom i, infinite for itself; returns the smallest.</summary>
    private static double Squares(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, int i, Span<double> squares)
    {
        var vx = MemoryMarshal.Cast<double, Vector512<double>>(x);
        var vy = MemoryMarshal.Cast<double, Vector512<double>>(y);
        var vz = MemoryMarshal.Cast<double, Vector512<double>>(z);
        var result = MemoryMarshal.Cast<double, Vector512<double>>(squares);
        var (x0, y0, z0) = (Vector512.Create(x[i]), Vector512.Create(y[i]), Vector512.Create(z[i]));
        var smallest = Vector512.Create(double.PositiveInfinity);
        for (var v = 0; v < result.Length; v++)
        {
            var (dx, dy, dz) = (vx[v] - x0, vy[v] - y0, vz[v] - z0);
            var square = (dx * dx) + (dy * dy) + (dz * dz);
            if (v == i / Vector512<double>.Count)
            {
                square = square.WithElement(i % Vector512<double>.Count, double.PositiveInfinity);
            }

            result[v] = square;
            smallest = Vector512.MinNative(smallest, square);
        }

        var four = Vector256.MinNative(smallest.GetLower(), smallest.GetUpper());
        var two = Vector128.MinNative(four.GetLower(), four.GetUpper());
        return Math.Min(two[0], two[1]);
    }

    private static (double Ecn, double BondLength) Solve(ReadOnlySpan<double> squares, double shortest, Span<double> distances, Span<double> sixths, int maxIterations)
    {
        var average = shortest;
        var bound = average * Headroom;
        var count = Collect(squares, bound * Reach, distances, sixths);
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            var (weights, weighted) = Sums(distances[..count], sixths[..count], average);
            var next = weighted / weights;
            var step = Math.Abs(next - average);
            average = next;
            if (average > bound)
            {
                bound = average * Headroom;
                count = Collect(squares, bound * Reach, distances, sixths);
            }

            if (step < EffectiveCoordination.Convergence)
            {
                return (Sums(distances[..count], sixths[..count], average).Weights, average);
            }
        }

        return (double.NaN, double.NaN);
    }

    /// <summary>Distances below the reach and their sixth powers, filled up to whole vectors with what weighs nothing.</summary>
    private static int Collect(ReadOnlySpan<double> squares, double reach, Span<double> distances, Span<double> sixths)
    {
        var limit = reach * reach;
        var count = 0;
        foreach (var square in squares)
        {
            // Written always and counted only when it is near: there is no branch to mispredict.
            sixths[count] = square;
            count += square < limit ? 1 : 0;
        }

        var whole = Padded(count);
        sixths[count..whole].Fill(double.PositiveInfinity);
        var d = MemoryMarshal.Cast<double, Vector512<double>>(distances[..whole]);
        var s = MemoryMarshal.Cast<double, Vector512<double>>(sixths[..whole]);
        for (var v = 0; v < s.Length; v++)
        {
            d[v] = Vector512.Sqrt(s[v]);
            s[v] = s[v] * s[v] * s[v];
        }

        distances[count..whole].Clear();
        return whole;
    }

    private static (double Weights, double Weighted) Sums(ReadOnlySpan<double> distances, ReadOnlySpan<double> sixths, double average)
    {
        var d = MemoryMarshal.Cast<double, Vector512<double>>(distances);
        var s = MemoryMarshal.Cast<double, Vector512<double>>(sixths);
        var square = average * average;
        var factor = Vector512.Create(Log2E / (square * square * square));
        var (weights, weighted) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (var v = 0; v < d.Length; v++)
        {
            var weight = PowersOfTwo.Of(Vector512.Create(Log2E) - (s[v] * factor));
            weights += weight;
            weighted = Vector512.MultiplyAddEstimate(d[v], weight, weighted);
        }

        return (Vector512.Sum(weights), Vector512.Sum(weighted));
    }
}
