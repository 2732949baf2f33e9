using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
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
    public static void Require(DataViewSchema schema, string owner, FtColumns columns, FtSizes sizes)
    {
        if (sizes.Cardinalities.Count > 0)
        {
            SchemaShapes.Require(schema, owner, [ColumnNeed.Int32s(columns.Categorical)]);
            FeatureMatrix.RequireSize(schema, owner, [columns.Categorical], sizes.Cardinalities.Count);
        }

        if (sizes.ContinuousCount > 0)
        {
            SchemaShapes.Require(schema, owner, [ColumnNeed.Singles(columns.Continuous)]);
            FeatureMatrix.RequireSize(schema, owner, [columns.Continuous], sizes.ContinuousCount);
        }
    }

    public static IReadOnlyList<(string Name, DataViewType Type)> Outputs(FtColumns columns, int targets, int embedding) =>
    [
        (columns.Prediction, new VectorDataViewType(NumberDataViewType.Double, targets)),
        (columns.Embedding, new VectorDataViewType(NumberDataViewType.Single, embedding)),
    ];
}
