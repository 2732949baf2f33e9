using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Learning.Embedding;

/// <summary>Adds the embedding that a frozen network makes of codes and numbers.</summary>
/// <remarks>
/// ML.NET's ONNX transformer sees one row at a time, which costs most of the speed. A row of the view that it is given here is
/// therefore a whole batch: the graph's batch dimension is bound to the batch size and its tensors are read as long vectors.
/// Holds an ONNX session from the first batch on, until it is disposed; views that it made cannot be computed after that.
/// </remarks>
public sealed class OnnxEmbeddingTransformer : ColumnTransformer, IStatefulTransformer, IOnnxExportable, IDisposable
{
    private const string ModelFile = "embedding.onnx";
    private const string Codes = "x_cat";
    private const string Numbers = "x_num";
    private const string Output = "embedding";

    private readonly OnnxEmbeddingOptions options;
    private readonly byte[] model;
    private readonly int codeCount;
    private readonly int numberCount;
    private readonly Lazy<ITransformer> batched;
    private bool disposed;

    /// <summary>A transformer around a network.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">The graph does not have the inputs and the output that are asked for.</exception>
    public OnnxEmbeddingTransformer(byte[] model, OnnxEmbeddingOptions options)
    {
        this.options = options;
        this.model = model;
        using (var session = new InferenceSession(model))
        {
            codeCount = Width(session.InputMetadata, Codes, typeof(long));
            numberCount = Width(session.InputMetadata, Numbers, typeof(float));
            EmbeddingWidth = Width(session.OutputMetadata, Output, typeof(float));
        }

        batched = new(Bind);
    }

    /// <summary>Width E of the embedding.</summary>
    public int EmbeddingWidth { get; }

    /// <summary>Folder for what ML.NET writes while it loads the network; empty again afterwards.</summary>
    internal string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Makes the transformer again.</summary>
    public static OnnxEmbeddingTransformer FromState(StepState state) => new(state.Blob(ModelFile), state.Read<OnnxEmbeddingOptions>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(options, new Dictionary<string, byte[]> { [ModelFile] = model });

    /// <summary>Frees the network's session.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (batched.IsValueCreated)
        {
            (batched.Value as IDisposable)?.Dispose();
        }
    }

    /// <summary>The columns that are read.</summary>
    internal static IReadOnlyList<ColumnNeed> NeedsOf(OnnxEmbeddingOptions options) =>
        [ColumnNeed.Int32s(options.CategoricalColumn), ColumnNeed.Singles(options.ContinuousColumn)];

    /// <inheritdoc/>
    public void AddTo(OnnxGraphBuilder graph, OnnxColumns columns)
    {
        var outputs = graph.Import(model, new Dictionary<string, OnnxValue>
        {
            [Codes] = graph.As(columns.Numbers(options.CategoricalColumn), OnnxElementType.Int64),
            [Numbers] = graph.As(columns.Numbers(options.ContinuousColumn), OnnxElementType.Single),
        });
        columns.Set(options.OutputColumn, outputs[Output], EmbeddingWidth);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        SchemaShapes.Require(input, nameof(OnnxEmbeddingTransformer), NeedsOf(options));
        FeatureMatrix.RequireSize(input, nameof(OnnxEmbeddingTransformer), [options.CategoricalColumn], codeCount);
        FeatureMatrix.RequireSize(input, nameof(OnnxEmbeddingTransformer), [options.ContinuousColumn], numberCount);
        return [(options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, EmbeddingWidth))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var codes = Batches(input.ReadVectors(options.CategoricalColumn), codeCount, v => (int)v);
        var numbers = Batches(input.ReadVectors(options.ContinuousColumn), numberCount, v => (float)v);
        var rows = new List<float[]>();
        if (codes.Rows > 0)
        {
            var output = batched.Value.Transform(View(codes.Values, numbers.Values));
            foreach (var batch in output.GetColumn<float[]>(Output))
            {
                rows.AddRange(batch.Chunk(EmbeddingWidth).Take(codes.Rows - rows.Count));
            }
        }

        return [ValueColumn.Singles(options.OutputColumn, EmbeddingWidth, rows)];
    }

    private static int Width(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, Type type)
    {
        if (!nodes.TryGetValue(name, out var node) || node.ElementType != type || node.Dimensions is not [_, > 0])
        {
            throw new InvalidDataException($"the ONNX graph needs {name}: {type.Name}, [batch, a declared width]; it has {string.Join(", ", nodes.Keys)}");
        }

        return node.Dimensions[1];
    }

    private (int Rows, T[][] Values) Batches<T>(double[][] rows, int width, Func<double, T> convert)
    {
        var batches = rows.Chunk(options.BatchSize).Select(chunk =>
        {
            var values = new T[options.BatchSize * width];
            for (var i = 0; i < options.BatchSize; i++)
            {
                // The last batch is filled up with its own first row.
                var row = chunk[i < chunk.Length ? i : 0];
                for (var j = 0; j < width; j++)
                {
                    values[(i * width) + j] = convert(row[j]);
                }
            }

            return values;
        });
        return (rows.Length, [.. batches]);
    }

    private ColumnarView View(int[][] codes, float[][] numbers) => new(
    [
        ValueColumn.Int32s(Codes, options.BatchSize * codeCount, codes),
        ValueColumn.Singles(Numbers, options.BatchSize * numberCount, numbers),
    ]);

    private ITransformer Bind()
    {
        // ML.NET writes the bytes to a file of its own and keeps it until it is disposed, or for good in a process that is killed.
        // The session has read it once it is made, so the file goes at once, with the folder that was made for it.
        var folder = Directory.CreateDirectory(Path.Combine(TemporaryFolder, "clusterml-" + Path.GetRandomFileName()));
        try
        {
            return Bind(new MLContext { TempFilePath = folder.FullName });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ITransformer Bind(MLContext context)
    {
        var shapes = new Dictionary<string, int[]>
        {
            [Codes] = [options.BatchSize, codeCount],
            [Numbers] = [options.BatchSize, numberCount],
            [Output] = [options.BatchSize, EmbeddingWidth],
        };
        using var stream = new MemoryStream(model);
        return context.Transforms.Conversion.ConvertType(Codes, outputKind: DataKind.Int64)
            .Append(context.Transforms.ApplyOnnxModel([Output], [Codes, Numbers], stream, shapes, gpuDeviceId: null, fallbackToCpu: false, recursionLimit: 100))
            .Fit(View([], []));
    }
}
