using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Data.Views;

/// <summary>All columns of a view held in memory, from which views of chosen rows are cut by index.</summary>
/// <remarks>Splits are index lists; this is how a list becomes an <see cref="IDataView"/> without reading the source again.</remarks>
public sealed class MaterializedView
{
    private readonly IReadOnlyList<IMaterializedColumn> columns;

    private MaterializedView(IReadOnlyList<IMaterializedColumn> columns, int rowCount)
    {
        this.columns = columns;
        RowCount = rowCount;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Reads every visible column of <paramref name="view"/> once.</summary>
    /// <exception cref="NotSupportedException">A column has a type that this project does not use.</exception>
    public static MaterializedView Read(IDataView view)
    {
        var visible = view.Schema.Where(c => !c.IsHidden).ToList();
        var columns = visible.Select(Column).ToList();
        using var cursor = view.GetRowCursor(visible);
        var readers = columns.Select(c => c.Reader(cursor)).ToList();
        var rows = 0;
        while (cursor.MoveNext())
        {
            readers.ForEach(read => read());
            rows++;
        }

        return new(columns, rows);
    }

    /// <summary>A view of the rows at these positions, in this order; a position may repeat.</summary>
    public IDataView Select(IReadOnlyList<int> rows) => new ColumnarView([.. columns.Select(c => c.Select(rows))]);

    /// <summary>A view of all rows.</summary>
    public IDataView All() => Select([.. Enumerable.Range(0, RowCount)]);

    private static IMaterializedColumn Column(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new MaterializedColumn<ReadOnlyMemory<char>, string>(column, v => v.ToString(), ValueColumn.Text),
        BooleanDataViewType => new MaterializedColumn<bool, bool>(column, v => v, ValueColumn.Boolean),
        VectorDataViewType { Size: > 0 and var size } vector => vector.ItemType.RawType switch
        {
            var t when t == typeof(float) => Vector<float>(column, (name, values) => ValueColumn.Singles(name, size, values)),
            var t when t == typeof(double) => Vector<double>(column, (name, values) => ValueColumn.Doubles(name, size, values)),
            var t when t == typeof(int) => Vector<int>(column, (name, values) => ValueColumn.Int32s(name, size, values)),
            _ => throw Unsupported(column),
        },
        var type when type.RawType == typeof(float) => new MaterializedColumn<float, float>(column, v => v, ValueColumn.Single),
        var type when type.RawType == typeof(double) => new MaterializedColumn<double, double>(column, v => v, ValueColumn.Double),
        var type when type.RawType == typeof(int) => new MaterializedColumn<int, int>(column, v => v, ValueColumn.Int32),
        _ => throw Unsupported(column),
    };

    private static MaterializedColumn<VBuffer<T>, T[]> Vector<T>(DataViewSchema.Column column, Func<string, IReadOnlyList<T[]>, ValueColumn> build) =>
        new(column, v => [.. v.DenseValues()], build);

    private static NotSupportedException Unsupported(DataViewSchema.Column column) =>
        new($"column {column.Name}: type {column.Type} cannot be held in memory");

    private interface IMaterializedColumn
    {
        Action Reader(DataViewRowCursor cursor);

        ValueColumn Select(IReadOnlyList<int> rows);
    }

    private sealed class MaterializedColumn<TRaw, TValue>(
        DataViewSchema.Column column,
        Func<TRaw, TValue> convert,
        Func<string, IReadOnlyList<TValue>, ValueColumn> build) : IMaterializedColumn
    {
        private readonly List<TValue> values = [];

        public Action Reader(DataViewRowCursor cursor)
        {
            var getter = cursor.GetGetter<TRaw>(column);
            TRaw buffer = default!;
            return () =>
            {
                getter(ref buffer);
                values.Add(convert(buffer));
            };
        }

        public ValueColumn Select(IReadOnlyList<int> rows) => build(column.Name, [.. rows.Select(row => values[row])]);
    }
}
