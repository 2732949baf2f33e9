using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Transformer;

/// <summary>The columns of a view that go into an FT-Transformer, and the ones that come out.</summary>
internal static class FtInputs
{
    /// <summary>Codes and raw numbers of all rows; a network without categorical (or continuous) columns reads none.</summary>
    public static (int[][] Categorical, float[][] Continuous) Read(IDataView view, FtColumns columns)
    {
        int[][]? categorical = columns.Categorical.Count == 0 ? null : Joined(columns.Categorical.Select(c => CodeColumn.Read(view, c)));
        float[][]? continuous = columns.Continuous.Count == 0
            ? null
            : Joined(columns.Continuous.Select(c => view.ReadVectors(c).Select(row => row.Select(v => (float)v).ToArray()).ToArray()));
        return (categorical ?? [.. continuous!.Select(_ => Array.Empty<int>())], continuous ?? [.. categorical!.Select(_ => Array.Empty<float>())]);
    }

    /// <summary>Targets of all rows.</summary>
    /// <exception cref="ArgumentException">A target is NaN or infinite, or there is no row.</exception>
    public static double[][] ReadTargets(IDataView view, FtColumns columns) =>
        Joined(columns.Targets.Select(c => FeatureMatrix.ReadTargets(view, c, nameof(FtTransformerEstimator))));

    /// <summary>Sizes of the network that a view's columns ask for.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">Which of its columns.</param>
    /// <param name="setup">Cardinalities and names, where given.</param>
    /// <param name="codes">Codes of all rows.</param>
    public static FtSizes Sizes(IDataView view, FtColumns columns, FtTrainingSetup setup, IReadOnlyList<int[]> codes)
    {
        var continuous = columns.Continuous.Sum(c => Width(view.Schema[c].Type));
        return new FtSizes(
            setup.Cardinalities ?? Cardinalities(view, columns, codes),
            continuous,
            setup.CategoricalNames ?? Names(view, columns.Categorical),
            setup.ContinuousNames ?? Names(view, columns.Continuous));
    }

    /// <summary>Refuses a schema without the columns of the right type and width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type or of another width.</exception>
    public static void Require(DataViewSchema schema, string owner, FtColumns columns, FtSizes sizes)
    {
        SchemaShapes.Require(schema, owner, columns.Categorical.Select(c => new ColumnNeed(c)));
        SchemaShapes.Require(schema, owner, columns.Continuous.Select(c => new ColumnNeed(c, NumberDataViewType.Single)));
        foreach (var column in columns.Categorical)
        {
            CodeColumn.Require(schema, owner, column);
        }

        Width(columns.Categorical, sizes.Cardinalities.Count);
        Width(columns.Continuous, sizes.ContinuousCount);

        void Width(IReadOnlyList<string> names, int expected)
        {
            if (names.Sum(c => FtInputs.Width(schema[c].Type)) is var found && found != expected)
            {
                throw new ArgumentOutOfRangeException(nameof(schema), $"{owner}: {string.Join(" + ", names)} have {found} values a row, the network has {expected}");
            }
        }
    }

    /// <summary>Names and types of the columns written.</summary>
    public static IReadOnlyList<(string Name, DataViewType Type)> Outputs(FtColumns columns, int targets, int embedding) =>
    [
        (columns.Prediction, new VectorDataViewType(NumberDataViewType.Double, targets)),
        (columns.Embedding, new VectorDataViewType(NumberDataViewType.Single, embedding)),
        .. columns.Scores.Select(score => (score, (DataViewType)NumberDataViewType.Single)),
    ];

    private static int[] Cardinalities(IDataView view, FtColumns columns, IReadOnlyList<int[]> codes)
    {
        var (cardinalities, at) = (new List<int>(), 0);
        foreach (var column in columns.Categorical)
        {
            var (width, keys) = (Width(view.Schema[column].Type), CodeColumn.KeyCount(view.Schema[column].Type));
            for (var i = 0; i < width; i++, at++)
            {
                var position = at;
                cardinalities.Add(1 + (keys ?? Math.Max(0, codes.Max(row => row[position]))));
            }
        }

        return [.. cardinalities];
    }

    private static IReadOnlyList<string> Names(IDataView view, IReadOnlyList<string> columns) =>
    [
        .. columns.SelectMany(c => view.Schema[c].Type is VectorDataViewType vector
            ? Enumerable.Range(0, vector.Size).Select(i => FormattableString.Invariant($"{c} {i}"))
            : [c]),
    ];

    private static int Width(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: false } => throw new ArgumentOutOfRangeException(nameof(type), $"a column is {type}: its rows differ in length, so it has no tokens"),
        VectorDataViewType vector => vector.Size,
        _ => 1,
    };

    private static T[][] Joined<T>(IEnumerable<T[][]> parts)
    {
        var columns = parts.ToArray();
        return columns.Length == 1
            ? columns[0]
            : [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.SelectMany(part => part[row]).ToArray())];
    }
}
