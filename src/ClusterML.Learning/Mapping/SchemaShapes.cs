using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Mapping;

/// <summary>Schema shapes for estimators that live outside ML.NET, whose column constructor is internal to it.</summary>
/// <remarks>The stock custom-mapping estimator makes the same shapes in public, so it is asked for them.</remarks>
public static class SchemaShapes
{
    private static readonly MLContext Context = new();

    /// <summary><paramref name="input"/> with the named columns added, or put in the place of columns of the same name.</summary>
    public static SchemaShape Extend(SchemaShape input, IEnumerable<(string Name, DataViewType Type)> added) =>
        added.Aggregate(input, (shape, column) => Add(shape, column.Name, column.Type));

    /// <summary>The column of this name, or null.</summary>
    public static SchemaShape.Column? Find(SchemaShape shape, string name) =>
        shape.Where(c => c.Name == name).Select(c => (SchemaShape.Column?)c).LastOrDefault();

    /// <summary>Refuses a schema that lacks a column or holds it under another type.</summary>
    /// <param name="shape">The schema to check.</param>
    /// <param name="owner">Who needs the column, for the message.</param>
    /// <param name="name">The column.</param>
    /// <param name="item">The item type that it must have, or null for any.</param>
    /// <param name="vector">True: a vector; false: a scalar; null: either.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void Require(SchemaShape shape, string owner, string name, DataViewType? item = null, bool? vector = null)
    {
        if (Find(shape, name) is not { } column)
        {
            throw new ArgumentOutOfRangeException(nameof(shape), $"{owner}: there is no column {name}; the columns are {string.Join(", ", shape.Select(c => c.Name))}");
        }

        var isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        if ((item is not null && !column.ItemType.Equals(item)) || (vector is { } wanted && wanted != isVector))
        {
            var expected = $"{(vector is true ? "a vector of " : vector is false ? "a scalar " : string.Empty)}{item?.ToString() ?? "values"}";
            throw new ArgumentOutOfRangeException(nameof(shape), $"{owner}: column {name} is {column.Kind} {column.ItemType}, expected {expected}");
        }
    }

    /// <summary>Refuses a schema that lacks a column or holds it under another type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static void Require(DataViewSchema schema, string owner, IEnumerable<ColumnNeed> needs)
    {
        foreach (var need in needs)
        {
            if (schema.GetColumnOrNull(need.Name) is not { } column)
            {
                throw new ArgumentOutOfRangeException(nameof(schema), $"{owner}: there is no column {need.Name}; the columns are {string.Join(", ", schema.Select(c => c.Name))}");
            }

            var vector = column.Type as VectorDataViewType;
            var item = vector?.ItemType ?? column.Type;
            var kindFits = need.Vector switch { true => vector is { IsKnownSize: true }, false => vector is null, null => true };
            if (!kindFits || (need.Item is not null && !item.Equals(need.Item)))
            {
                var expected = $"{(need.Vector is true ? "a vector of " : need.Vector is false ? "a scalar " : string.Empty)}{need.Item?.ToString() ?? "values"}";
                throw new ArgumentOutOfRangeException(nameof(schema), $"{owner}: column {need.Name} is {column.Type}, expected {expected}");
            }
        }
    }

    private static SchemaShape Add(SchemaShape input, string name, DataViewType type)
    {
        var column = type switch
        {
            TextDataViewType => Shape<ReadOnlyMemory<char>>(name, type),
            BooleanDataViewType => Shape<bool>(name, type),
            VectorDataViewType { ItemType: var item } when item.RawType == typeof(float) => Shape<VBuffer<float>>(name, type),
            VectorDataViewType { ItemType: var item } when item.RawType == typeof(double) => Shape<VBuffer<double>>(name, type),
            VectorDataViewType { ItemType: var item } when item.RawType == typeof(int) => Shape<VBuffer<int>>(name, type),
            _ when type.RawType == typeof(float) => Shape<float>(name, type),
            _ when type.RawType == typeof(double) => Shape<double>(name, type),
            _ when type.RawType == typeof(int) => Shape<int>(name, type),
            _ => throw new NotSupportedException($"column {name}: no schema shape for {type}"),
        };
        return new SchemaShape(input.Where(c => c.Name != name).Append(column));
    }

    private static SchemaShape.Column Shape<T>(string name, DataViewType type)
    {
        var output = SchemaDefinition.Create(typeof(Cell<T>));
        var cell = output[nameof(Cell<T>.Value)];
        cell.ColumnName = name;
        cell.ColumnType = type;
        var mapping = Context.Transforms.CustomMapping<Nothing, Cell<T>>((_, _) => { }, contractName: null, outputSchemaDefinition: output);
        return mapping.GetOutputSchema(new SchemaShape([])).Single(c => c.Name == name);
    }

    private sealed class Nothing
    {
    }

    private sealed class Cell<T>
    {
        public T Value { get; set; } = default!;
    }
}
