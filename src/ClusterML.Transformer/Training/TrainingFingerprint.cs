using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterML.Learning.Scaling;

namespace ClusterML.Transformer.Training;

/// <summary>SHA-256 over all that decides a training's next step, so that no checkpoint of another training is gone on from.</summary>
internal static class TrainingFingerprint
{
    /// <remarks>The patience may change between two runs, and so may the most epochs unless the learning rate falls toward them.</remarks>
    public static string Of(
        FtTransformerOptions network, FtTrainingOptions options, FtTrainingSetup setup, FtSizes sizes, RobustScaler scaler, TrainingRows rows, bool[]? heldOut)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fixedOptions = options with { MaxEpochs = options.Schedule == FtSchedule.Constant ? 1 : options.MaxEpochs, Patience = 1 };
        var start = setup.Start is { } s ? new { s.Backbone.WeightsHash, s.Freezing, s.Untrained } : null;
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
            new { network, fixedOptions, setup.Seeds, sizes.Cardinalities, sizes.ContinuousCount, scaler.Center, scaler.Scale, start, heldOut })));
        var row = new MemoryStream();
        using (var writer = new BinaryWriter(row))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Array.ForEach(rows.Categorical[i], writer.Write);
                Array.ForEach(rows.Continuous[i], writer.Write);
                Array.ForEach(rows.Targets[i], writer.Write);
                writer.Write(rows.Weights?[i] ?? 1);
            }

            if (options.MaskProbability > 0 && setup.Unlabelled is { } unlabelled)
            {
                foreach (var (codes, numbers) in unlabelled.Categorical.Zip(unlabelled.Continuous))
                {
                    Array.ForEach(codes, writer.Write);
                    Array.ForEach(numbers, writer.Write);
                }
            }
        }

        hash.AppendData(row.ToArray());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
