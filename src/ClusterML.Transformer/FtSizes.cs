using System.ComponentModel.DataAnnotations;

namespace ClusterML.Transformer;

/// <summary>The inputs that a network is built for: how many codes each categorical column has, and how many numbers follow.</summary>
/// <remarks>A row of x_cat has one code for each column; a row of x_num has <see cref="ContinuousCount"/> raw values.</remarks>
public sealed class FtSizes
{
    /// <summary>Sizes with names for the columns.</summary>
    /// <param name="cardinalities">Codes of each categorical column, the unknown code 0 included.</param>
    /// <param name="continuousCount">Number of continuous columns.</param>
    /// <param name="categoricalNames">Names of the categorical columns; <c>categorical 0</c> and so on when left out.</param>
    /// <param name="continuousNames">Names of the continuous columns; <c>continuous 0</c> and so on when left out.</param>
    /// <exception cref="ValidationException">There is no column, a column has no code, or names and columns differ in number.</exception>
    public FtSizes(
        IReadOnlyList<int> cardinalities,
        int continuousCount,
        IReadOnlyList<string>? categoricalNames = null,
        IReadOnlyList<string>? continuousNames = null)
    {
        Cardinalities = [.. cardinalities];
        ContinuousCount = continuousCount;
        CategoricalNames = [.. categoricalNames ?? [.. cardinalities.Select((_, i) => $"categorical {i}")]];
        ContinuousNames = [.. continuousNames ?? [.. Enumerable.Range(0, Math.Max(0, continuousCount)).Select(i => $"continuous {i}")]];
        var problems = new List<string>();
        problems.AddRange(Cardinalities.Index().Where(c => c.Item < 1)
            .Select(c => $"categorical column {c.Index} has {c.Item} codes; it needs at least the unknown code 0"));
        if (continuousCount < 0 || Cardinalities.Count + continuousCount < 1)
        {
            problems.Add($"{Cardinalities.Count} categorical and {continuousCount} continuous columns give no token");
        }

        if (CategoricalNames.Count != Cardinalities.Count)
        {
            problems.Add($"{CategoricalNames.Count} names for {Cardinalities.Count} categorical columns");
        }

        if (ContinuousNames.Count != Math.Max(0, continuousCount))
        {
            problems.Add($"{ContinuousNames.Count} names for {continuousCount} continuous columns");
        }

        if (problems.Count > 0)
        {
            throw new ValidationException($"{nameof(FtSizes)} is invalid: {string.Join("; ", problems)}");
        }
    }

    /// <summary>Codes of each categorical column, the unknown code 0 included.</summary>
    public IReadOnlyList<int> Cardinalities { get; }

    /// <summary>Number of continuous columns.</summary>
    public int ContinuousCount { get; }

    /// <summary>Names of the categorical columns, in their order.</summary>
    public IReadOnlyList<string> CategoricalNames { get; }

    /// <summary>Names of the continuous columns, in their order.</summary>
    public IReadOnlyList<string> ContinuousNames { get; }

    /// <summary>Tokens of a row: one for each column.</summary>
    public int Tokens => Cardinalities.Count + ContinuousCount;

    /// <summary>Row in the shared embedding table at which each categorical column starts.</summary>
    internal int[] Offsets()
    {
        var offsets = new int[Cardinalities.Count];
        for (var i = 1; i < offsets.Length; i++)
        {
            offsets[i] = offsets[i - 1] + Cardinalities[i - 1];
        }

        return offsets;
    }
}
