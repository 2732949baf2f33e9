using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Audits;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Transformer;

namespace ClusterML.Experiments.Prediction;

/// <summary>The files of a frozen network: ONNX graph, weights and <c>backbone.json</c>, which says where it came from.</summary>
internal static class BackboneFolder
{
    /// <summary>Name of the summary.</summary>
    public const string SummaryFile = "backbone.json";

    /// <summary>Files that every folder has; <c>support.json</c> is a further one, which backbones of earlier versions lack.</summary>
    public static readonly IReadOnlyList<string> Files = [FeatureSteps.BackboneOnnx, FeatureSteps.BackboneWeights, SummaryFile];

    /// <summary>Writes the folder.</summary>
    public static void Write(string folder, FtBackbone backbone, BackboneSummary summary, BackboneSupport support)
    {
        BackboneSupportFile.Write(folder, support with { WeightsHash = backbone.WeightsHash });
        AtomicFile.WriteBytes(Path.Combine(folder, FeatureSteps.BackboneWeights), backbone.Save());
        AtomicFile.WriteBytes(Path.Combine(folder, FeatureSteps.BackboneOnnx), backbone.ToOnnx());
        AtomicFile.WriteText(Path.Combine(folder, SummaryFile), JsonSerializer.Serialize(summary, ModelManifest.Format) + "\n");
    }

    /// <summary>Copies the files of a backbone to another folder.</summary>
    public static void Copy(string folder, string target)
    {
        foreach (var name in Files.Append(BackboneSupportFile.FileName).Where(name => File.Exists(Path.Combine(folder, name))))
        {
            File.Copy(Path.Combine(folder, name), Path.Combine(target, name), overwrite: true);
        }
    }

    /// <summary>Reads the summary.</summary>
    public static BackboneSummary ReadSummary(string folder) =>
        VerifiedJson.Read<BackboneSummary>(Path.Combine(folder, SummaryFile));

    /// <summary>Refuses a folder whose weights do not have the hash that it states.</summary>
    /// <exception cref="VerificationException">A file is missing, damaged or of another backbone.</exception>
    public static BackboneSummary Verify(string folder)
    {
        if (Files.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name))) is { } missing)
        {
            throw new VerificationException($"{Path.Combine(folder, missing)} is missing");
        }

        var summary = ReadSummary(folder);
        FtBackbone backbone;
        try
        {
            backbone = FtBackbone.Load(File.ReadAllBytes(Path.Combine(folder, FeatureSteps.BackboneWeights)));
        }
        catch (InvalidDataException e)
        {
            throw new VerificationException($"{Path.Combine(folder, FeatureSteps.BackboneWeights)}: {e.Message}");
        }

        if (backbone.WeightsHash != summary.WeightsHash)
        {
            throw new VerificationException($"{folder}: the weights have the hash {backbone.WeightsHash}, {SummaryFile} states {summary.WeightsHash}");
        }

        if (BackboneSupportFile.TryRead(folder) is { } support && support.WeightsHash != summary.WeightsHash)
        {
            throw new VerificationException($"{folder}: {BackboneSupportFile.FileName} belongs to the weights {support.WeightsHash}, {SummaryFile} states {summary.WeightsHash}");
        }

        return File.ReadAllBytes(Path.Combine(folder, FeatureSteps.BackboneOnnx)).AsSpan().SequenceEqual(backbone.ToOnnx())
            ? summary
            : throw new VerificationException($"{folder}: {FeatureSteps.BackboneOnnx} is not the graph of {FeatureSteps.BackboneWeights}");
    }
}
