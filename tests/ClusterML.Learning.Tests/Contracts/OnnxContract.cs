using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data.Views;
using ClusterML.Learning.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClusterML.Learning.Tests.Contracts;

/// <summary>What every transformer with an ONNX form must do: the graph computes what the transformer computes.</summary>
internal static class OnnxContract
{
    /// <summary>
    /// Every number column that the transformer adds comes out of ONNX Runtime within the tolerance of its own doubles (1e-6 of its singles),
    /// for text columns given as texts and, where all are symbols of elements, as atomic numbers, and for one row alone.
    /// </summary>
    /// <returns>Whether there was a graph to compare.</returns>
    internal static bool Check(ITransformer transformer, IReadOnlyList<ValueColumn> columns, double tolerance = 1e-12)
    {
        if (transformer is not IOnnxExportable)
        {
            return false;
        }

        var view = new ColumnarView(columns);
        var output = transformer.Transform(view);
        var added = output.Schema.Skip(columns.Count).Where(c => c.Type is VectorDataViewType or NumberDataViewType).ToList();
        try
        {
            Compare(transformer, view, output, added, coded: false, tolerance);
            Compare(transformer, view, output, added, coded: true, tolerance);
            return true;
        }
        catch (OnnxExportException e)
        {
            // What it fitted has no ONNX form, or what is inside it: it must say so.
            Assert.EndsWith("no ONNX form", e.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static void Compare(ITransformer transformer, IDataView view, IDataView output, List<DataViewSchema.Column> added, bool coded, double tolerance)
    {
        var graph = new OnnxGraphBuilder("contract");
        var columns = new OnnxColumns(graph.RowCount(graph.Input("rows", OnnxElementType.Single, OnnxDimension.Batch)));
        var feeds = new List<Func<int, int, NamedOnnxValue>>
        {
            (from, count) => NamedOnnxValue.CreateFromTensor("rows", new DenseTensor<float>(new float[count], [count])),
        };
        foreach (var column in view.Schema)
        {
            if (column.Type is TextDataViewType)
            {
                var texts = view.ReadTexts(column.Name);
                feeds.Add(coded ? Codes(graph, columns, column.Name, texts) : Texts(graph, columns, column.Name, texts));
            }
            else
            {
                feeds.Add(Numbers(graph, columns, column, view.ReadVectors(column.Name)));
            }
        }

        columns.Apply(transformer, graph, "contract.");
        foreach (var column in added)
        {
            graph.Output($"out.{column.Name}", columns.Numbers(column.Name), OnnxDimension.Batch, columns.Width(column.Name));
        }

        using var session = new InferenceSession(graph.ToModel());
        var rows = view.ReadVectors(view.Schema.First(c => c.Type is not TextDataViewType).Name).Length;
        foreach (var (from, count) in new[] { (0, rows), (rows / 2, 1) })
        {
            using var results = session.Run(feeds.Select(f => f(from, count)).ToList());
            foreach (var (column, result) in added.Zip(results))
            {
                var item = (column.Type as VectorDataViewType)?.ItemType.RawType ?? column.Type.RawType;
                double[] actual = result.ElementType switch
                {
                    TensorElementType.Double => [.. result.AsTensor<double>()],
                    TensorElementType.Float => [.. result.AsTensor<float>().Select(v => (double)v)],
                    _ => [.. result.AsTensor<long>().Select(v => (double)v)],
                };
                Assert.Equal(item == typeof(double), result.ElementType == TensorElementType.Double);
                double[] expected = [.. output.ReadVectors(column.Name).Skip(from).Take(count).SelectMany(r => r)];
                Assert.Equal(expected.Length, actual.Length);
                Assert.All(expected.Zip(actual), pair => AssertClose(pair.First, pair.Second, item == typeof(double) ? tolerance : 1e-6, column.Name));
            }
        }
    }

    private static void AssertClose(double expected, double actual, double tolerance, string column) => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)),
        string.Create(CultureInfo.InvariantCulture, $"{column}: {expected:R} in .NET, {actual:R} in ONNX Runtime"));

    private static Func<int, int, NamedOnnxValue> Texts(OnnxGraphBuilder graph, OnnxColumns columns, string name, string[] texts)
    {
        columns.Set(name, OnnxTexts.Of(graph.Input(name, OnnxElementType.String, OnnxDimension.Batch, 1)));
        return (from, count) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(texts.AsSpan(from, count).ToArray(), [count, 1]));
    }

    private static Func<int, int, NamedOnnxValue> Codes(OnnxGraphBuilder graph, OnnxColumns columns, string name, string[] texts)
    {
        var elements = ElementTable.Default.All.Select(e => (e.Symbol, (long)e.AtomicNumber)).ToList();
        columns.Set(name, OnnxTexts.Coded(graph.Input(name, OnnxElementType.Int64, OnnxDimension.Batch, 1), elements));
        long[] codes = [.. texts.Select(t => ElementTable.Default.Find(t)?.AtomicNumber ?? -7L)];
        return (from, count) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(codes.AsSpan(from, count).ToArray(), [count, 1]));
    }

    private static Func<int, int, NamedOnnxValue> Numbers(OnnxGraphBuilder graph, OnnxColumns columns, DataViewSchema.Column column, double[][] rows)
    {
        var width = rows[0].Length;
        var item = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        var type = item == typeof(double) ? OnnxElementType.Double : item == typeof(float) ? OnnxElementType.Single : OnnxElementType.Int64;
        columns.Set(column.Name, graph.Input(column.Name, type, OnnxDimension.Batch, width), width);
        return (from, count) =>
        {
            var values = rows.Skip(from).Take(count).SelectMany(r => r).ToArray();
            return type switch
            {
                OnnxElementType.Double => NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<double>(values, [count, width])),
                OnnxElementType.Single => NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<float>(values.Select(v => (float)v).ToArray(), [count, width])),
                _ => NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<long>(values.Select(v => (long)v).ToArray(), [count, width])),
            };
        };
    }
}
