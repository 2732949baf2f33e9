using ClusterML.Data.Options;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ClusterML.Learning.Onnx;

/// <summary>An ONNX model whose inputs are columns, run over any number of rows with bounded memory.</summary>
/// <remarks>An input is one value a row; an output is one value a row or a vector of a fixed width. Safe to use from several threads.</remarks>
public sealed class OnnxModelSession : IDisposable
{
    private readonly OnnxModelSessionOptions options;
    private readonly InferenceSession session;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="options">How it is run.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model that ONNX Runtime can run, or an input is no column.</exception>
    public OnnxModelSession(byte[] model, OnnxModelSessionOptions? options = null)
    {
        this.options = (options ?? new()).Checked();
        using var settings = new SessionOptions { IntraOpNumThreads = this.options.Threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        try
        {
            session = new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot load the model: {e.Message}", e);
        }

        if (session.InputMetadata.FirstOrDefault(i => i.Value.Dimensions.Length != 1) is { Key: { } odd })
        {
            session.Dispose();
            throw new InvalidDataException($"input {odd} of the ONNX model is no column of one value a row");
        }
    }

    /// <summary>Names and element types of the inputs.</summary>
    public IReadOnlyDictionary<string, Type> Inputs => session.InputMetadata.ToDictionary(i => i.Key, i => i.Value.ElementType);

    /// <summary>Names of the outputs with their widths: null for one value a row, which is no vector.</summary>
    public IReadOnlyDictionary<string, int?> Outputs => session.OutputMetadata.ToDictionary(o => o.Key, o => o.Value.Dimensions is [_, var width] ? (int?)width : null);

    /// <summary>The model's own metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    /// <summary>Computes outputs for all rows, in order.</summary>
    /// <param name="columns">An array of the input's element type for each input, all of one length; others are not read.</param>
    /// <param name="outputs">Names of the outputs that are wanted; null for all.</param>
    /// <returns>For each output its values, row by row: <c>float[]</c>, <c>double[]</c> or <c>long[]</c>.</returns>
    /// <exception cref="ArgumentException">A column is missing, of another type or of another length; or there is no such output.</exception>
    public IReadOnlyDictionary<string, Array> Run(IReadOnlyDictionary<string, Array> columns, IReadOnlyCollection<string>? outputs = null)
    {
        var rows = Rows(columns);
        var wanted = outputs ?? [.. session.OutputMetadata.Keys];
        var results = wanted.ToDictionary(name => name, name => Empty(name, rows));
        for (var from = 0; from < rows; from += options.ChunkRows)
        {
            var count = Math.Min(options.ChunkRows, rows - from);
            using var computed = session.Run([.. session.InputMetadata.Keys.Select(name => Chunk(name, columns[name], from, count))], wanted);
            foreach (var value in computed)
            {
                Copy(value, results[value.Name], from, count);
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private int Rows(IReadOnlyDictionary<string, Array> columns)
    {
        int? rows = null;
        foreach (var (name, input) in session.InputMetadata)
        {
            if (!columns.TryGetValue(name, out var column) || column.GetType().GetElementType() != input.ElementType)
            {
                throw new ArgumentException($"the model reads {name} as {input.ElementType.Name}[]; given is {column?.GetType().Name ?? "nothing"}", nameof(columns));
            }

            rows ??= column.Length;
            if (rows != column.Length)
            {
                throw new ArgumentException($"column {name} has {column.Length} rows, others have {rows}", nameof(columns));
            }
        }

        return rows ?? throw new ArgumentException("the model has no input", nameof(columns));
    }

    private Array Empty(string output, int rows) => session.OutputMetadata.TryGetValue(output, out var metadata)
        ? Array.CreateInstance(metadata.ElementType, (long)rows * (metadata.Dimensions is [_, var width] ? width : 1))
        : throw new ArgumentException($"the model has no output {output}; it has {string.Join(", ", session.OutputMetadata.Keys)}");

    private static NamedOnnxValue Chunk(string name, Array column, int from, int count)
    {
        NamedOnnxValue Of<T>(T[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values.AsMemory(from, count), [count]));
        return column switch
        {
            float[] values => Of(values),
            long[] values => Of(values),
            string[] values => Of(values),
            double[] values => Of(values),
            _ => throw new ArgumentException($"column {name} holds {column.GetType().GetElementType()?.Name}, which no model of this project reads", nameof(column)),
        };
    }

    private static void Copy(DisposableNamedOnnxValue value, Array to, int from, int count)
    {
        void Of<T>(T[] target)
        {
            var width = target.Length == 0 ? 0 : ((DenseTensor<T>)value.AsTensor<T>()).Buffer.Length / count;
            ((DenseTensor<T>)value.AsTensor<T>()).Buffer.Span.CopyTo(target.AsSpan(from * width));
        }

        switch (to)
        {
            case float[] target:
                Of(target);
                break;
            case double[] target:
                Of(target);
                break;
            case long[] target:
                Of(target);
                break;
            default:
                throw new NotSupportedException($"output {value.Name} holds {value.ElementType}");
        }
    }
}
