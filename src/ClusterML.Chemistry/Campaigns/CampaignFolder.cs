using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>The folder of a campaign: results, failures, and a work folder for each calculation.</summary>
/// <remarks>
/// <c>calculations/NAME.json</c> is a result, <c>failed/NAME.json</c> says why there is none, and <c>work/NAME/</c> holds the
/// attempts. Results and failures are written beside and renamed, so that a file that is there is whole. A calculation is
/// claimed by a lock that the system lets go of however a process ends; several programs may share one folder.
/// </remarks>
public sealed class CampaignFolder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The folder at <paramref name="path"/>; nothing is created yet.</summary>
    public CampaignFolder(string path) => Root = Path.GetFullPath(path);

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>The folder of results.</summary>
    public string Calculations => Path.Combine(Root, "calculations");

    /// <summary>The result of a calculation; there when it is finished.</summary>
    public string ResultFile(string name) => Path.Combine(Calculations, $"{name}.json");

    /// <summary>Why a calculation has no result; there when its ladder is used up.</summary>
    public string FailureFile(string name) => Path.Combine(Root, "failed", $"{name}.json");

    /// <summary>The folder of the attempts at a calculation.</summary>
    public string WorkFolder(string name) => Path.Combine(Root, "work", name);

    /// <summary>The folder of one run of the engine.</summary>
    /// <param name="name">Name of the calculation.</param>
    /// <param name="rung">Position on the ladder.</param>
    /// <param name="go">How often the calculation went on from its last geometry on this rung before.</param>
    public string RunFolder(string name, int rung, int go) => Path.Combine(
        WorkFolder(name),
        FormattableString.Invariant($"rung-{rung}{(go == 0 ? "" : FormattableString.Invariant($"-{go + 1}"))}"));

    /// <summary>Claims a calculation; null while another process has it.</summary>
    public FileLock? TryClaim(string name) => FileLock.TryAcquire(Path.Combine(WorkFolder(name), "claim.lock"));

    /// <summary>The result of a calculation, or null.</summary>
    /// <exception cref="MalformedFileException">The file is damaged.</exception>
    public Calculation? Result(string name) => File.Exists(ResultFile(name)) ? CalculationFile.Read(ResultFile(name)) : null;

    /// <summary>Names of the calculations that have a result.</summary>
    public IEnumerable<string> Results() =>
        Directory.Exists(Calculations) ? Directory.EnumerateFiles(Calculations, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)) : [];

    /// <summary>The geometry that a calculation began with and its source; null when it has not begun, or the file is damaged.</summary>
    public (Structure Start, string Source)? Start(string name)
    {
        try
        {
            return File.Exists(StartFile(name)) && JsonSerializer.Deserialize<StartFields>(File.ReadAllText(StartFile(name)), Json) is { Symbols: { } symbols, Positions: { } positions } start
                && 3 * symbols.Length == positions.Length
                ? (new([.. symbols.Select(s => ElementTable.Default.Find(s)!)], positions), start.Source ?? "")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Records the geometry that a calculation begins with.</summary>
    public void WriteStart(CalculationRequest request) => AtomicFile.WriteText(StartFile(request.Name), JsonSerializer.Serialize(
        new StartFields(request.StartSource, [.. request.Start.Elements.Select(e => e.Symbol)], request.Start.Positions.ToArray()), Json) + "\n");

    /// <summary>Why a calculation failed, or null.</summary>
    /// <exception cref="MalformedFileException">The file is damaged.</exception>
    public CampaignFailure? Failure(string name)
    {
        var path = FailureFile(name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<CampaignFailure>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException e)
        {
            throw new MalformedFileException(path, (int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? -1) + 1, "not readable as a failure; delete it to try again", e);
        }
    }

    /// <summary>Records that the ladder of a calculation is used up.</summary>
    public void WriteFailure(CampaignFailure failure) => AtomicFile.WriteText(FailureFile(failure.Name), JsonSerializer.Serialize(failure, Json) + "\n");

    /// <summary>Removes the attempts at a calculation, so that it begins anew.</summary>
    public void ForgetAttempts(string name)
    {
        foreach (var attempt in Directory.EnumerateDirectories(WorkFolder(name), "rung-*").ToArray())
        {
            RunCosts.Discard(attempt);
        }

        File.Delete(StartFile(name));
    }

    /// <summary>Removes the record of a failure, if there is one.</summary>
    public void ForgetFailure(string name)
    {
        if (File.Exists(FailureFile(name)))
        {
            File.Delete(FailureFile(name));
        }
    }

    private string StartFile(string name) => Path.Combine(WorkFolder(name), "start.json");

    private sealed record StartFields(string? Source, string[]? Symbols, double[]? Positions);
}
