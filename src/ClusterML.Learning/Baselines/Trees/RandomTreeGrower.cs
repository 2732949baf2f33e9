using System.Numerics;
using System.Runtime.InteropServices;

namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Grows extremely randomised trees on one training set.</summary>
internal sealed class RandomTreeGrower
{
    /// <summary>Two vectors are one line of the cache, and what the search of cuts takes at a time.</summary>
    private static readonly int Together = 2 * Vector<double>.Count;

    private readonly int features;
    private readonly int stride;
    private readonly double[] values;
    private readonly double[][] targets;
    private readonly double[]? weights;
    private readonly double[] ones;
    private readonly double[][] weighted;
    private readonly int minSplitRows;
    private readonly int tried;

    /// <param name="columns">[feature][row], without NaN.</param>
    /// <param name="targets">[row][T].</param>
    /// <param name="weights">Weights of the rows; null: equal ones.</param>
    /// <param name="options">Fraction of features and the smallest node that is cut.</param>
    internal RandomTreeGrower(double[][] columns, double[][] targets, double[]? weights, ExtraTreesOptions options)
    {
        features = columns.Length;
        stride = (features + Together - 1) / Together * Together;
        values = new double[targets.Length * stride];
        foreach (var (j, column) in columns.Index())
        {
            for (var row = 0; row < column.Length; row++)
            {
                values[(row * stride) + j] = column[row];
            }
        }

        this.targets = targets;
        this.weights = weights;
        ones = weights ?? [.. Enumerable.Repeat(1.0, targets.Length)];
        minSplitRows = options.MinSplitRows;
        tried = Math.Max(1, (int)Math.Round(options.FeatureFraction * columns.Length));
        weighted = [.. Enumerable.Range(0, targets[0].Length).Select(t => Standardised([.. targets.Select(y => y[t])]).Zip(ones, (y, w) => w * y).ToArray())];
    }

    internal RegressionTree Grow(Random random)
    {
        var tree = new Growing(this, random);
        tree.Node(0, targets.Length);
        return tree.Finished();
    }

