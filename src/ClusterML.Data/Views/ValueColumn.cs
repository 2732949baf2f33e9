using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Data.Views;

/// <summary>One column of values in memory, with the ML.NET type it is seen under.</summary>
/// <remarks>
/// Scalars: <see cref="string"/>, <see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/>.
/// Vectors of a known size: <c>float[]</c>, <c>double[]</c>, <c>int[]</c> per row.
/// </remarks>
public abstract class ValueColumn
{
    private protected ValueColumn(string name, DataViewType type, int rowCount)
    {
        Name = name;
        Type = type;
        RowCount = rowCount;
    }

    /// <summary>Column name, unique within its view.</summary>
    public string Name { get; }

    /// <summary>ML.NET type of one value.</summary>
    public DataViewType Type { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>A getter that reads the row that <paramref name="row"/> names at the time of the call.</summary>
    internal abstract Delegate Getter(Func<int> row);

    /// <summary>A column of text.</summary>
    public static ValueColumn Text(string name, IReadOnlyList<string> values) =>
        new Typed<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, values.Count, row => values[row].AsMemory());

    /// <summary>A column of single-precision numbers; missing is NaN.</summary>
    public static ValueColumn Single(string name, IReadOnlyList<float> values) =>
        new Typed<float>(name, NumberDataViewType.Single, values.Count, row => values[row]);

    /// <summary>A column of double-precision numbers; missing is NaN.</summary>
    public static ValueColumn Double(string name, IReadOnlyList<double> values) =>
        new Typed<double>(name, NumberDataViewType.Double, values.Count, row => values[row]);

    /// <summary>A column of 32-bit integers.</summary>
    public static ValueColumn Int32(string name, IReadOnlyList<int> values) =>
        new Typed<int>(name, NumberDataViewType.Int32, values.Count, row => values[row]);

    /// <summary>A column of 64-bit integers.</summary>
    public static ValueColumn Int64(string name, IReadOnlyList<long> values) =>
        new Typed<long>(name, NumberDataViewType.Int64, values.Count, row => values[row]);

    /// <summary>A column of truth values.</summary>
    public static ValueColumn Boolean(string name, IReadOnlyList<bool> values) =>
        new Typed<bool>(name, BooleanDataViewType.Instance, values.Count, row => values[row]);

    /// <summary>A column of vectors, each of <paramref name="size"/> single-precision numbers.</summary>
    public static ValueColumn Singles(string name, int size, IReadOnlyList<float[]> values) =>
        Vector(name, NumberDataViewType.Single, size, values);

    /// <summary>A column of vectors, each of <paramref name="size"/> double-precision numbers.</summary>
    public static ValueColumn Doubles(string name, int size, IReadOnlyList<double[]> values) =>
        Vector(name, NumberDataViewType.Double, size, values);

    /// <summary>A column of vectors, each of <paramref name="size"/> 32-bit integers.</summary>
    public static ValueColumn Int32s(string name, int size, IReadOnlyList<int[]> values) =>
        Vector(name, NumberDataViewType.Int32, size, values);

    private static Typed<VBuffer<T>> Vector<T>(string name, PrimitiveDataViewType item, int size, IReadOnlyList<T[]> values)
    {
        for (var row = 0; row < values.Count; row++)
        {
            if (values[row].Length != size)
            {
                throw new ArgumentException($"column {name}, row {row}: {values[row].Length} values, expected {size}", nameof(values));
            }
        }

        return new(
            name,
            new VectorDataViewType(item, size),
            values.Count,

            // A copy: the caller owns the buffer and may write to it.
            row => new VBuffer<T>(size, (T[])values[row].Clone()));
    }

    private sealed class Typed<T>(string name, DataViewType type, int rowCount, Func<int, T> read)
        : ValueColumn(name, type, rowCount)
    {
        internal override Delegate Getter(Func<int> row) => (ValueGetter<T>)((ref T value) => value = read(row()));
    }
}
