using ClusterML.Data.Views;
using Microsoft.ML;

namespace ClusterML.Data;

/// <summary>Rows of data in memory: features, targets, weights, and what was left out on the way.</summary>
/// <remarks>
/// Immutable by convention: nothing writes to the arrays after loading. Columns keep the order in which they were declared.
/// </remarks>
public sealed class DataTable
{
    /// <summary>Names that <see cref="ToView"/> gives to columns of its own.</summary>
    public static readonly IReadOnlyList<string> ReservedNames = ["row_id", "row_index", "targets", "weight"];

    private readonly Lazy<string> hash;

    /// <summary>A table of these rows.</summary>
    /// <param name="name">Name of the table in messages and reports.</param>
    /// <param name="rowIds">One id a row, unique.</param>
    /// <exception cref="ArgumentException">An id repeats.</exception>
    public DataTable(string name, IReadOnlyList<string> rowIds)
    {
        Name = name;
        RowIds = [.. rowIds];
        if (RowIds.Distinct(StringComparer.Ordinal).Count() != RowIds.Count)
        {
            throw new ArgumentException($"table {name}: the row ids are not unique", nameof(rowIds));
        }

        hash = new(() => TableHash.Of(this));
    }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => RowIds.Count;

    /// <summary>One id a row, unique.</summary>
    public IReadOnlyList<string> RowIds { get; }

    /// <summary>Whether the ids only count lines; such ids say nothing about the data and stay out of the hash.</summary>
    public bool RowIdsArePositions { get; init; }

    /// <summary>Where each row was read, <c>file:line</c> or the names of its files; empty when that is not known. Not part of the content.</summary>
    public IReadOnlyList<string> RowPlaces
    {
        get;
        init => field = value.Count == 0 || value.Count == RowCount ? value : throw WrongLength(nameof(RowPlaces), value.Count);
    } = [];

    /// <summary>The column that the ids were read from; null when they were made.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Text columns: categories and groups, one value a row.</summary>
    public IReadOnlyDictionary<string, string[]> TextColumns { get; init => field = Sized(value); } =
        new OrderedDictionary<string, string[]>();

    /// <summary>Number columns, one value a row; missing is NaN.</summary>
    public IReadOnlyDictionary<string, float[]> NumberColumns { get; init => field = Sized(value); } =
        new OrderedDictionary<string, float[]>();

    /// <summary>Columns that are kept beside the rows, one text a row, empty where there is none; the view does not show them.</summary>
    public IReadOnlyDictionary<string, string[]> MetadataColumns { get; init => field = Sized(value); } =
        new OrderedDictionary<string, string[]>();

    /// <summary>What to predict, in the order of <see cref="TargetValues"/>; empty in a table for prediction.</summary>
    public IReadOnlyList<TargetColumn> Targets { get; init; } = [];

    /// <summary>Values [row][target] in the units of <see cref="Targets"/>.</summary>
    public double[][] TargetValues
    {
        get => field ??= [.. RowIds.Select(_ => Array.Empty<double>())];
        init => field = value.Length == RowCount ? value : throw WrongLength(nameof(TargetValues), value.Length);
    }

    /// <summary>Weights of the rows, or null when every row counts the same.</summary>
    public float[]? Weights
    {
        get;
        init => field = value is null || value.Length == RowCount ? value : throw WrongLength(nameof(Weights), value.Length);
    }

    /// <summary>Text columns that are features.</summary>
    public IReadOnlyList<string> CategoricalColumns { get; init; } = [];

    /// <summary>Number columns that are features.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>Text columns by which protocols may leave rows out.</summary>
    public IReadOnlyList<string> GroupColumns { get; init; } = [];

    /// <summary>Units of the number columns, where they were declared.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a row is a composition: <c>host</c>, <c>dopant</c>, <c>n_atoms_1</c> and <c>n_atoms_2</c>.</summary>
    public bool IsComposition { get; init; }

