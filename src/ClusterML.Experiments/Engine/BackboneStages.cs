using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
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
        var summary = BackboneFolder.Verify(folder);
        if (config.WeightsHash.Length > 0 && config.WeightsHash != summary.WeightsHash)
        {
            throw new VerificationException($"{folder}: the weights have the hash {summary.WeightsHash}, the config asks for {config.WeightsHash}");
        }

        foreach (var name in BackboneFolder.Files)
        {
            File.Copy(Path.Combine(folder, name), work.File(name), overwrite: true);
        }
    }

    public static void Pretrain(TableSource source, PretrainBackboneConfig config, SeedStreams seeds, StageWork work)
    {
        var table = source.Load();
        var history = new EpochHistory(work, config.Training.MaxEpochs);
        var checkpoints = new FileCheckpoints(work.File(CheckpointFile));
        var described = new CompositionDescriptorEstimator(new CompositionDescriptorOptions()).Fit(table.ToView()).Transform(table.ToView());
        var setup = new FtTrainingSetup
        {
            Seeds = seeds,
            Cardinalities = PaperFeatures.Cardinalities,
            CategoricalNames = PaperFeatures.CategoricalNames,
            ContinuousNames = PaperFeatures.ContinuousNames,
            ReferenceRows = ElementPairs.Rows,
            Checkpoints = checkpoints,
            Progress = history,
            Cancellation = work.Cancellation,
        };
        using var trained = new FtTransformerEstimator(config.Network, config.Training, setup).Fit(described);
        BackboneFolder.Write(work.Folder, trained.Backbone, new BackboneSummary(
            $"pretrained on {table.Name} ({table.CanonicalHash[..12]})",
            trained.Backbone.WeightsHash,
            trained.TrainingRows,
            trained.ValidationRows,
            trained.BestEpoch,
            trained.History[trained.BestEpoch - 1].ValidationMae,
            table.Targets[0].Unit,
            [.. trained.History.Select(e => new EpochRecord(e.Epoch, e.TrainLoss, e.ValidationLoss, e.ValidationMae, e.Seconds))]));
        checkpoints.Delete();
    }

    private sealed class FileCheckpoints(string path) : ITrainingCheckpoints
    {
        public byte[]? TryLoad() => File.Exists(path) ? File.ReadAllBytes(path) : null;

        public void Save(byte[] state) => AtomicFile.WriteBytes(path, state);

        public void Delete() => File.Delete(path);
    }

    private sealed class EpochHistory(StageWork work, int maxEpochs) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value) => work.Progress(
            value.Epoch / (double)maxEpochs,
            FormattableString.Invariant($"epoch {value.Epoch} of at most {maxEpochs}: validation MAE {value.ValidationMae:0.000}, loss {value.ValidationLoss:0.0000}{(value.IsBest ? " (best)" : string.Empty)}"));
    }
}
