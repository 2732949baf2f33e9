using System.Text.Json;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>200 structures that ASE wrote in every format, once for all tests.</summary>
public sealed class AseFiles : IDisposable
{
    private readonly Lazy<string> folder = new(() =>
    {
        AseProgram.OrSkip();
        var created = Directory.CreateTempSubdirectory("clusterml-ase-").FullName;
        AseProgram.Run("write", created);
        return created;
    });

    /// <summary>Where the files are; skips the test where ASE is missing.</summary>
    public string Folder => folder.Value;

    /// <summary>What ASE put into them.</summary>
    internal IReadOnlyList<DescribedStructure> Expected => Described("expected.json").Single().Value;

    /// <summary>Descriptions of a file, by format.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<DescribedStructure>> Described(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name)));
        IReadOnlyList<DescribedStructure> All(JsonElement list) => [.. list.EnumerateArray().Select(DescribedStructure.Of)];
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? new Dictionary<string, IReadOnlyList<DescribedStructure>> { [""] = All(json.RootElement) }
            : json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => All(p.Value));
    }

    public void Dispose()
    {
        if (folder.IsValueCreated)
        {
            Directory.Delete(folder.Value, recursive: true);
        }
    }
}
