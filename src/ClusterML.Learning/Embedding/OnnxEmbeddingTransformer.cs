using ClusterML.Data.Views;
using ClusterML.Learning.Mapping;
using ClusterML.Learning.Onnx;
using ClusterML.Learning.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Embedding;

/// <summary>Adds the embedding that a frozen network makes of codes and numbers.</summary>
/// <remarks>
/// ML.NET's ONNX transformer sees one row at a time, which costs most of the speed; the rows go through an
/// <see cref="OnnxBatchRunner"/> here instead, which is held until the transformer is disposed: views that it made cannot be
/// computed after that.
/// </remarks>
public sealed class OnnxEmbeddingTransformer : ColumnTransformer, IStatefulTransformer, IOnnxExportable, IDisposable
{
    private const string ModelFile = "embedding.onnx";
    private const string Codes = "x_cat";
    private const string Numbers = "x_num";
    private const string Output = "embedding";

    private readonly OnnxEmbeddingOptions options;
    private readonly byte[] model;
    private readonly OnnxBatchRunner runner;
    private bool disposed;

    /// <summary>A transformer around a network.</summary>
    /// <param name="model">The bytes of the ONNX file.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">The graph does not have the inputs and the output that are asked for.</exception>
    public OnnxEmbeddingTransformer(byte[] model, OnnxEmbeddingOptions options)
    {
        this.options = options;
        this.model = model;
        runner = new OnnxBatchRunner(model, options.BatchSize, options.Threads);
    }

    /// <summary>Width E of the embedding.</summary>
    public int EmbeddingWidth => runner.EmbeddingWidth;

    /// <summary>Makes the transformer again.</summary>
    public static OnnxEmbeddingTransformer FromState(StepState state) => new(state.Blob(ModelFile), state.Read<OnnxEmbeddingOptions>());

    /// <inheritdoc/>
    public StepState ToState() => StepState.Of(options, new Dictionary<string, byte[]> { [ModelFile] = model });

    /// <summary>Frees the network's session.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            runner.Dispose();
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
        FeatureMatrix.RequireSize(input, nameof(OnnxEmbeddingTransformer), [options.CategoricalColumn], runner.CodeCount);
        FeatureMatrix.RequireSize(input, nameof(OnnxEmbeddingTransformer), [options.ContinuousColumn], runner.NumberCount);
        return [(options.OutputColumn, new VectorDataViewType(NumberDataViewType.Single, EmbeddingWidth))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ValueColumn> Compute(IDataView input)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var codes = input.ReadVectors(options.CategoricalColumn);
        var numbers = input.ReadVectors(options.ContinuousColumn);
        var rows = new float[codes.Length][];
        runner.Run(
            rows.Length,
            (first, codeBatch, numberBatch) =>
            {
                for (var row = 0; row < codeBatch.Length / runner.CodeCount; row++)
                {
                    for (var i = 0; i < runner.CodeCount; i++)
                    {
                        codeBatch[(row * runner.CodeCount) + i] = (long)codes[first + row][i];
                    }

                    for (var i = 0; i < runner.NumberCount; i++)
                    {
                        numberBatch[(row * runner.NumberCount) + i] = (float)numbers[first + row][i];
                    }
                }
            },
            (first, embeddings) =>
            {
                for (var row = 0; row < embeddings.Length / EmbeddingWidth; row++)
                {
                    rows[first + row] = embeddings.Slice(row * EmbeddingWidth, EmbeddingWidth).ToArray();
                }
            });
        return [ValueColumn.Singles(options.OutputColumn, EmbeddingWidth, rows)];
    }
}
