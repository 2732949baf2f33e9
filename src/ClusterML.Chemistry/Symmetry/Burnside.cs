using System.Numerics;

namespace ClusterML.Chemistry.Symmetry;

/// <summary>Counts colourings of atoms that no symmetry maps onto one another, without listing them.</summary>
/// <remarks>
/// By the lemma of Cauchy, Frobenius and Burnside, the number of distinct colourings is the mean over the operations of the number of
/// colourings that the operation leaves alone: those with one colour on each cycle of its permutation. With given numbers of each colour
/// this is a coefficient of Polya's cycle index (G. Polya, Acta Math. 68, 145 (1937)).
/// </remarks>
public static class Burnside
{
    /// <summary>Distinct colourings with this many atoms of each colour.</summary>
    /// <param name="permutations">All permutations of a group of operations; one that several operations share occurs as often.</param>
    /// <param name="composition">Atoms of each colour; they add up to the number of atoms.</param>
    /// <exception cref="ArgumentException">There are no permutations, or the composition does not add up.</exception>
    public static BigInteger Count(IReadOnlyList<IReadOnlyList<int>> permutations, IReadOnlyList<int> composition)
    {
        var atoms = Atoms(permutations);
        if (composition.Any(n => n < 0) || composition.Sum() != atoms)
        {
            throw new ArgumentException($"({string.Join(", ", composition)}) are not the numbers of each colour of {atoms} atoms", nameof(composition));
        }

        return Mean(permutations, cycles => Fixed(cycles, composition));
    }

    /// <summary>Distinct colourings of all compositions together.</summary>
    /// <param name="permutations">All permutations of a group of operations.</param>
    /// <param name="colours">How many colours there are to choose from.</param>
    /// <exception cref="ArgumentException">There are no permutations, or no colours.</exception>
    public static BigInteger CountAll(IReadOnlyList<IReadOnlyList<int>> permutations, int colours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(colours, 1);
        Atoms(permutations);
        return Mean(permutations, cycles => BigInteger.Pow(colours, cycles.Length));
    }

    /// <summary>All colourings with this composition, equivalent ones too: the multinomial coefficient.</summary>
    public static BigInteger Multinomial(IReadOnlyList<int> composition)
    {
        var (result, total) = (BigInteger.One, 0);
        foreach (var n in composition)
        {
            for (var i = 1; i <= n; i++)
            {
                result = result * ++total / i;
            }
        }

        return result;
    }

    private static BigInteger Mean(IReadOnlyList<IReadOnlyList<int>> permutations, Func<int[], BigInteger> fixedColourings)
    {
        // Few cycle types are behind many permutations.
        var types = permutations.Select(Cycles).GroupBy(c => string.Join(' ', c));
        var sum = types.Aggregate(BigInteger.Zero, (total, type) => total + (type.Count() * fixedColourings(type.First())));
        return BigInteger.DivRem(sum, permutations.Count, out var remainder) is var mean && remainder.IsZero
            ? mean
            : throw new ArgumentException("the permutations are not those of a group", nameof(permutations));
    }

    /// <summary>Ways to give each cycle one colour so that the numbers of atoms come out: a sum over cycles one by one.</summary>
    private static BigInteger Fixed(int[] cycles, IReadOnlyList<int> composition)
    {
        // The last colour takes what is left, so the state is how many atoms have each of the others.
        var sizes = composition.Take(composition.Count - 1).Select(n => n + 1).ToArray();
        var states = sizes.Aggregate(1, (product, n) => checked(product * n));
        var ways = new BigInteger[states];
        ways[0] = 1;
        var coloured = 0;
        foreach (var length in cycles)
        {
            coloured += length;
            var next = new BigInteger[states];
            for (var state = 0; state < states; state++)
            {
                var used = 0;
                for (int c = 0, stride = 1; c < sizes.Length; stride *= sizes[c], c++)
                {
                    var n = state / stride % sizes[c];
                    used += n;
                    if (n >= length)
                    {
                        next[state] += ways[state - (length * stride)];
                    }
                }

                if (coloured - used is var last && last >= length && last <= composition[^1])
                {
                    next[state] += ways[state];
                }
            }

            ways = next;
        }

        return ways[states - 1];
    }

    /// <summary>Lengths of the cycles, ascending.</summary>
    private static int[] Cycles(IReadOnlyList<int> permutation)
    {
        var isSeen = new bool[permutation.Count];
        var lengths = new List<int>();
        for (var start = 0; start < permutation.Count; start++)
        {
            var length = 0;
            for (var i = start; !isSeen[i]; i = permutation[i])
            {
                isSeen[i] = true;
                length++;
            }

            if (length > 0)
            {
                lengths.Add(length);
            }
        }

        lengths.Sort();
        return [.. lengths];
    }

    private static int Atoms(IReadOnlyList<IReadOnlyList<int>> permutations) => permutations.Count > 0
        ? permutations[0].Count
        : throw new ArgumentException("a group has at least the identity", nameof(permutations));
}
