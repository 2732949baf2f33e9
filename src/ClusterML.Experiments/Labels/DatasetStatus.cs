using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Data.Energetics;

namespace ClusterML.Experiments.Labels;

/// <summary>How far a dataset folder is that a campaign, or another tool, has filled: what is in it, what failed, what it cost.</summary>
/// <param name="Calculations">Every calculation in it.</param>
/// <param name="Unsuccessful">Calculations that cannot be used, and those that <c>failed/</c> records, with the reason.</param>
/// <param name="CpuHours">Processor hours, as far as they were recorded.</param>
public sealed record DatasetStatus(
    IReadOnlyList<Calculation> Calculations,
    IReadOnlyList<(string Name, string Reason)> Unsuccessful,
    double CpuHours)
{
    /// <summary>Looks at a dataset folder.</summary>
    /// <param name="folder">The folder; its calculations are in <c>calculations/</c>, its failures in <c>failed/</c>.</param>
    /// <param name="maxForce">Largest force of a relaxed geometry that did not report convergence, eV/Angstrom.</param>
    /// <exception cref="Data.DataException">A calculation cannot be read, or there is none.</exception>
    /// <exception cref="MalformedFileException">The record of a failure is damaged.</exception>
    public static DatasetStatus Of(string folder, double maxForce = 0.05)
    {
        var calculations = CalculationFolder.Read(folder).Calculations;
        var campaign = new CampaignFolder(folder);
        var unusable = calculations.Select(c => (c.Name, Reason: Fault(c, maxForce))).Where(c => c.Reason is not null).Select(c => (c.Name, c.Reason!)).ToList();
        var failed = Path.Combine(folder, "failed");
        var failures = Directory.Exists(failed)
            ? Directory.EnumerateFiles(failed, "*.json").Order(StringComparer.Ordinal).Select(file => campaign.Failure(Path.GetFileNameWithoutExtension(file))!).ToArray()
            : [];
        var seconds = calculations.Select(c => c.CpuSeconds).Concat(failures.SelectMany(f => f.Attempts).Select(a => a.CpuSeconds)).Where(double.IsFinite).Sum();
        return new(calculations, [.. unusable, .. failures.Select(f => (f.Name, f.Reason))], seconds / 3600);
    }

    /// <summary>Calculations that can be used.</summary>
    public int Usable => Calculations.Count - Calculations.Count(c => Unsuccessful.Any(u => u.Name == c.Name));

    /// <summary>The methods of the clusters, with how many calculations have each.</summary>
    public IReadOnlyList<(MethodFingerprint Fingerprint, int Count)> Fingerprints =>
        [.. Clusters.GroupBy(c => MethodFingerprint.OfCluster(c.Method)).OrderByDescending(g => g.Count()).Select(g => (g.Key, g.Count()))];

    /// <summary>Pairs X12TM of which both sites can be used with one method, by host.</summary>
    public IReadOnlyDictionary<string, int> CompletePairs => Clusters
        .Where(c => c.System.Kind == SystemKind.X12TM && Unsuccessful.All(u => u.Name != c.Name))
        .GroupBy(c => (Host: c.System.Host.Symbol, c.System.Dopant, Method: MethodFingerprint.OfCluster(c.Method)))
        .Where(pair => pair.Select(c => c.System.Site).Distinct().Count() == 2)
        .GroupBy(pair => pair.Key.Host, StringComparer.Ordinal)
        .ToDictionary(host => host.Key, host => host.Count(), StringComparer.Ordinal);

    private IEnumerable<Calculation> Clusters => Calculations.Where(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12));

    private static string? Fault(Calculation calculation, double maxForce) => calculation.EnergyFault
        ?? (calculation.System.Kind is SystemKind.FreeAtom or SystemKind.FrozenX12 ? null : calculation.GeometryFault(maxForce));
}
