using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Tests whether the errors of test rows could be those of calibration rows: the hypothesis behind every promise of coverage.</summary>
/// <remarks>
/// Each row's statistic is the mean over targets of the rank of its |error| among the calibration and test rows of its split. Under
/// exchangeability the test rows are a random choice of them: a permutation test of the sum of their ranks, two-sided, within splits. It is exact
/// up to the number of permutations where calibration and test rows are predicted by the same model (split); with folds the models of both differ a little, and
/// splits of one protocol share rows, so that it is approximate there. A large p-value is no proof of exchangeability.
/// </remarks>
internal static class ExchangeabilityTest
{
    private const int Permutations = 999;
    private const double Level = 0.05;

    /// <summary>The test over the splits of a pool; null where the method keeps no calibration errors or an error is no number.</summary>
    public static ExchangeabilityRecord? Of(IReadOnlyList<SplitResult> pool, Random random)
    {
        var strata = pool.Select(Stratum).ToList();
        if (strata.Exists(s => s.Calibration == 0 || s.Ranks.Length == s.Calibration || s.Ranks.Any(double.IsNaN)))
        {
            return null;
        }

        double Sum() => strata.Sum(s =>
        {
            var total = 0.0;
            for (var i = s.Calibration; i < s.Ranks.Length; i++)
            {
                total += s.Ranks[i] - s.Middle;
            }

            return total;
        });
        var observed = Math.Abs(Sum());
        var extreme = 1;
        for (var draw = 0; draw < Permutations; draw++)
        {
            foreach (var stratum in strata)
            {
                random.Shuffle(stratum.Ranks);
            }

            // Ranks are multiples of a half over the number of targets; a sum in another order may differ in its last bits.
            extreme += Math.Abs(Sum()) >= observed - 1e-9 ? 1 : 0;
        }

        var p = extreme / (Permutations + 1.0);
        return new(
            "permutation test of the rank sum of |errors|, two-sided, within splits",
            p,
            strata.Sum(s => s.Calibration),
            strata.Sum(s => s.Ranks.Length - s.Calibration),
            p < Level
                ? "test rows are not like the calibration rows (p below 0.05): exchangeability is rejected"
                : "no evidence against exchangeability (which is not proof of it)");
    }

    /// <summary>Ranks of the calibration rows and then of the test rows, averaged over targets.</summary>
    private static (double[] Ranks, int Calibration, double Middle) Stratum(SplitResult split)
    {
        var errors = split.CalibrationErrors.Concat(split.Truth.Zip(split.Prediction, (y, p) => y.Zip(p, (a, b) => Math.Abs(a - b)).ToArray())).ToArray();
        var ranks = new double[errors.Length];
        for (var t = 0; errors.Length > 0 && t < errors[0].Length; t++)
        {
            var order = Enumerable.Range(0, errors.Length).OrderBy(i => errors[i][t]).ToArray();
            for (var from = 0; from < order.Length;)
            {
                var to = from;
                while (to + 1 < order.Length && errors[order[to + 1]][t] == errors[order[from]][t])
                {
                    to++;
                }

                for (var k = from; k <= to; k++)
                {
                    ranks[order[k]] += double.IsNaN(errors[order[k]][t]) ? double.NaN : ((from + to) / 2.0 + 1) / errors[0].Length;
                }

                from = to + 1;
            }
        }

        return (ranks, split.CalibrationErrors.Count, (errors.Length + 1) / 2.0);
    }
}
