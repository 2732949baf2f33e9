using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Learning.Descriptors;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Audits;

/// <summary>What a network saw in pretraining: ranges and constants of its numbers, codes of its categories, and the clusters themselves.</summary>
/// <remarks>Over all rows of the pretraining table; those held out for early stopping are among them, as they chose the epoch.</remarks>
/// <param name="WeightsHash">Hash of the weights that it belongs to; empty while nothing is trained.</param>
/// <param name="Table">Name of the pretraining table.</param>
/// <param name="TableHash">Hash of its rows.</param>
/// <param name="Rows">Number of its rows.</param>
/// <param name="Continuous">Range of each continuous column, in the network's order.</param>
/// <param name="Categorical">Codes of each categorical column that rows have, in the network's order.</param>
/// <param name="Compositions">Formulas of the clusters (<see cref="CompositionFormula"/>), in ordinal order.</param>
public sealed record BackboneSupport(
    string WeightsHash,
    string Table,
    string TableHash,
    int Rows,
    IReadOnlyList<ColumnRange> Continuous,
    IReadOnlyList<CodesSeen> Categorical,
    IReadOnlyList<string> Compositions)
{
    /// <summary>The support of a table of compositions.</summary>
    public static BackboneSupport Of(DataTable table)
    {
        var (codes, numbers) = Describe(table);
        return new(
            string.Empty,
            table.Name,
            table.CanonicalHash,
            table.RowCount,
            [.. PaperFeatures.ContinuousNames.Select((name, j) => ColumnRange.Of(name, numbers.Select(row => row[j])))],
            [.. PaperFeatures.CategoricalNames.Select((name, j) => new CodesSeen(name, [.. codes.Select(row => row[j]).Distinct().Order()]))],
            [.. CompositionFormula.OfRows(table).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The support when the network trains on more rows of features beside these, or instead.</summary>
    internal BackboneSupport With(IReadOnlyList<int[]> codes, IReadOnlyList<float[]> numbers) => this with
    {
        Continuous = [.. Continuous.Select((own, j) => own.With(numbers.Select(row => row[j])))],
        Categorical = [.. Categorical.Select((own, j) => own with { Codes = [.. own.Codes.Union(codes.Select(row => row[j])).Order()] })],
    };

    /// <summary>Tokens that this support gives no gradient.</summary>
    internal FtUntrainedTokens Untrained(IReadOnlyList<int> cardinalities) => new(
        [.. Continuous.Index().Where(c => c.Item.IsConstant).Select(c => c.Index)],
        [.. Categorical.Index().SelectMany(c => Enumerable.Range(0, cardinalities[c.Index]).Except(c.Item.Codes).Select(code => (c.Index, code)))]);

    /// <summary>The features of every row, as the network reads them.</summary>
    internal static (int[][] Codes, float[][] Numbers) Describe(DataTable table)
    {
        var elements = ElementTable.Default;
        Element?[] hosts = [.. table.TextColumns["host"].Select(elements.Find)], dopants = [.. table.TextColumns["dopant"].Select(elements.Find)];
        var (first, second) = (table.NumberColumns["n_atoms_1"], table.NumberColumns["n_atoms_2"]);
        return (
            [.. hosts.Select((host, row) => PaperFeatures.Categorical(host, dopants[row]))],
            [.. hosts.Select((host, row) => PaperFeatures.Continuous(host, dopants[row], first[row], second[row]))]);
    }
}

/// <summary>Range of a column over the pretraining rows.</summary>
/// <param name="Name">The column.</param>
/// <param name="Min">Smallest value; null where no row has one.</param>
/// <param name="Max">Largest value; null where no row has one.</param>
public sealed record ColumnRange(string Name, float? Min, float? Max)
{
    /// <summary>Whether pretraining saw one value at most, so that nothing could be learnt from the column.</summary>
    public bool IsConstant => Min == Max;

    /// <summary>The range of these values, NaN left out.</summary>
    public static ColumnRange Of(string name, IEnumerable<float> values)
    {
        var seen = values.Where(float.IsFinite).ToArray();
        return seen.Length == 0 ? new(name, null, null) : new(name, seen.Min(), seen.Max());
    }

    /// <summary>The range with more values.</summary>
    internal ColumnRange With(IEnumerable<float> values) =>
        Of(Name, values.Concat(new[] { Min, Max }.OfType<float>()));

    /// <inheritdoc/>
    public override string ToString() => Min is null ? "no value" : string.Create(CultureInfo.InvariantCulture, $"{Min} to {Max}");
}

/// <summary>Codes of a categorical column that pretraining rows have.</summary>
/// <param name="Name">The column.</param>
/// <param name="Codes">The codes, ascending.</param>
public sealed record CodesSeen(string Name, IReadOnlyList<int> Codes);
