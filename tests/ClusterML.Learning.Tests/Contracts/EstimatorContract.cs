using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>What every estimator of the project must do; each estimator's test calls this.</summary>
internal static class EstimatorContract
{
    /// <summary>
    /// The schema propagates; a schema that lacks or mistypes a needed column is refused before fitting and by Fit; estimator and
    /// transformer agree on what is added; a transformer made again from its state, through JSON text, gives the same values;
    /// a cursor over some columns gives these and refuses the others; what has an ONNX form computes the same in ONNX Runtime.
    /// </summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="columns">Training columns.</param>
    /// <param name="needed">Columns that it cannot do without.</param>
    /// <param name="restore">Makes a transformer from its state.</param>
    /// <returns>The fitted transformer.</returns>
    internal static ITransformer Check(
        IEstimator<ITransformer> estimator,
        IReadOnlyList<ValueColumn> columns,
        IReadOnlyList<string> needed,
        Func<StepState, ITransformer> restore)
    {
        var view = new ColumnarView(columns);
        RefusesBadSchemas(estimator, columns, needed);
        var transformer = estimator.Fit(view);
        Agrees(estimator.GetOutputSchema(ShapeOf(columns)), transformer.GetOutputSchema(view.Schema), columns.Count);
        var output = transformer.Transform(view);
        var again = restore(Reread(((IStatefulTransformer)transformer).ToState())).Transform(view);
        foreach (var column in output.Schema)
        {
            Assert.Equal(Values(output, column), Values(again, again.Schema[column.Index]));
        }

        foreach (var column in output.Schema)
        {
            ReadsAlone(output, column);
        }

        OnnxContract.Check(transformer, columns);
        return transformer;
    }

    /// <summary>The shape of a view with these columns.</summary>
    internal static SchemaShape ShapeOf(IEnumerable<ValueColumn> columns) =>
        SchemaShapes.Extend(new SchemaShape([]), columns.Select(c => (c.Name, c.Type)));

    /// <summary>The state as another process would read it: the document through its text.</summary>
    internal static StepState Reread(StepState state) =>
        new(System.Text.Json.Nodes.JsonNode.Parse(state.Json.ToJsonString())!.AsObject(), state.Blobs);

    private static void RefusesBadSchemas(IEstimator<ITransformer> estimator, IReadOnlyList<ValueColumn> columns, IReadOnlyList<string> needed)
    {
        var filler = ValueColumn.Int32("filler", [.. Enumerable.Range(0, columns[0].RowCount)]);
        foreach (var name in needed)
        {
            ValueColumn[] missing = [filler, .. columns.Where(c => c.Name != name)];
            var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(ShapeOf(missing)));
            Assert.Contains($"no column {name}", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(new ColumnarView(missing)));
            ValueColumn[] mistyped = [.. missing, ValueColumn.Boolean(name, new bool[filler.RowCount])];
            Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(ShapeOf(mistyped)));
        }
    }

    /// <summary>A cursor over one column goes over all rows, reads that column, and refuses any other.</summary>
    private static void ReadsAlone(IDataView view, DataViewSchema.Column column)
    {
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(cursor, column);
        var rows = 0;
        while (cursor.MoveNext())
        {
            read();
            rows++;
        }

        Assert.Equal(view.GetRowCount(), rows);
        foreach (var other in view.Schema.Where(c => c.Index != column.Index))
        {
            Assert.False(cursor.IsColumnActive(other));
            Assert.Throws<InvalidOperationException>(() => Reader(cursor, other));
        }
    }

    private static Action Reader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        Action Of<T>()
        {
            var getter = cursor.GetGetter<T>(column);
            return () =>
            {
                var value = default(T)!;
                getter(ref value);
            };
        }

        return column.Type switch
        {
            TextDataViewType => Of<ReadOnlyMemory<char>>(),
            VectorDataViewType { ItemType.RawType: var item } when item == typeof(float) => Of<VBuffer<float>>(),
            VectorDataViewType { ItemType.RawType: var item } when item == typeof(double) => Of<VBuffer<double>>(),
            VectorDataViewType { ItemType.RawType: var item } when item == typeof(int) => Of<VBuffer<int>>(),
            { RawType: var item } when item == typeof(float) => Of<float>(),
            { RawType: var item } when item == typeof(double) => Of<double>(),
            { RawType: var item } when item == typeof(int) => Of<int>(),
            _ => throw new NotSupportedException($"column {column.Name}: {column.Type}"),
        };
    }

    private static void Agrees(SchemaShape shape, DataViewSchema schema, int inputs)
    {
        Assert.Equal(shape.Select(c => c.Name).Order(), schema.Select(c => c.Name).Order());
        Assert.True(schema.Count > inputs, "nothing was added");
        foreach (var column in schema)
        {
            var promised = shape.Single(c => c.Name == column.Name);
            var vector = column.Type as VectorDataViewType;
            Assert.Equal(vector is null ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.Vector, promised.Kind);
            Assert.Equal(vector?.ItemType ?? column.Type, promised.ItemType);
        }
    }

    private static string[] Values(IDataView view, DataViewSchema.Column column) => column.Type is TextDataViewType
        ? view.ReadTexts(column.Name)
        : [.. view.ReadVectors(column.Name).Select(row => string.Join(' ', row.Select(v => v.ToString("R", null))))];
}
