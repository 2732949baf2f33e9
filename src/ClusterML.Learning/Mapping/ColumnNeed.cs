using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>A column that a step reads.</summary>
/// <param name="Name">The column.</param>
/// <param name="Item">The item type that it must have, or null for any.</param>
/// <param name="Vector">True: a vector of a known size; false: a scalar; null: either.</param>
public readonly record struct ColumnNeed(string Name, DataViewType? Item = null, bool? Vector = null)
{
    /// <summary>A scalar text column.</summary>
    public static ColumnNeed Text(string name) => new(name, TextDataViewType.Instance, false);

    /// <summary>A vector of double-precision numbers, such as the targets.</summary>
    public static ColumnNeed Doubles(string name) => new(name, NumberDataViewType.Double, true);

    /// <summary>A vector of single-precision numbers.</summary>
    public static ColumnNeed Singles(string name) => new(name, NumberDataViewType.Single, true);

    /// <summary>A vector of 32-bit integers.</summary>
    public static ColumnNeed Int32s(string name) => new(name, NumberDataViewType.Int32, true);

    /// <summary>A single-precision number.</summary>
    public static ColumnNeed Single(string name) => new(name, NumberDataViewType.Single, false);

    /// <summary>A vector of numbers of any precision, as a trainer's features are.</summary>
    public static ColumnNeed Numbers(string name) => new(name, null, true);
}
