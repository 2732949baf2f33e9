using ClusterML.Data.Randomness;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Prediction;
using ClusterML.Learning.Ridge;
using ClusterML.Learning.Steps;
using ClusterML.Transformer;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Steps that go on training the experiment's pretrained network.</summary>
internal static class TransferSteps
{
    private const string Network = "network";
    private const string Ridge = "ridge";

    public static IReadOnlyList<StepDefinition> All { get; } =
    [
        StepDefinition.Of<FtFineTuneOptions>(
            "ft_fine_tune",
            "the experiment's pretrained FT-Transformer trained on, all or parts of it frozen, with a new head",
            FineTune,
            state => StepSequenceTransformer.FromState(state, Restore)) with
        {
            NeedsBackbone = true,
            Predicts = true,
        },
    ];

    private static StepSequenceEstimator FineTune(StepContext context, FtFineTuneOptions options)
    {
        var folder = context.BackboneFolder ?? throw new InvalidOperationException("ft_fine_tune needs a backbone folder");
        folder = options.Weights == FtEmbeddingWeights.Shuffled ? Path.Combine(folder, FeatureSteps.ShuffledFolder) : folder;
        var file = Path.Combine(folder, FeatureSteps.BackboneWeights);
        var backbone = File.Exists(file) ? FtBackbone.Load(File.ReadAllBytes(file)) : throw new VerificationException($"{file} is missing");
        var untrained = BackboneSupportFile.TryRead(folder)?.Untrained(backbone.Sizes.Cardinalities);
        if (options.Freeze is { Tokenizer: true, TrainUntrainedTokens: true } && untrained is null)
        {
            throw new VerificationException($"{folder} has no {BackboneSupportFile.FileName}, so which of its tokens were not trained is not known; leave train_untrained_tokens out");
        }

        backbone = options.Weights == FtEmbeddingWeights.Random ? backbone.WithRandomWeights(context.Seed) : backbone;
        var columns = new FtColumns
        {
            Categorical = backbone.Sizes.Cardinalities.Count == 0 ? [] : [options.CategoricalColumn],
            Continuous = backbone.Sizes.ContinuousCount == 0 ? [] : [options.ContinuousColumn],
            Weight = context.WeightColumn,
        };
        var network = backbone.Options with
        {
            HeadFactors = options.Head == FtTransferHead.Mlp ? options.HeadFactors : [],
            HeadDropout = options.HeadDropout,
            Dropout = options.Dropout,
        };
        var setup = new FtTrainingSetup { Seeds = new SeedStreams(context.Seed), Start = new FtStart(backbone, options.Freeze, untrained) };
        var trained = new FtTransformerEstimator(network, options.Training, setup, columns);
        return options.Head == FtTransferHead.Mlp
            ? new([(Network, trained)])
            : new([(Network, trained), (Ridge, new RidgeEstimator(options.Ridge with { Features = [columns.Embedding], WeightColumn = context.WeightColumn }))]);
    }

    private static ITransformer Restore(string type, StepState state) => type switch
    {
        Network => FtTransformerTransformer.FromState(state),
        Ridge => RidgeTransformer.FromState(state),
        _ => throw new InvalidDataException($"the state of ft_fine_tune has a step {type}"),
    };
}
