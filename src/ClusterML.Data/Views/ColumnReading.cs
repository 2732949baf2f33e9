using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Data.Views;

/// <summary>Reads whole columns of an <see cref="IDataView"/> into arrays, in row order.</summary>
public static class ColumnReading
{
    /// <summary>A text column; keys and numbers are refused.</summary>
    public static string[] ReadTexts(this IDataView view, string column) =>
        Read<ReadOnlyMemory<char>, string>(view, column, value => value.ToString());

    /// <summary>A Boolean column.</summary>
    public static bool[] ReadTruths(this IDataView view, string column) => Read<bool, bool>(view, column, value => value);

    /// <summary>A scalar column of Single, Double, Int32 or Int64 as doubles; missing is NaN.</summary>
    public static double[] ReadNumbers(this IDataView view, string column) => ItemKind(view, column) switch
    {
        NumberKind.Single => Read<float, double>(view, column, v => v),
        NumberKind.Double => Read<double, double>(view, column, v => v),
        NumberKind.Int32 => Read<int, double>(view, column, v => v),
        NumberKind.Int64 => Read<long, double>(view, column, v => v),
        _ => throw WrongType(view, column, "a number"),
    };

    /// <summary>A vector column (or a scalar, read as a vector of one) of Single, Double or Int32 as doubles.</summary>
    public static double[][] ReadVectors(this IDataView view, string column)
    {
        if (view.Schema[column].Type is not VectorDataViewType)
        {
            return [.. view.ReadNumbers(column).Select(v => new[] { v })];
        }

        return ItemKind(view, column) switch
        {
            NumberKind.Single => Read<VBuffer<float>, double[]>(view, column, v => [.. v.DenseValues().Select(x => (double)x)]),
            NumberKind.Double => Read<VBuffer<double>, double[]>(view, column, v => [.. v.DenseValues()]),
            NumberKind.Int32 => Read<VBuffer<int>, double[]>(view, column, v => [.. v.DenseValues().Select(x => (double)x)]),
            _ => throw WrongType(view, column, "a vector of numbers"),
        };
    }

    private static TResult[] Read<T, TResult>(IDataView view, string column, Func<T, TResult> convert)
    {
        var source = view.Schema[column];
        if (source.Type.RawType != typeof(T))
        {
            throw WrongType(view, column, typeof(T).Name);
        }

        var rows = new List<TResult>();
        using var cursor = view.GetRowCursor([source]);
        var getter = cursor.GetGetter<T>(source);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            rows.Add(convert(value));
        }

        return [.. rows];
    }

    private static NumberKind ItemKind(IDataView view, string column)
    {
        var type = view.Schema[column].Type;
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        return item.RawType switch
        {
            var t when t == typeof(float) => NumberKind.Single,
            var t when t == typeof(double) => NumberKind.Double,
            var t when t == typeof(int) => NumberKind.Int32,
            var t when t == typeof(long) => NumberKind.Int64,
            _ => NumberKind.Other,
        };
    }

    private static ArgumentException WrongType(IDataView view, string column, string wanted) =>
        new($"column {column} is {view.Schema[column].Type}, expected {wanted}", nameof(column));

    private enum NumberKind
    {
        Single,
        Double,
        Int32,
        Int64,
        Other,
    }
}
