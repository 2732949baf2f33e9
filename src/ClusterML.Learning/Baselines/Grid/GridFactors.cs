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
        var values = y.Select(v => v - constant).ToArray();
        int[][] By(int levels, Func<(int Host, int Dopant), int> level)
        {
            var rowsOf = rows.ToLookup(r => level(grid.Cells[r]));
            return [.. Enumerable.Range(0, levels).Select(l => rowsOf[l].ToArray())];
        }

        var (byHost, byDopant) = (By(factors.Hosts.Length, c => c.Host), By(factors.Dopants.Length, c => c.Dopant));
        int[] hosts = [.. grid.Cells.Select(c => c.Host)];
        int[] dopants = [.. grid.Cells.Select(c => c.Dopant)];
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            for (var h = 0; h < factors.Hosts.Length; h++)
            {
                factors.Hosts[h] = Solve(byHost[h], factors.Dopants, dopants, values, 1 + rank, shrinkage);
            }

            for (var d = 0; d < factors.Dopants.Length; d++)
            {
                factors.Dopants[d] = Solve(byDopant[d], factors.Hosts, hosts, values, 1 + rank, shrinkage);
            }
        }

        return factors;
    }

    /// <summary>Own effect and factors from the values of rows, given effects and factors of the other side: ridge on the row (1, factors).</summary>
    private static double[] Solve(int[] rows, double[][] others, int[] levels, double[] values, int size, double shrinkage)
    {
        if (rows.Length == 0)
        {
            return new double[size];
        }

        var gram = new double[size * size];
        Span<double> right = stackalloc double[size];
        Span<double> x = stackalloc double[size];
        foreach (var row in rows)
        {
            var other = others[levels[row]];
            other.CopyTo(x);
            x[0] = 1;
            var value = values[row] - other[0];
            for (var i = 0; i < size; i++)
            {
                right[i] += x[i] * value;
                for (var j = 0; j <= i; j++)
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
