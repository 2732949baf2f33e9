using System.Globalization;

namespace ClusterML.Data;

/// <summary>Ways to split the rows of a table; the same arguments always give the same splits.</summary>
public static class Splits
{
    /// <summary>Shuffled folds whose sizes differ by one at most; every row is tested once.</summary>
    /// <exception cref="DataException">Fewer rows than folds.</exception>
    public static IReadOnlyList<Split> KFold(int n, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Require(n >= folds, $"{folds} folds need at least {folds} rows, the table has {n}");

        var order = Permutation(n, new Random(seed));
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            var test = order.Where((_, position) => position % folds == fold);
            return Of(FormattableString.Invariant($"fold {fold}"), n, test);
        })];
    }

    /// <summary>Each group in turn is the test set, in the ordinal order of the names.</summary>
    /// <exception cref="DataException">There are fewer than two groups.</exception>
    public static IReadOnlyList<Split> LeaveOneGroupOut(IReadOnlyList<string> groups)
    {
        var names = groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Require(names.Length >= 2, $"leaving one group out needs at least 2 groups, the table has {names.Length}");
        return [.. names.Select(name => Of(name, groups.Count, Rows(groups, name)))];
    }

    /// <summary>The paper's protocol: for each fraction x, all but k rows of one group are held out.</summary>
    /// <remarks>
    /// For m rows of the group, k = (1 - x) m rounded half to even are in training: the first k of one seeded permutation, so
    /// that a larger k adds rows and removes none. The hold-out is topped up to <paramref name="minTestRows"/> by the first
    /// rows of a seeded permutation of the other groups, and these leave training. Fractions with the same k give one split,
    /// which keeps the first of them as its <see cref="Split.Fraction"/>: one call with all fractions is enough.
    /// </remarks>
    /// <param name="groups">Group of each row.</param>
    /// <param name="value">The group that is held out.</param>
    /// <param name="fractions">Fractions x of the group kept out of training, each in [0, 1].</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="minTestRows">Least number of test rows.</param>
    /// <param name="minGroupRows">Least number of rows that the group must have.</param>
    /// <exception cref="DataException">The group or the rest has too few rows.</exception>
    public static IReadOnlyList<Split> HoldOutFraction(
        IReadOnlyList<string> groups,
        string value,
        IReadOnlyList<double> fractions,
        int seed,
        int minTestRows = 20,
        int minGroupRows = 1)
    {
        if (fractions.FirstOrDefault(x => x is not (>= 0.0 and <= 1.0), 0.0) is var odd && odd is not 0.0)
        {
            throw new ArgumentOutOfRangeException(nameof(fractions), odd, "a fraction lies between 0 and 1");
        }

        var own = Rows(groups, value);
        Require(own.Length > 0, $"group {value} has no rows; groups: {string.Join(", ", groups.Distinct().Order(StringComparer.Ordinal))}");
        Require(own.Length >= minGroupRows, $"group {value} has {own.Length} rows, the protocol needs {minGroupRows}");

        var random = new Random(seed);
        own = Shuffled(own, random);
        var others = Shuffled([.. Enumerable.Range(0, groups.Count).Except(own)], random);

        var splits = new List<Split>();
        foreach (var x in fractions)
        {
            // Decimal, because (1 - 0.85) * 30 in binary is a little more than 4.5 and would round the wrong way.
            var k = (int)Math.Round((1m - (decimal)x) * own.Length, MidpointRounding.ToEven);
            if (splits.Exists(split => split.K == k))
            {
                continue;
            }

            var added = Math.Max(0, minTestRows - (own.Length - k));
            Require(
                others.Length > added,
                $"group {value}, x = {x}: {minTestRows} test rows take {added} rows from other groups and must leave one to train on, there are {others.Length}");
            var name = FormattableString.Invariant($"x={x} k={k}");
            splits.Add(Of(name, groups.Count, own.Skip(k).Concat(others.Take(added))) with { K = k, Fraction = x });
        }

        return splits;
    }

    private static Split Of(string name, int n, IEnumerable<int> test)
    {
        var tested = test.Order().ToArray();
        return new(name, [.. Enumerable.Range(0, n).Except(tested).Order()], tested);
    }

    private static int[] Rows(IReadOnlyList<string> groups, string name) =>
        [.. Enumerable.Range(0, groups.Count).Where(row => string.Equals(groups[row], name, StringComparison.Ordinal))];

    private static int[] Permutation(int n, Random random) => Shuffled([.. Enumerable.Range(0, n)], random);

    /// <summary>Fisher and Yates, written out so that the draw does not hang on a framework version.</summary>
    private static int[] Shuffled(int[] values, Random random)
    {
        var shuffled = (int[])values.Clone();
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            var other = random.Next(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    private static void Require(bool met, FormattableString otherwise)
    {
        if (!met)
        {
            throw new DataException(otherwise.ToString(CultureInfo.InvariantCulture));
        }
    }
}
