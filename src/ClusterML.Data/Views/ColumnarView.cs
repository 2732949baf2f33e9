using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Data.Views;

/// <summary>An <see cref="IDataView"/> over columns in memory, or over another view with columns added behind its own.</summary>
/// <remarks>Rows keep their order. An added column hides a source column of the same name, as everywhere in ML.NET.</remarks>
public sealed class ColumnarView : IDataView
{
    private readonly IDataView? source;
    private readonly Lazy<IReadOnlyList<ValueColumn>> columns;
    private readonly int sourceWidth;

    /// <summary>A view over <paramref name="columns"/>.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or there is none.</exception>
    public ColumnarView(IReadOnlyList<ValueColumn> columns)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("a view needs at least one column", nameof(columns));
        }

        if (columns.FirstOrDefault(c => c.RowCount != columns[0].RowCount) is { } odd)
        {
            throw new ArgumentException($"column {odd.Name} has {odd.RowCount} rows, {columns[0].Name} has {columns[0].RowCount}", nameof(columns));
        }

        this.columns = new(columns);
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            builder.AddColumn(column.Name, column.Type);
        }

        Schema = builder.ToSchema();
    }

    /// <summary><paramref name="source"/> with columns added; they are computed once, when first read.</summary>
    /// <param name="source">The view to extend.</param>
    /// <param name="schema">The extended schema, as <see cref="Extend"/> makes it.</param>
    /// <param name="compute">Gives the added columns in the order of the schema, one value for each row of the source.</param>
    public ColumnarView(IDataView source, DataViewSchema schema, Func<IReadOnlyList<ValueColumn>> compute)
    {
        this.source = source;
        Schema = schema;
        sourceWidth = source.Schema.Count;
        columns = new(compute);
    }

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <summary>A schema that holds all of <paramref name="source"/> and then <paramref name="added"/>.</summary>
    public static DataViewSchema Extend(DataViewSchema source, IEnumerable<(string Name, DataViewType Type)> added)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source);
        foreach (var (name, type) in added)
        {
            builder.AddColumn(name, type);
        }

        return builder.ToSchema();
    }

    /// <inheritdoc/>
    public long? GetRowCount() => source is null ? columns.Value[0].RowCount : source.GetRowCount();

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.Select(c => c.Index).ToHashSet();
        var inner = source?.GetRowCursor(source.Schema.Where(c => needed.Contains(c.Index)));
        var added = needed.Any(index => index >= sourceWidth) || source is null ? columns.Value : [];
        return new Cursor(Schema, inner, sourceWidth, added, needed);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(
        DataViewSchema schema,
        DataViewRowCursor? inner,
        int sourceWidth,
        IReadOnlyList<ValueColumn> added,
        HashSet<int> needed) : DataViewRowCursor
    {
        private long position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            var more = inner?.MoveNext() ?? position + 1 < added[0].RowCount;
            position = more ? position + 1 : position;
            return more;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => needed.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
            {
                throw new InvalidOperationException($"column {column.Name} is not active: it was not asked for when the cursor was made");
            }

            var getter = column.Index < sourceWidth
                ? inner!.GetGetter<TValue>(inner.Schema[column.Index])
                : added[column.Index - sourceWidth].Getter(() => (int)position);
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"column {column.Name} is {column.Type}, not {typeof(TValue).Name}");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
