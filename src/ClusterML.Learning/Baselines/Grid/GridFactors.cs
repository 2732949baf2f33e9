using ClusterML.Learning.Numerics;

namespace ClusterML.Learning.Baselines.Grid;

/// <summary>Effects and factors of one target on the grid, [level][1 + rank].</summary>
internal sealed record GridFactors(double Constant, double[][] Hosts, double[][] Dopants)
{
    internal double Predict((int Host, int Dopant) cell) =>
        Constant + Hosts[cell.Host][0] + Dopants[cell.Dopant][0] + VectorKernels.Dot(Hosts[cell.Host].AsSpan(1), Dopants[cell.Dopant].AsSpan(1));

    /// <summary>Alternating ridge regressions: hosts given dopants, then dopants given hosts, from small random factors.</summary>
    internal static GridFactors Fit(GridRows grid, double[] y, int[] rows, int rank, double shrinkage, int sweeps, Random random)
    {
        var constant = rows.Average(r => y[r]);
        double[][] Start(int levels) => [.. Enumerable.Range(0, levels).Select(_ => (double[])[0, .. Enumerable.Range(0, rank).Select(_ => random.NextDouble() - 0.5)])];
        var factors = new GridFactors(constant, Start(grid.Hosts.Length), Start(grid.Dopants.Length));
        var byHost = rows.ToLookup(r => grid.Cells[r].Host);
        var byDopant = rows.ToLookup(r => grid.Cells[r].Dopant);
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            for (var h = 0; h < factors.Hosts.Length; h++)
            {
                factors.Hosts[h] = Solve([.. byHost[h].Select(r => (factors.Dopants[grid.Cells[r].Dopant], y[r] - constant))], rank, shrinkage);
            }

            for (var d = 0; d < factors.Dopants.Length; d++)
            {
                factors.Dopants[d] = Solve([.. byDopant[d].Select(r => (factors.Hosts[grid.Cells[r].Host], y[r] - constant))], rank, shrinkage);
            }
        }

        return factors;
    }

    /// <summary>Own effect and factors from rows (the other side's effect and factors, value): ridge on the row (1, factors).</summary>
    private static double[] Solve((double[] Other, double Value)[] rows, int rank, double shrinkage)
    {
        if (rows.Length == 0)
        {
            return new double[1 + rank];
        }

        var size = 1 + rank;
        var gram = new double[size * size];
        var right = new double[size];
        foreach (var (other, value) in rows)
        {
            double[] x = [1, .. other.AsSpan(1)];
            for (var i = 0; i < size; i++)
            {
                right[i] += x[i] * (value - other[0]);
                for (var j = 0; j < size; j++)
                {
                    gram[(i * size) + j] += x[i] * x[j];
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            gram[(i * size) + i] += shrinkage;
        }

        return CholeskyFactor.Of(gram, size).Solve(right);
    }
}
