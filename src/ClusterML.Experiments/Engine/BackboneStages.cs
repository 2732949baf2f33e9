using ClusterML.Chemistry.Files;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Prediction;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;
using ClusterML.Learning.Descriptors;
using ClusterML.Learning.Scaling;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Engine;

/// <summary>The stages that give the frozen network: a published one, checked, or one pretrained here.</summary>
internal static class BackboneStages
{
    private const string CheckpointFile = "checkpoint.bin";

    public static void CopyPublished(string folder, PublishedBackboneConfig config, StageWork work)
    {
        Verified(folder, config);
        BackboneFolder.Copy(folder, work.Folder);
        if (Path.Combine(folder, FeatureSteps.ShuffledFolder) is var shuffled && Directory.Exists(shuffled))
        {
            BackboneFolder.Verify(shuffled);
            BackboneFolder.Copy(shuffled, Directory.CreateDirectory(work.File(FeatureSteps.ShuffledFolder)).FullName);
        }
    }

    /// <summary>The summary of a published backbone whose files belong together and whose weights are those the config asks for.</summary>
    /// <exception cref="VerificationException">They are not.</exception>
    public static BackboneSummary Verified(string folder, PublishedBackboneConfig config)
    {
        var summary = BackboneFolder.Verify(folder);
        return config.WeightsHash.Length == 0 || config.WeightsHash.Equals(summary.WeightsHash, StringComparison.OrdinalIgnoreCase)
            ? summary
            : throw new VerificationException($"{folder}: the weights have the hash {summary.WeightsHash}, the config asks for {config.WeightsHash}");
    }

    public static void Pretrain(TableSource source, PretrainBackboneConfig config, SeedStreams seeds, StageWork work)
    {
        var table = source.Load();
        var history = new EpochHistory(work, config.Training.MaxEpochs);
        var checkpoints = new FileCheckpoints(work.File(CheckpointFile));
        var rows = PretrainingRows.Of(table, config, seeds);
        var setup = new FtTrainingSetup
        {
            Seeds = seeds,
            Cardinalities = PaperFeatures.Cardinalities,
            CategoricalNames = PaperFeatures.CategoricalNames,
            ContinuousNames = PaperFeatures.ContinuousNames,
            ScalerFallback = ElementPairs.Ranges,
            Unlabelled = rows.Unlabelled,
            Checkpoints = checkpoints,
            Progress = history,
            Cancellation = work.Cancellation,
        };
        var backbone = new FtTransformerEstimator(
            config.Network, config.Training, setup, rows.Columns).Fit(rows.ToView()).Model.Backbone;
        var epochs = history.Read();
        var (trained, heldOut) = history.Rows();
        var best = epochs.MinBy(e => e.ValidationLoss)!;
        BackboneFolder.Write(work.Folder, backbone, new BackboneSummary(
            $"pretrained on {table.Name}{(config.ShuffleTargets ? " with targets shuffled over its rows" : string.Empty)}, rows {table.CanonicalHash[..12]}",
            backbone.WeightsHash,
            trained,
            heldOut,
            best.Epoch,
            best.ValidationMae,
            table.Targets[0].Unit,
            epochs), rows.Support);
        checkpoints.Delete();
        history.Delete();
    }

    private sealed class FileCheckpoints(string path) : ITrainingCheckpoints
    {
        public byte[]? TryLoad() => File.Exists(path) ? File.ReadAllBytes(path) : null;

        public void Save(byte[] state) => AtomicFile.WriteBytes(path, state);

        public void Delete() => File.Delete(path);
    }
}
