using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>A column of category codes: Int32, or ML.NET keys (as <c>MapValueToKey</c> makes them), whose missing value is code 0.</summary>
internal static class CodeColumn
{
    /// <summary>The codes, one array a row.</summary>
    public static int[][] Read(IDataView view, string column)
    {
        var type = view.Schema[column].Type;
        if (KeyCount(type) is null)
        {
            return [.. view.ReadVectors(column).Select(row => row.Select(v => (int)v).ToArray())];
        }

        return type is VectorDataViewType ? Keys<VBuffer<uint>>(view, column, v => [.. v.DenseValues().Select(k => (int)k)]) : Keys<uint>(view, column, k => [(int)k]);
    }

    /// <summary>Number of keys; null for a column of integers.</summary>
    public static int? KeyCount(DataViewType type) => Item(type) is KeyDataViewType key ? (int)key.Count : null;

    /// <summary>Refuses another type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is neither Int32 nor a key of 32 bits, or a vector of unknown size.</exception>
    public static void Require(DataViewSchema schema, string owner, string column)
    {
        var type = schema[column].Type;
        var item = Item(type);
        if (type is VectorDataViewType { IsKnownSize: false } || !(item.Equals(NumberDataViewType.Int32) || (item is KeyDataViewType && item.RawType == typeof(uint))))
        {
            throw Wrong(nameof(schema), owner, column, $"{type}");
        }
    }

    /// <summary>The same before there are rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is neither Int32 nor a key of 32 bits, or a vector of unknown size.</exception>
    public static void Require(SchemaShape.Column column, string owner)
    {
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector
            || !(column.IsKey ? column.ItemType.RawType == typeof(uint) : column.ItemType.Equals(NumberDataViewType.Int32)))
        {
            throw Wrong(nameof(column), owner, column.Name, $"{column.Kind} {column.ItemType}");
        }
    }

    private static ArgumentOutOfRangeException Wrong(string argument, string owner, string column, string found) =>
        new(argument, $"{owner}: column {column} is {found}, expected Int32 codes or keys (MapValueToKey makes them), scalar or a vector of a known size");

    private static DataViewType Item(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    private static int[][] Keys<T>(IDataView view, string column, Func<T, int[]> convert)
    {
        var rows = new List<int[]>();
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<T>(view.Schema[column]);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(convert(value));
        }

        return [.. rows];
    }
}