    /// <summary>Equations that columns obey in every row, as declared with the rows; the audit checks them.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>Rows that were read and are not here, each with its reason.</summary>
    public IReadOnlyList<LeftOutRow> LeftOut { get; init; } = [];

    /// <summary>Remarks on rows that are here, such as a reference that is not fully relaxed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>SHA-256 of the content, lower-case hex; the same for any order of rows and any spelling of numbers.</summary>
    public string CanonicalHash => hash.Value;

    /// <summary>The table as ML.NET sees it, by the column conventions of this library.</summary>
    /// <remarks>
    /// <c>row_id</c>, the text columns, the number columns (Single), <c>weight</c> where there are weights, <c>targets</c>
    /// (vector of Double) where there are targets, and <c>row_index</c> (Int32), the position in this table.
    /// </remarks>
    /// <param name="rows">Positions to show, in this order; null shows all.</param>
    public IDataView ToView(IReadOnlyList<int>? rows = null)
    {
        var at = rows ?? [.. Enumerable.Range(0, RowCount)];
        var columns = new List<ValueColumn> { ValueColumn.Text("row_id", Pick(RowIds, at)) };
        columns.AddRange(TextColumns.Select(c => ValueColumn.Text(c.Key, Pick(c.Value, at))));
        columns.AddRange(NumberColumns.Select(c => ValueColumn.Single(c.Key, Pick(c.Value, at))));
        if (Weights is not null)
        {
            columns.Add(ValueColumn.Single("weight", Pick(Weights, at)));
        }

        if (Targets.Count > 0)
        {
            columns.Add(ValueColumn.Doubles("targets", Targets.Count, Pick(TargetValues, at)));
        }

        columns.Add(ValueColumn.Int32("row_index", [.. at]));
        return new ColumnarView(columns);
    }

    /// <summary>A table of the rows at these positions, in this order; what was left out and the notes stay.</summary>
    /// <exception cref="ArgumentException">A position repeats.</exception>
    public DataTable Subset(IReadOnlyList<int> rows) => new(Name, Pick(RowIds, rows))
    {
        RowIdsArePositions = RowIdsArePositions,
        RowPlaces = RowPlaces.Count == 0 ? [] : Pick(RowPlaces, rows),
        IdColumn = IdColumn,
        TextColumns = PickAll(TextColumns, rows),
        NumberColumns = PickAll(NumberColumns, rows),
        MetadataColumns = PickAll(MetadataColumns, rows),
        Targets = Targets,
        TargetValues = Pick(TargetValues, rows),
        Weights = Weights is null ? null : Pick(Weights, rows),
        CategoricalColumns = CategoricalColumns,
        NumericColumns = NumericColumns,
        GroupColumns = GroupColumns,
        Units = Units,
        Identities = Identities,
        IsComposition = IsComposition,
        LeftOut = LeftOut,
        Notes = Notes,
    };

    /// <summary>The distinct values of every text column, in ordinal order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DistinctTexts() =>
        TextColumns.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)[.. c.Value.Distinct().Order(StringComparer.Ordinal)]);

    private static T[] Pick<T>(IReadOnlyList<T> values, IReadOnlyList<int> rows) => [.. rows.Select(row => values[row])];

    private static OrderedDictionary<string, T[]> PickAll<T>(IReadOnlyDictionary<string, T[]> columns, IReadOnlyList<int> rows) =>
        new(columns.Select(c => KeyValuePair.Create(c.Key, Pick(c.Value, rows))));

    private IReadOnlyDictionary<string, T[]> Sized<T>(IReadOnlyDictionary<string, T[]> columns)
    {
        foreach (var (column, values) in columns)
        {
            if (values.Length != RowCount)
            {
                throw WrongLength(column, values.Length);
            }

            if (ReservedNames.Contains(column))
            {
                throw new ArgumentException($"table {Name}: {column} is a name that the view uses itself");
            }
        }

        return columns;
    }

    private ArgumentException WrongLength(string column, int length) =>
        new(FormattableString.Invariant($"table {Name}: {column} has {length} values, expected {RowCount}"));
}
