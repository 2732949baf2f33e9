using Microsoft.ML;

namespace ClusterML.Learning.Onnx;

/// <summary>The columns of a data view as values of a graph.</summary>
/// <remarks>
/// A number column is a matrix [batch, width], also where ML.NET has a scalar (width 1). Its type is that of ML.NET, but for
/// integers, which are 64-bit here. A text column is an <see cref="OnnxTexts"/>, because a graph may hold it as codes.
/// </remarks>
public sealed class OnnxColumns
{
    private readonly Dictionary<string, (OnnxValue Value, int Width)> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTexts> texts = new(StringComparer.Ordinal);

    /// <summary>No columns yet.</summary>
    /// <param name="rowCount">The number of rows: int64 [1].</param>
    public OnnxColumns(OnnxValue rowCount) => RowCount = rowCount;

    /// <summary>The columns of an outer pipeline to go on from: what is set here is not seen there.</summary>
    /// <param name="outer">The columns that are there already.</param>
    public OnnxColumns(OnnxColumns outer)
        : this(outer.RowCount)
    {
        numbers = new(outer.numbers, StringComparer.Ordinal);
        texts = new(outer.texts, StringComparer.Ordinal);
    }

    /// <summary>The number of rows: int64 [1].</summary>
    public OnnxValue RowCount { get; }

    /// <summary>Adds what a transformer computes to a graph, in a scope of its own.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="scope">Prefix of the names of its constants; unique among its neighbours.</param>
    /// <exception cref="OnnxExportException">It has no ONNX form.</exception>
    public void Apply(ITransformer transformer, OnnxGraphBuilder graph, string scope)
    {
        if (transformer is not IOnnxExportable exportable)
        {
            throw new OnnxExportException($"{transformer.GetType().Name} has no ONNX form");
        }

        using (graph.Scope(scope))
        {
            exportable.AddTo(graph, this);
        }
    }

    /// <summary>Whether there is a number column of this name.</summary>
    public bool HasNumbers(string column) => numbers.ContainsKey(column);

    /// <summary>Sets a number column.</summary>
    /// <param name="column">Its name; a column of the same name is replaced.</param>
    /// <param name="value">[batch, width].</param>
    /// <param name="width">Its width.</param>
    public void Set(string column, OnnxValue value, int width)
    {
        texts.Remove(column);
        numbers[column] = (value, width);
    }

    /// <summary>Sets a text column.</summary>
    public void Set(string column, OnnxTexts value)
    {
        numbers.Remove(column);
        texts[column] = value;
    }

    /// <summary>A number column, [batch, width].</summary>
    /// <exception cref="OnnxExportException">There is none of this name.</exception>
    public OnnxValue Numbers(string column) => Number(column).Value;

    /// <summary>Width of a number column.</summary>
    /// <exception cref="OnnxExportException">There is none of this name.</exception>
    public int Width(string column) => Number(column).Width;

    /// <summary>A text column.</summary>
    /// <exception cref="OnnxExportException">There is none of this name.</exception>
    public OnnxTexts Texts(string column) => texts.TryGetValue(column, out var found)
        ? found
        : throw new OnnxExportException($"text column {column} is no input of the model; its text columns are {Names(texts.Keys)}");

    /// <summary>Number columns side by side, as one type: [batch, sum of widths].</summary>
    /// <exception cref="OnnxExportException">There is none of one of these names.</exception>
    public OnnxValue Features(OnnxGraphBuilder graph, IReadOnlyList<string> columns, OnnxElementType type)
    {
        OnnxValue[] parts = [.. columns.Select(c => graph.As(Numbers(c), type))];
        return parts.Length == 1 ? parts[0] : graph.Concat(1, parts);
    }

    private (OnnxValue Value, int Width) Number(string column) => numbers.TryGetValue(column, out var found)
        ? found
        : throw new OnnxExportException($"number column {column} is no input of the model; its number columns are {Names(numbers.Keys)}");

    private static string Names(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
