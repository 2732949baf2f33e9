using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Experiments.Audits;

/// <summary><c>support.json</c> beside the weights of a backbone: what it saw in pretraining. Older backbones lack it.</summary>
internal static class BackboneSupportFile
{
    /// <summary>File name.</summary>
    public const string FileName = "support.json";

    /// <summary>The version of this format.</summary>
    public const string SchemaName = "clusterml/support@1";

    // Not indented: the list of compositions would be most of the folder's lines.
    private static readonly JsonSerializerOptions Format = new(ModelManifest.Format) { WriteIndented = false };

    /// <summary>Writes the file.</summary>
    public static void Write(string folder, BackboneSupport support) => AtomicFile.WriteText(Path.Combine(folder, FileName), Text(support));

    /// <summary>The file's text.</summary>
    public static string Text(BackboneSupport support) => JsonSerializer.Serialize(new Document(SchemaName, support), Format) + "\n";

    /// <summary>Reads the file of a backbone's folder; null when the backbone has none.</summary>
    /// <exception cref="VerificationException">It is damaged, or of another format.</exception>
    public static BackboneSupport? TryRead(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var document = VerifiedJson.Read<Document>(path);
        return document is { Schema: SchemaName, Support: { Continuous: not null, Categorical: not null, Compositions: not null } support }
            ? support
            : throw new VerificationException($"{path}: not a document of the schema {SchemaName}");
    }

    private sealed record Document(string? Schema, BackboneSupport? Support);
}
