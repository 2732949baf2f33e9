using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Data.Datasets;

/// <summary>Frequencies that a run of its own gave (VIBRATIONAL_ANALYSIS of CP2K, IBRION 5 to 8 of VASP): they belong to the relaxation whose geometry it took.</summary>
internal static class SeparateFrequencies
{
    /// <summary>Angstrom; formats keep fewer digits than a minimum is apart from the next.</summary>
    private const double Within = 0.01;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n" };

    /// <summary>Whether a calculation is such a run.</summary>
    public static bool Is(Calculation calculation) => calculation is { Frequencies.Count: > 0, GeometryConverged: null };

    /// <summary>Whether a calculation is a relaxation of the same system by the same method. Thresholds may differ: those of frequencies have to be tighter.</summary>
    public static bool MayBelong(Calculation relaxed, Calculation frequencies)
    {
        var method = MethodFingerprint.OfCluster(relaxed.Method);
        return relaxed.GeometryConverged is not null && relaxed.System == frequencies.System && relaxed.Symbols.Count == frequencies.Symbols.Count
            && MethodFingerprint.OfCluster(frequencies.Method) with { Thresholds = method.Thresholds } == method;
    }

    /// <summary>Why the frequencies are not those of a relaxation, or null when they are.</summary>
    public static string? Fault(Calculation relaxed, Calculation frequencies) =>
        relaxed.Positions.Count == 0 || frequencies.Positions.Count == 0 ? "a geometry is not stated, so that nothing says whether they are the same"
        : relaxed.Frequencies is { Count: > 0 } ? "it has frequencies already"
        : !IsSameGeometry(relaxed, frequencies) ? FormattableString.Invariant($"the geometries are more than {Within} Angstrom apart, and frequencies are those of one geometry")
        : null;

    /// <summary>The relaxation with the frequencies.</summary>
    public static Calculation Joined(Calculation relaxed, Calculation frequencies)
    {
        var sources = new Dictionary<string, string>(relaxed.SourceFiles, StringComparer.Ordinal);
        foreach (var (name, hash) in frequencies.SourceFiles)
        {
            sources[sources.ContainsKey(name) ? $"frequencies/{name}" : name] = hash;
        }

        return relaxed with { Frequencies = frequencies.Frequencies, SourceFiles = sources };
    }

    /// <summary>Writes the frequencies into the file of the relaxation; whatever else stands there stays, known to this library or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="joined">The relaxation with the frequencies.</param>
    public static void Write(string path, Calculation joined)
    {
        var file = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        file["frequencies_cm"] = new JsonArray([.. joined.Frequencies!.Select(f => (JsonNode)f)]);
        if (joined.SourceFiles.Count > 0)
        {
            file["source_files"] = new JsonObject(joined.SourceFiles.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));
        }

        AtomicFile.WriteText(path, file.ToJsonString(Json) + "\n");
    }

    // Atom by atom where both number them alike, which a cluster that is not rigid to the tolerance of the search may need; else however it lies.
    private static bool IsSameGeometry(Calculation relaxed, Calculation other) =>
        (relaxed.Symbols.SequenceEqual(other.Symbols) && Centred(relaxed).Zip(Centred(other)).All(p => PointDistance.Between(p.First, p.Second) <= Within))
        || StructureMatch.Compare(relaxed.Geometry(), other.Geometry(), Within).IsMatch;

    private static IEnumerable<double[]> Centred(Calculation calculation)
    {
        var centre = Enumerable.Range(0, 3).Select(axis => calculation.Positions.Average(p => p[axis])).ToArray();
        return calculation.Positions.Select(p => p.Zip(centre, (x, c) => x - c).ToArray());
    }
}
