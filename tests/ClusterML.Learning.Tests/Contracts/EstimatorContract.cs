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
    /// a cursor over some columns gives these and refuses the others; fitted twice it gives the same values; threads may use it at the
    /// same time; no rows give no rows; a row of gaps and unknown names is answered and leaves the others as they are; what has an ONNX
    /// form computes the same in ONNX Runtime.
    /// </summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="columns">Training columns.</param>
    /// <param name="needed">Columns that it cannot do without.</param>
    /// <param name="restore">Makes a transformer from its state.</param>
    /// <param name="onnxTolerance">How far its doubles may be from ONNX Runtime's, relative; what computes in single precision gives more.</param>
    /// <returns>The fitted transformer.</returns>
    internal static ITransformer Check(
        IEstimator<ITransformer> estimator,
        IReadOnlyList<ValueColumn> columns,
        IReadOnlyList<string> needed,
        Func<StepState, ITransformer> restore,
        double onnxTolerance = 1e-12)
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

        Same(output, estimator.Fit(view).Transform(view));
        Parallel.For(0, 4, _ => Same(output, transformer.Transform(view)));
        AnswersOddRows(estimator, transformer, view);
        OnnxContract.Check(transformer, columns, onnxTolerance);
        return transformer;
    }

    /// <summary>The shape of a view with these columns.</summary>
    internal static SchemaShape ShapeOf(IEnumerable<ValueColumn> columns) =>
        SchemaShapes.Extend(new SchemaShape([]), columns.Select(c => (c.Name, c.Type)));

    /// <summary>The state as another process would read it: the document through its text.</summary>
    internal static StepState Reread(StepState state) =>
        new(System.Text.Json.Nodes.JsonNode.Parse(state.Json.ToJsonString())!.AsObject(), state.Blobs);

    private static void Same(IDataView expected, IDataView actual)
    {
        foreach (var column in expected.Schema)
        {
            Assert.Equal(Values(expected, column), Values(actual, actual.Schema[column.Index]));
        }
    }

    private static void AnswersOddRows(IEstimator<ITransformer> estimator, ITransformer transformer, ColumnarView view)
    {
        const int Odd = 1;
        var empty = new ColumnarView([.. view.Schema.Select(column => Copy(view, column, 0, null))]);
        var rows = (int)view.GetRowCount()!;
        var odd = new ColumnarView([.. view.Schema.Select(column => Copy(view, column, rows, Odd))]);
        var (whole, none, spoilt) = (transformer.Transform(view), transformer.Transform(empty), transformer.Transform(odd));
        foreach (var column in whole.Schema.Skip(view.Schema.Count))
        {
            Assert.Empty(Values(none, none.Schema[column.Index]));
            var (expected, actual) = (Values(whole, column), Values(spoilt, spoilt.Schema[column.Index]));
            Assert.Equal(rows, actual.Length);
            for (var row = 0; row < rows; row++)
            {
                Assert.True(row == Odd || SameText(expected[row], actual[row]), $"{column.Name}: row {row} was {expected[row]}, beside a row of gaps it is {actual[row]}");
            }
        }

        // What learns from rows cannot do without any, and must say so; what does not, may fit.
        var refusal = Record.Exception(() => estimator.Fit(empty));
        Assert.True(refusal is null or ArgumentException or InvalidOperationException, $"fitted to no rows: {refusal}");
    }

    // A matrix product may round its last bit differently when another row holds NaN.
    private static bool SameText(string expected, string actual) => expected == actual
        || expected.Split(' ').Zip(actual.Split(' ')).All(p => Math.Abs(Number(p.First) - Number(p.Second)) <= 1e-6 * Math.Max(1, Math.Abs(Number(p.First))));

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The first rows of a column, one of them with a gap or a name never seen.</summary>
    private static ValueColumn Copy(IDataView view, DataViewSchema.Column column, int count, int? odd)
    {
        if (column.Type is TextDataViewType)
        {
            return ValueColumn.Text(column.Name, [.. view.ReadTexts(column.Name).Take(count).Select((text, row) => row == odd ? "Xx" : text)]);
        }

        var rows = view.ReadVectors(column.Name).Take(count).ToList();
        double[] Row(int row, double gap) => row == odd && column.Name != "targets" ? [.. rows[row].Select(_ => gap)] : rows[row];
        var at = Enumerable.Range(0, rows.Count);
        return column.Type switch
        {
            VectorDataViewType { ItemType.RawType: var item } vector when item == typeof(int) =>
                ValueColumn.Int32s(column.Name, vector.Size, [.. at.Select(r => Row(r, 999).Select(v => (int)v).ToArray())]),
            VectorDataViewType { ItemType.RawType: var item } vector when item == typeof(float) =>
                ValueColumn.Singles(column.Name, vector.Size, [.. at.Select(r => Row(r, double.NaN).Select(v => (float)v).ToArray())]),
            VectorDataViewType vector => ValueColumn.Doubles(column.Name, vector.Size, [.. at.Select(r => Row(r, double.NaN))]),
            { RawType: var item } when item == typeof(int) => ValueColumn.Int32(column.Name, [.. at.Select(r => (int)Row(r, 999)[0])]),
            { RawType: var item } when item == typeof(float) => ValueColumn.Single(column.Name, [.. at.Select(r => (float)Row(r, double.NaN)[0])]),
            _ => ValueColumn.Double(column.Name, [.. at.Select(r => Row(r, double.NaN)[0])]),
        };
    }

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
