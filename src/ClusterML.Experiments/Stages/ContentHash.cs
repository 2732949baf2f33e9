using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterML.Experiments.Stages;

/// <summary>SHA-256 of what a stage reads, in lower-case hexadecimal.</summary>
public static class ContentHash
{
    /// <summary>Hash of text.</summary>
    public static string OfText(string text) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Hash of a file's bytes.</summary>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Hex(SHA256.HashData(stream));
    }

    /// <summary>Hash of a folder: every file below it by relative name and content.</summary>
    public static string OfFolder(string path) => OfFiles(path, Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories));

    /// <summary>Hash of files of a folder, whatever their order, by name relative to it and content.</summary>
    public static string OfFiles(string path, IEnumerable<string> files)
    {
        var lines = files
            .Select(file => $"{Path.GetRelativePath(path, file).Replace('\\', '/')} {OfFile(file)}")
            .Order(StringComparer.Ordinal);
        return OfText(string.Join('\n', lines));
    }

    /// <summary>Hash of named parts, in order.</summary>
    public static string OfParts(params IEnumerable<(string Name, string Value)> parts) =>
        OfText(new JsonArray([.. parts.Select(p => (JsonNode)new JsonArray(p.Name, p.Value))]).ToJsonString());

    /// <summary>Hash of an options record, through its JSON form.</summary>
    public static string OfOptions(object options) => OfText(JsonSerializer.Serialize(options, options.GetType()));

    /// <summary>
    /// Identity of the code in these assemblies: the module version changes with every change of the code, so a result
    /// that older code cached is never taken for this code's.
    /// </summary>
    public static string OfCode(params Assembly[] assemblies) =>
        OfText(string.Join(' ', assemblies.Select(a => $"{a.GetName().Name}:{a.ManifestModule.ModuleVersionId}")));

    private static string Hex(byte[] digest) => Convert.ToHexStringLower(digest);
}
