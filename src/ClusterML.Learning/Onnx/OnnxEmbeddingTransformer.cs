using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace ClusterML.Learning.Onnx;

/// <summary>Adds embeddings that a frozen ONNX network computes; see <see cref="OnnxEmbeddingEstimator"/> for its inputs.</summary>
public sealed class OnnxEmbeddingTransformer : ColumnTransformer, IStatefulTransformer, IDisposable
{
    private const string ModelFile = "embedding.onnx";
    private const string Codes = "x_cat";
    private const string Numbers = "x_num";
    private const string Embedding = "embedding";

    // One batch of many thousand rows would take gigabytes for attention.
    private const int RowsAtOnce = 128;
    private readonly OnnxEmbeddingOptions options;
    private readonly byte[] model;
    private readonly InferenceSession session;

    /// <summary>A transformer over an ONNX model.</summary>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or one with other inputs and outputs.</exception>
    public OnnxEmbeddingTransformer(OnnxEmbeddingOptions options, byte[] model)
    {
        this.options = options;
        this.model = model;
        try
        {
            // One thread: results must not depend on the machine's number of cores.
            using var settings = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            session = new InferenceSession(model, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"the embedding network is no usable ONNX model: {e.Message}", e);
        }

        CodeCount = Width(session.InputMetadata, Codes);
        NumberCount = Width(session.InputMetadata, Numbers);
        Size = Width(session.OutputMetadata, Embedding);
        if (Size == 0 || CodeCount + NumberCount == 0 || session.InputMetadata.Keys.Any(k => k is not (Codes or Numbers)))
        {
            session.Dispose();
            throw new InvalidDataException(
                $"the embedding network reads {string.Join(", ", session.InputMetadata.Keys)} and writes {string.Join(", ", session.OutputMetadata.Keys)}; "
                + $"expected {Codes} and {Numbers} [batch, columns], and {Embedding} [batch, size]");
        }
    }

    /// <summary>Width of an embedding.</summary>
    public int Size { get; }

    /// <summary>Number of categorical columns.</summary>
    public int CodeCount { get; }

    /// <summary>Number of continuous columns.</summary>
    public int NumberCount { get; }

    /// <summary>What the model says about itself, such as <c>weights_sha256</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    internal IReadOnlyList<ColumnNeed> Needs =>
    [
        .. CodeCount > 0 ? new[] { ColumnNeed.Int32s(options.CategoricalColumn) } : [],
        .. NumberCount > 0 ? new[] { ColumnNeed.Singles(options.ContinuousColumn) } : [],
    ];

    internal IReadOnlyList<(string Name, DataViewType Type)> Adds => [(options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, Size))];

    /// <summary>Makes the transformer again.</summary>
    /// <exception cref="InvalidDataException">The model is missing or damaged.</exception>
    public static OnnxEmbeddingTransformer FromState(StepState state) =>
        new(state.Read<OnnxEmbeddingOptions>(), state.Blob(ModelFile));

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(options, new Dictionary<string, byte[]> { [ModelFile] = model });

    /// <summary>Frees the session.</summary>
    public void Dispose() => session.Dispose();

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, DataViewType Type)> OutputColumns(DataViewSchema input)
    {
        const string Owner = nameof(OnnxEmbeddingTransformer);
        SchemaShapes.Require(input, Owner, Needs);
        foreach (var (column, count) in new[] { (options.CategoricalColumn, CodeCount), (options.ContinuousColumn, NumberCount) })
        {
            if (count > 0)
            {
                FeatureMatrix.RequireSize(input, Owner, [column], count);
            }
        }

        return Adds;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        var codes = CodeCount > 0 ? input.ReadVectors(options.CategoricalColumn) : null;
        var numbers = NumberCount > 0 ? input.ReadVectors(options.ContinuousColumn) : null;
        var rows = (codes ?? numbers!).Length;
        var embeddings = new List<float[]>(rows);
        for (var start = 0; start < rows; start += RowsAtOnce)
        {
            embeddings.AddRange(Embed(codes?[start..Math.Min(start + RowsAtOnce, rows)], numbers?[start..Math.Min(start + RowsAtOnce, rows)]));
        }

        return [ValueColumn.Singles(options.OutputColumn, Size, embeddings)];
    }

    private IEnumerable<float[]> Embed(double[][]? codes, double[][]? numbers)
    {
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            if (codes is not null)
            {
                inputs.Add(Codes, OrtValue.CreateTensorValueFromMemory<long>([.. codes.SelectMany(r => r).Select(v => (long)v)], [codes.Length, CodeCount]));
            }

            if (numbers is not null)
            {
                inputs.Add(Numbers, OrtValue.CreateTensorValueFromMemory<float>([.. numbers.SelectMany(r => r).Select(v => (float)v)], [numbers.Length, NumberCount]));
            }

            using var run = new RunOptions();
            using var results = session.Run(run, inputs, [Embedding]);
            return results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(Size);
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    private static int Width(IReadOnlyDictionary<string, NodeMetadata> values, string name) =>
        values.TryGetValue(name, out var metadata) && metadata.Dimensions is [_, > 0 and var width] ? width : 0;
}
