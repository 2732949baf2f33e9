using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>The columns of a view that go into an FT-Transformer, and the ones that come out.</summary>
internal static class FtInputs
{
    /// <summary>Codes and raw numbers of all rows; a network without categorical (or continuous) columns reads none.</summary>
    public static (int[][] Categorical, float[][] Continuous) Read(IDataView view, FtColumns columns, FtSizes sizes)
    {
        int[][]? categorical = sizes.Cardinalities.Count == 0
            ? null
            : [.. view.ReadVectors(columns.Categorical).Select(row => row.Select(v => (int)v).ToArray())];
        float[][]? continuous = sizes.ContinuousCount == 0
            ? null
            : [.. view.ReadVectors(columns.Continuous).Select(row => row.Select(v => (float)v).ToArray())];
        return (categorical ?? [.. continuous!.Select(_ => Array.Empty<int>())], continuous ?? [.. categorical!.Select(_ => Array.Empty<float>())]);
    }

    /// <summary>Refuses a schema without the columns of the right type and width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type or of another width.</exception>
    public static void Require(DataViewSchema schema, FtColumns columns, FtSizes sizes)
    {
        Require(schema, columns.Categorical, NumberDataViewType.Int32, sizes.Cardinalities.Count);
        Require(schema, columns.Continuous, NumberDataViewType.Single, sizes.ContinuousCount);
    }

    public static IReadOnlyList<(string Name, DataViewType Type)> Outputs(FtColumns columns, int targets, int embedding) =>
    [
        (columns.Prediction, new VectorDataViewType(NumberDataViewType.Double, targets)),
        (columns.Embedding, new VectorDataViewType(NumberDataViewType.Single, embedding)),
    ];

    /// <summary>Width of a vector column, 0 when there is none of this name.</summary>
    public static int Width(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name)?.Type is VectorDataViewType vector ? vector.Size : 0;

    private static void Require(DataViewSchema schema, string name, PrimitiveDataViewType item, int width)
    {
        if (width == 0)
        {
            return;
        }

        if (schema.GetColumnOrNull(name) is not { } column)
        {
            throw new ArgumentOutOfRangeException(nameof(schema), $"there is no column {name}; the columns are {string.Join(", ", schema.Select(c => c.Name))}");
        }

        if (column.Type is not VectorDataViewType vector || !vector.ItemType.Equals(item) || vector.Size != width)
        {
            throw new ArgumentOutOfRangeException(nameof(schema), $"column {name} is {column.Type}, expected a vector of {width} {item}");
        }
    }
}
