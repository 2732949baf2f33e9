using System.IO.Compression;
using ClusterML.Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Onnx;

/// <summary>An ONNX model as an ML.NET transformer that <c>mlContext.Model.Save</c> can write.</summary>
/// <remarks>
/// A transformer from outside ML.NET cannot write itself into ML.NET's zip, since all members of the save context are internal. This one
/// lets ML.NET's own ONNX transformer do it. The zip then holds the bytes of the graph and loads in a process that knows nothing of this
/// project: Microsoft.ML, Microsoft.ML.OnnxTransformer and Microsoft.ML.OnnxRuntime are enough. Outputs are vectors, of size 1 where the
/// graph has one value a row; inputs are single values or vectors of size 1. ML.NET sends rows through one at a time; <see cref="OnnxModelSession"/> is the fast way.
/// </remarks>
public sealed class OnnxModelTransformer : ITransformer, IDisposable
{
    private readonly ITransformer inner;
    private readonly DirectoryInfo folder;

    /// <summary>A transformer around a model.</summary>
    /// <param name="model">The bytes of an ONNX file whose inputs are columns, int64, float or string.</param>
    /// <param name="temporaryFolder">Folder for the file that ML.NET keeps; empty again after <see cref="Dispose"/>.</param>
    public OnnxModelTransformer(byte[] model, string? temporaryFolder = null)
    {
        using var session = new OnnxModelSession(model);
        var empty = Empty(session.Inputs);
        InputSchema = empty.Schema;

        // ML.NET writes the graph to a file of its own and reads it again when it is saved, so the folder stays until the end.
        folder = Directory.CreateDirectory(Path.Combine(temporaryFolder ?? Path.GetTempPath(), "clusterml-" + Path.GetRandomFileName()));
        var context = new MLContext { TempFilePath = folder.FullName };
        using var stream = new MemoryStream(WithMatrixInputs(model, session));
        inner = context.Transforms
            .ApplyOnnxModel([.. session.Outputs.Keys], [.. session.Inputs.Keys], stream, new Dictionary<string, int[]>(), gpuDeviceId: null, fallbackToCpu: false, recursionLimit: 100)
            .Fit(empty);
    }

    /// <summary>The columns that the model reads.</summary>
    public DataViewSchema InputSchema { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => inner.IsRowToRowMapper;

    /// <summary>The model as a zip of ML.NET; the same model gives the same bytes.</summary>
    public byte[] ToZip()
    {
        using var stream = new MemoryStream();
        new MLContext().Model.Save(this, InputSchema, stream);
        return Timeless(stream);
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => inner.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => inner.Save(ctx);

    /// <summary>Frees the session and removes the file behind it; the transformer cannot be saved after that.</summary>
    public void Dispose()
    {
        (inner as IDisposable)?.Dispose();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
            folder.Refresh();
        }
    }

    private static ColumnarView Empty(IReadOnlyDictionary<string, Type> inputs) => new(
    [
        .. inputs.Select(input => input.Value switch
        {
            var type when type == typeof(long) => ValueColumn.Int64(input.Key, []),
            var type when type == typeof(float) => ValueColumn.Single(input.Key, []),
            var type when type == typeof(string) => ValueColumn.Text(input.Key, []),
            var type => throw new NotSupportedException($"input {input.Key} of the ONNX model is {type.Name}"),
        }),
    ]);

    /// <summary>The same graph behind inputs [batch, 1]: that is the shape in which ML.NET hands over a column of single values.</summary>
    private static byte[] WithMatrixInputs(byte[] model, OnnxModelSession session)
    {
        var graph = new OnnxGraphBuilder("rows");
        var matrices = session.Inputs.ToDictionary(i => i.Key, i => graph.Input(i.Key, TypeOf(i.Value), OnnxDimension.Batch, 1));
        using var scope = graph.Scope("model.");
        var shape = graph.Constant("input.shape", [-1L], 1);
        var outputs = graph.Import(model, matrices.ToDictionary(m => m.Key, m => graph.Reshape(m.Value, shape)));
        foreach (var (name, width) in session.Outputs)
        {
            graph.Output(name, outputs[name], width is { } vector ? [OnnxDimension.Batch, vector] : [OnnxDimension.Batch]);
        }

        foreach (var (key, value) in session.Metadata)
        {
            graph.AddMetadata(key, value);
        }

        return graph.ToModel();
    }

    private static OnnxElementType TypeOf(Type type) =>
        type == typeof(long) ? OnnxElementType.Int64 : type == typeof(float) ? OnnxElementType.Single : OnnxElementType.String;

    /// <summary>The same archive without the time at which it was made.</summary>
    private static byte[] Timeless(MemoryStream written)
    {
        written.Position = 0;
        using var source = new ZipArchive(written, ZipArchiveMode.Read);
        using var result = new MemoryStream();
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                var copy = target.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }

        return result.ToArray();
    }
}
