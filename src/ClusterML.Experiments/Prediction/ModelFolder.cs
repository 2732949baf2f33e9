using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Export;
using ClusterML.Experiments.Stages;
using ClusterML.Learning.Steps;

namespace ClusterML.Experiments.Prediction;

/// <summary>
/// The files of a fitted model: <c>manifest.json</c>, <c>head.json</c> (the fitted steps of every fold),
/// <c>conformal.json</c> (the intervals in readable form), the frozen network's files, <c>model.onnx</c> and <c>model.zip</c> where the
/// model has an ONNX form, and <c>golden.json</c> with rows and what was predicted for them.
/// </summary>
internal static class ModelFolder
{
    private const string HeadFile = "head.json";
    private const string ConformalFile = "conformal.json";
    private const string ConformalKey = "conformal";
    private const string BlobPrefix = "head.";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Files of a fitted model that stand in a folder without the manifest that would say what they should be.</summary>
    public static IReadOnlyList<string> Orphans(string folder) => File.Exists(Path.Combine(folder, ModelManifest.FileName))
        ? []
        : [.. new[] { HeadFile, ConformalFile, ModelExport.OnnxFile, ModelExport.ZipFile }.Where(f => File.Exists(Path.Combine(folder, f)))];

    /// <summary>Writes the folder; the manifest comes last and holds the hash of every other file.</summary>
    public static void Write(string folder, string? backboneFolder, StepState head, ModelManifest manifest, ModelExport export, GoldenBatch golden)
    {
        AtomicFile.WriteText(Path.Combine(folder, HeadFile), head.Json.ToJsonString() + "\n");
        AtomicFile.WriteText(Path.Combine(folder, ConformalFile), head.Json[ConformalKey]!.ToJsonString(Indented) + "\n");
        foreach (var (name, bytes) in head.Blobs)
        {
            AtomicFile.WriteBytes(Path.Combine(folder, BlobPrefix + name), bytes);
        }

        if (backboneFolder is not null)
        {
            BackboneFolder.Copy(backboneFolder, folder);
        }

        if (export is { Onnx: { } onnx, Zip: { } zip })
        {
            AtomicFile.WriteBytes(Path.Combine(folder, ModelExport.OnnxFile), onnx);
            AtomicFile.WriteBytes(Path.Combine(folder, ModelExport.ZipFile), zip);
        }

        golden.Write(folder);
        WriteManifest(folder, manifest with { NoOnnxBecause = export.Reason });
    }

    /// <summary>Reads the manifest and refuses a folder in which any file differs from it.</summary>
    /// <exception cref="VerificationException">A file is missing or altered.</exception>
    public static ModelManifest Verify(string folder)
    {
        var (manifest, differences) = Compare(folder);
        return differences.Count == 0 ? manifest : throw new VerificationException(differences[0]);
    }

    /// <summary>Reads the manifest and lists every file that is not the one it describes.</summary>
    /// <exception cref="VerificationException">The manifest itself is damaged or of another format.</exception>
    public static (ModelManifest Manifest, IReadOnlyList<string> Differences) Compare(string folder)
    {
        var path = Path.Combine(folder, ModelManifest.FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{folder} holds no {ModelManifest.FileName}: give the folder of a finished run, or its model folder");
        }

        var manifest = VerifiedJson.Read<ModelManifest>(path);
        if (manifest.Schema != ModelManifest.SchemaName)
        {
            throw new VerificationException($"{path}: schema {manifest.Schema}, expected {ModelManifest.SchemaName}");
        }

        var differences = new List<string>();
        foreach (var (name, hash) in manifest.Files)
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file))
            {
                differences.Add($"{file} is missing; the manifest lists it");
            }
            else if (ContentHash.OfFile(file) != hash)
            {
                differences.Add($"{file} is not the file that the manifest describes (SHA-256 differs)");
            }
        }

        return (manifest, differences);
    }

    /// <summary>Reads the fitted steps.</summary>
    public static StepState ReadHead(string folder)
    {
        var blobs = Directory.EnumerateFiles(folder, BlobPrefix + "*")
            .Where(f => Path.GetFileName(f) != HeadFile)
            .ToDictionary(f => Path.GetFileName(f)[BlobPrefix.Length..], File.ReadAllBytes);
        return new(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, HeadFile)))!.AsObject(), blobs);
    }

    private static void WriteManifest(string folder, ModelManifest manifest)
    {
        var files = Directory.EnumerateFiles(folder)
            .Where(f => Path.GetFileName(f) != ModelManifest.FileName)
            .Order(StringComparer.Ordinal)
            .ToDictionary(f => Path.GetFileName(f), ContentHash.OfFile);
        AtomicFile.WriteText(
            Path.Combine(folder, ModelManifest.FileName),
            JsonSerializer.Serialize(manifest with { Files = files }, ModelManifest.Format) + "\n");
    }
}
