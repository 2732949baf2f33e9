namespace ClusterML.Learning.Baselines.Trees;

/// <summary>Grows extremely randomised trees on one training set.</summary>
internal sealed class RandomTreeGrower
{
    private readonly double[][] columns;
    private readonly double[][] targets;
    private readonly double[]? weights;
    private readonly double[][] scaled;
    private readonly int minSplitRows;
    private readonly int tried;

    /// <param name="columns">[feature][row], without NaN.</param>
    /// <param name="targets">[row][T].</param>
    /// <param name="weights">Weights of the rows; null: equal ones.</param>
    /// <param name="options">Fraction of features and the smallest node that is cut.</param>
    internal RandomTreeGrower(double[][] columns, double[][] targets, double[]? weights, ExtraTreesOptions options)
    {
        this.columns = columns;
        this.targets = targets;
        this.weights = weights;
        minSplitRows = options.MinSplitRows;
        tried = Math.Max(1, (int)Math.Round(options.FeatureFraction * columns.Length));
        scaled = [.. Enumerable.Range(0, targets[0].Length).Select(t => Standardised([.. targets.Select(y => y[t])]))];
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
        private readonly int[] features = [.. Enumerable.Range(0, data.columns.Length)];
        private readonly double[] sums = new double[data.scaled.Length];
        private readonly double[] left = new double[data.scaled.Length];
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
            var middle = Partition(start, end, data.columns[chosen], at);
            Node(start, middle);
            right[self] = right.Count;
            Node(middle, end);
        }

        /// <summary>Draws one cut for each of the tried features that vary here, and takes the one that explains most.</summary>
        private (int Feature, double Cut) BestCut(int start, int end)
        {
            var total = Totals(start, end);
            var (best, bestScore, bestCut) = (-1, double.NegativeInfinity, 0.0);
            var counted = 0;
            for (var f = 0; f < features.Length && counted < data.tried; f++)
            {
                var swap = random.Next(f, features.Length);
                (features[f], features[swap]) = (features[swap], features[f]);
                var column = data.columns[features[f]];
                var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
                for (var i = start; i < end; i++)
                {
                    var value = column[order[i]];
                    low = value < low ? value : low;
                    high = value > high ? value : high;
                }

                if (!(low < high))
                {
                    continue;
                }

                counted++;

                // Above the least value, so that both sides have rows.
                var at = Math.Max(low + (random.NextDouble() * (high - low)), Math.BitIncrement(low));
                var score = Explained(start, end, column, at, total);
                if (score > bestScore)
                {
                    (best, bestScore, bestCut) = (features[f], score, at);
                }
            }

            return (best, bestCut);
        }

        private double Totals(int start, int end)
        {
            var weight = 0.0;
            Array.Clear(sums);
            for (var i = start; i < end; i++)
            {
                var w = data.weights?[order[i]] ?? 1;
                weight += w;
                for (var t = 0; t < sums.Length; t++)
                {
                    sums[t] += w * data.scaled[t][order[i]];
                }
            }

            return weight;
        }

        /// <summary>Sum over targets of (sum left)²/weight left + (sum right)²/weight right: larger by as much as the squared error is smaller.</summary>
        private double Explained(int start, int end, double[] column, double at, double total)
        {
            Array.Clear(left);
            var weight = 0.0;
            if (data.weights is null && left.Length == 1)
            {
                var (y, sum, count) = (data.scaled[0], 0.0, 0);
                for (var i = start; i < end; i++)
                {
                    var row = order[i];
                    if (column[row] < at)
                    {
                        sum += y[row];
                        count++;
                    }
                }

                (left[0], weight) = (sum, count);
            }
            else
            {
                for (var i = start; i < end; i++)
                {
                    var row = order[i];
                    if (column[row] < at)
                    {
                        var w = data.weights?[row] ?? 1;
                        weight += w;
                        for (var t = 0; t < left.Length; t++)
                        {
                            left[t] += w * data.scaled[t][row];
                        }
                    }
                }
            }

            var score = 0.0;
            for (var t = 0; t < left.Length; t++)
            {
                var rest = sums[t] - left[t];
                score += (left[t] * left[t] / weight) + (rest * rest / (total - weight));
            }

            return score;
        }

        private int Partition(int start, int end, double[] column, double at)
        {
            var middle = start;
            for (var i = start; i < end; i++)
            {
                if (column[order[i]] < at)
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