    private static double[] Standardised(double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => deviation > 0 ? (v - mean) / deviation : 0)];
    }

    /// <summary>One tree in the making: the rows of every node are one stretch of <see cref="order"/>.</summary>
    private sealed class Growing(RandomTreeGrower data, Random random)
    {
        private readonly int[] order = [.. Enumerable.Range(0, data.targets.Length)];
        private readonly int[] features = [.. Enumerable.Range(0, data.features)];
        private readonly double[] lows = new double[data.stride];
        private readonly double[] highs = new double[data.stride];
        private readonly double[] cuts = new double[data.stride];
        private readonly double[] left = new double[data.stride];
        private readonly double[] weight = new double[data.stride];
        private readonly double[] scores = new double[data.stride];
        private readonly List<int> feature = [];
        private readonly List<double> cut = [];
        private readonly List<int> right = [];
        private readonly List<double[]> leaves = [];

        internal RegressionTree Finished() => new([.. feature], [.. cut], [.. right], [.. leaves]);

        internal void Node(int start, int end)
        {
            var (chosen, at) = end - start < data.minSplitRows ? (-1, 0) : BestCut(start, end);
            feature.Add(chosen);
            cut.Add(at);
            if (chosen < 0)
            {
                right.Add(leaves.Count);
                leaves.Add(Mean(start, end));
                return;
            }

            right.Add(-1);
            var self = right.Count - 1;
            var middle = Partition(start, end, chosen, at);
            Node(start, middle);
            right[self] = right.Count;
            Node(middle, end);
        }

        /// <summary>Draws one cut for each of the tried features that vary here, and takes the one that explains most.</summary>
        private (int Feature, double Cut) BestCut(int start, int end)
        {
            FindRanges(order.AsSpan(start, end - start));
            Array.Fill(cuts, double.NegativeInfinity);
            var (counted, seen) = (0, 0);
            for (; seen < features.Length && counted < data.tried; seen++)
            {
                var swap = random.Next(seen, features.Length);
                (features[seen], features[swap]) = (features[swap], features[seen]);
                var (low, high) = (lows[features[seen]], highs[features[seen]]);
                if (low < high)
                {
                    counted++;

                    // Above the least value, so that both sides have rows.
                    cuts[features[seen]] = Math.Max(low + (random.NextDouble() * (high - low)), Math.BitIncrement(low));
                }
            }

            if (counted == 0)
            {
                return (-1, 0);
            }

            Score(order.AsSpan(start, end - start));
            var (best, bestScore) = (-1, double.NegativeInfinity);
            foreach (var f in features.AsSpan(0, seen))
            {
                if (scores[f] > bestScore)
                {
                    (best, bestScore) = (f, scores[f]);
                }
            }

            return (best, best < 0 ? 0 : cuts[best]);
        }

        /// <summary>Least and largest value of every feature among the rows, several features side by side.</summary>
        private void FindRanges(ReadOnlySpan<int> rows)
        {
            ref var values = ref MemoryMarshal.GetArrayDataReference(data.values);
            for (var f = 0; f < data.stride; f += Together)
            {
                var (low0, high0) = (new Vector<double>(double.PositiveInfinity), new Vector<double>(double.NegativeInfinity));
                var (low1, high1) = (low0, high0);
                foreach (var row in rows)
                {
                    var at = (nuint)((row * data.stride) + f);
                    var (x0, x1) = (Vector.LoadUnsafe(ref values, at), Vector.LoadUnsafe(ref values, at + (nuint)Vector<double>.Count));
                    (low0, high0) = (Vector.ConditionalSelect(Vector.LessThan(x0, low0), x0, low0), Vector.ConditionalSelect(Vector.GreaterThan(x0, high0), x0, high0));
                    (low1, high1) = (Vector.ConditionalSelect(Vector.LessThan(x1, low1), x1, low1), Vector.ConditionalSelect(Vector.GreaterThan(x1, high1), x1, high1));
                }

                low0.CopyTo(lows, f);
                low1.CopyTo(lows, f + Vector<double>.Count);
                high0.CopyTo(highs, f);
                high1.CopyTo(highs, f + Vector<double>.Count);
            }
        }

        /// <summary>
        /// For every cut the sum over targets of (sum left)²/weight left + (sum right)²/weight right: larger by as much as the squared
        /// error is smaller. NaN where nothing is cut, and where rounding leaves a side without weight.
        /// </summary>
        private void Score(ReadOnlySpan<int> rows)
        {
            SumLeft(rows, data.ones, weight);
            var total = 0.0;
            foreach (var row in rows)
            {
                total += data.ones[row];
            }

            Array.Clear(scores);
            for (var t = 0; t < data.weighted.Length; t++)
            {
                var (y, sum) = (data.weighted[t], 0.0);
                SumLeft(rows, y, left);
                foreach (var row in rows)
                {
                    sum += y[row];
                }

                for (var f = 0; f < features.Length; f++)
                {
                    var rest = sum - left[f];
                    scores[f] += (left[f] * left[f] / weight[f]) + (rest * rest / (total - weight[f]));
                }
            }
        }

        /// <summary>Sums over the rows on the left of each cut, in the order of the rows, several features side by side.</summary>
        private void SumLeft(ReadOnlySpan<int> rows, double[] terms, double[] result)
        {
            ref var values = ref MemoryMarshal.GetArrayDataReference(data.values);
            for (var f = 0; f < data.stride; f += Together)
            {
                var (cut0, cut1) = (new Vector<double>(cuts, f), new Vector<double>(cuts, f + Vector<double>.Count));
                var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
                foreach (var row in rows)
                {
                    var (at, term) = ((nuint)((row * data.stride) + f), new Vector<double>(terms[row]));
                    sum0 += Vector.ConditionalSelect(Vector.LessThan(Vector.LoadUnsafe(ref values, at), cut0), term, Vector<double>.Zero);
                    sum1 += Vector.ConditionalSelect(Vector.LessThan(Vector.LoadUnsafe(ref values, at + (nuint)Vector<double>.Count), cut1), term, Vector<double>.Zero);
                }

                sum0.CopyTo(result, f);
                sum1.CopyTo(result, f + Vector<double>.Count);
            }
        }

        private int Partition(int start, int end, int feature, double at)
        {
            var middle = start;
            for (var i = start; i < end; i++)
            {
                if (data.values[(order[i] * data.stride) + feature] < at)
                {
                    (order[i], order[middle]) = (order[middle], order[i]);
                    middle++;
                }
            }

            return middle;
        }

        private double[] Mean(int start, int end)
        {
            var rows = order[start..end];
            return GroupMeans.Mean([.. rows.Select(r => data.targets[r])], data.weights is null ? null : [.. rows.Select(r => data.weights[r])]);
        }
    }
}
