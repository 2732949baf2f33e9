using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Yaml;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Engine;

/// <summary>What the networks of an experiment ask for and cannot have: frozen blocks that the backbone lacks, a device that is not there, weights of another hash.</summary>
internal static class NetworkChecks
{
    private const int HashDigits = 64;

    /// <summary>Every problem that the config and its pipelines have with the backbone and the device.</summary>
    public static IEnumerable<ConfigProblem> Problems(Bound<ExperimentConfig> bound, IReadOnlyList<LoadedModel> models, string folder)
    {
        var backbone = bound.Value.Backbone;
        if (backbone is PublishedBackboneConfig { WeightsHash: { Length: > 0 } hash } && !(hash.Length == HashDigits && hash.All(char.IsAsciiHexDigit)))
        {
            yield return bound.Positions.Problem("backbone.weights_hash", FormattableString.Invariant($"\"{hash}\" is no SHA-256: give its {HashDigits} hexadecimal digits, as weights_hash in {BackboneFolder.SummaryFile} has them, or leave it out"));
        }

        if (backbone is PretrainBackboneConfig pretrain && FtDevices.WhyNot(pretrain.Training.Device) is { } absent)
        {
            yield return bound.Positions.Problem("backbone.training.device", absent);
        }

        var blocks = Blocks(backbone, folder);
        foreach (var model in models.Where(m => m.Positions is not null).DistinctBy(m => m.PipelinePath))
        {
            foreach (var (path, options) in Steps(model.Pipeline.Steps, "steps"))
            {
                if (options is FtFineTuneOptions { Freeze.Blocks: { } frozen } && frozen > blocks)
                {
                    yield return model.Positions!.Problem(
                        $"{path}.freeze.blocks", FormattableString.Invariant($"{frozen} blocks cannot be frozen: the backbone has {blocks} blocks; give 0 to {blocks}, or leave it out to freeze all and the last norm"));
                }

                var training = (options as FtFineTuneOptions)?.Training ?? (options as FtTransformerStepOptions)?.Training;
                if (training is not null && FtDevices.WhyNot(training.Device) is { } missing)
                {
                    yield return model.Positions!.Problem($"{path}.training.device", missing);
                }
            }
        }
    }

    /// <summary>Refuses a published backbone that is damaged or has other weights than the config asks for.</summary>
    /// <exception cref="VerificationException">It is one; the problem is placed where the config names the hash or the backbone.</exception>
    public static void RequirePublished(LoadedExperiment experiment)
    {
        if (experiment.Config.Backbone is not PublishedBackboneConfig published)
        {
            return;
        }

        try
        {
            BackboneStages.Verified(PublishedBackbones.FolderOf(published, experiment.ConfigFolder), published);
        }
        catch (VerificationException e)
        {
            var key = published.WeightsHash.Length > 0 ? "weights_hash" : published.Path is { Length: > 0 } ? "path" : "name";
            throw new VerificationException(e.Message) { Problem = experiment.Positions.Problem($"backbone.{key}", e.Message) };
        }
    }

    /// <summary>Blocks of the backbone; null where there is none that can be read, which is a problem of its own.</summary>
    private static int? Blocks(BackboneConfig? backbone, string folder)
    {
        if (backbone is PretrainBackboneConfig pretrain)
        {
            return pretrain.Network.NBlocks;
        }

        if (backbone is not PublishedBackboneConfig published
            || Path.Combine(PublishedBackbones.FolderOf(published, folder), FeatureSteps.BackboneWeights) is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            return FtBackbone.Load(File.ReadAllBytes(file)).Options.NBlocks;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Options of every step with the path of the step, those inside of other steps too.</summary>
    private static IEnumerable<(string Path, object Options)> Steps(IReadOnlyList<StepConfig> steps, string path) =>
        steps.Index().SelectMany(s => FormattableString.Invariant($"{path}[{s.Index}]") is var at && s.Item.Options is BaggingStepOptions bagging
            ? Steps(bagging.Steps, $"{at}.steps")
            : s.Item.Options is NestedSelectionStepOptions selection
            ? selection.Candidates.Index().SelectMany(c => Steps(c.Item.Steps, FormattableString.Invariant($"{at}.candidates[{c.Index}].steps")))
            : [(at, s.Item.Options)]);
}
