using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Embedding;
using ClusterML.Learning.Scaling;
using ClusterML.Learning.Tokens;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Steps that make features.</summary>
internal static class FeatureSteps
{
    /// <summary>File of the frozen network's graph in a backbone or model folder.</summary>
    internal const string BackboneOnnx = "backbone.onnx";

    /// <summary>File of the frozen network's weights in a backbone or model folder.</summary>
    internal const string BackboneWeights = "backbone.safetensors";

    /// <summary>Folder, inside that of a backbone, of the same network pretrained on shuffled targets.</summary>
    internal const string ShuffledFolder = "shuffled";

    public static IReadOnlyList<StepDefinition> All { get; } =
    [
        StepDefinition.Of<CompositionDescriptorOptions>(
            "composition_descriptors",
            "the paper's 10 categorical and 56 continuous features of a host and a dopant",
            (_, options) => new CompositionDescriptorEstimator(options),
            CompositionDescriptorTransformer.FromState) with { LearnsFromRows = false, NeedsComposition = true },
        StepDefinition.Of<PairDescriptorOptions>(
            "pair_descriptors",
            "features of a host and a dopant that keep the sign of their differences: a signed or a rich set",
            (_, options) => new PairDescriptorEstimator(options),
            PairDescriptorTransformer.FromState) with { LearnsFromRows = false, NeedsComposition = true },
        StepDefinition.Of<TableDescriptorOptions>(
            "table_descriptors",
            "codes and numbers of a csv table's feature columns; all declared ones when none is named",
            (context, options) => new TableDescriptorEstimator(Declared(context, options)),
            TableDescriptorTransformer.FromState) with { NeedsPlainTable = true },
        StepDefinition.Of<RobustScalingOptions>(
            "robust_scaling",
            "(x - median) / IQR, fitted on training rows",
            (_, options) => new RobustScalingEstimator(options),
            RobustScalingTransformer.FromState),
        StepDefinition.Of<OneHotOptions>(
            "one_hot",
            "indicator columns of category codes seen in training",
            (_, options) => new OneHotEstimator(options),
            OneHotTransformer.FromState),
        StepDefinition.Of<FtEmbeddingOptions>(
            "ft_embedding",
            "the flattened tokens of the experiment's frozen FT-Transformer",
            Embedding,
            _ => throw new NotSupportedException("a frozen network learns nothing from rows and has no state")) with
        {
            LearnsFromRows = false,
            NeedsBackbone = true,
        },
    ];

    private static TableDescriptorOptions Declared(StepContext context, TableDescriptorOptions options) =>
        options.Categorical.Count + options.Numeric.Count > 0
            ? options
            : options with { Categorical = context.CategoricalColumns, Numeric = context.NumericColumns };

    private static OnnxEmbeddingEstimator Embedding(StepContext context, FtEmbeddingOptions options)
    {
        var folder = context.BackboneFolder ?? throw new InvalidOperationException("ft_embedding needs a backbone folder");
        var onnx = options.Weights switch
        {
            FtEmbeddingWeights.Backbone => File.ReadAllBytes(Path.Combine(folder, BackboneOnnx)),
            FtEmbeddingWeights.Shuffled => Shuffled(folder),
            _ => FtBackbone.Load(File.ReadAllBytes(Path.Combine(folder, BackboneWeights))).WithRandomWeights(context.Seed).ToOnnx(),
        };
        return new(onnx, new OnnxEmbeddingOptions
        {
            CategoricalColumn = options.CategoricalColumn,
            ContinuousColumn = options.ContinuousColumn,
            OutputColumn = options.OutputColumn,
        });
    }

    /// <exception cref="ArgumentOutOfRangeException">The backbone was published without that control.</exception>
    private static byte[] Shuffled(string folder) => Path.Combine(folder, ShuffledFolder, BackboneOnnx) is var file && File.Exists(file)
        ? File.ReadAllBytes(file)
        : throw new ArgumentOutOfRangeException(nameof(folder), $"weights: shuffled needs the backbone's folder {ShuffledFolder}, the same network pretrained with shuffle_targets; there is none");
}
