using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Datasets;
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
    /// <exception cref="Data.DataException">A calculation cannot be read, a system is there twice in one recipe, or there is none.</exception>
    /// <exception cref="MalformedFileException">The record of a failure is damaged.</exception>
    public static DatasetStatus Of(string folder, double maxForce = 0.05)
    {
        var calculations = CalculationFolder.Read(folder).Calculations;
        var judged = calculations.Select(c => (Calculation: c, Fault: Fault(c, maxForce))).ToArray();
        var failures = DatasetFailure.Read(folder);
        var seconds = calculations.Select(c => c.CpuSeconds).Concat(failures.SelectMany(f => f.Failure.Attempts).Select(a => a.CpuSeconds)).Where(double.IsFinite).Sum();
        return new(
            calculations,
            [.. judged.Where(c => c.Fault is not null).Select(c => (c.Calculation.PlacedName, c.Fault!)), .. failures.Select(f => (f.PlacedName, f.Failure.Reason))],
            seconds / 3600)
        {
            Good = [.. judged.Where(c => c.Fault is null).Select(c => c.Calculation)],
        };
    }

    /// <summary>Calculations that can be used.</summary>
    public int Usable => Good.Count;

    private IReadOnlyList<Calculation> Good { get; init; } = [];

    /// <summary>The methods of the clusters, with how many calculations have each.</summary>
    public IReadOnlyList<(MethodFingerprint Fingerprint, int Count)> Fingerprints =>
        [.. Clusters.GroupBy(c => MethodFingerprint.OfCluster(c.Method)).OrderByDescending(g => g.Count()).Select(g => (g.Key, g.Count()))];

    /// <summary>Pairs X12TM of which both sites can be used with one method, by host; of several methods of a host, the one with most of them counts.</summary>
    public IReadOnlyDictionary<string, int> CompletePairs => Good
        .Where(c => c.System.Kind == SystemKind.X12TM)
        .GroupBy(c => (Host: c.System.Host.Symbol, c.System.Dopant, Method: MethodFingerprint.OfCluster(c.Method)))
        .Where(pair => pair.Select(c => c.System.Site).Distinct().Count() == 2)
        .GroupBy(pair => pair.Key.Host, StringComparer.Ordinal)
        .ToDictionary(host => host.Key, host => host.CountBy(pair => pair.Key.Method).Max(method => method.Value), StringComparer.Ordinal);

    private IEnumerable<Calculation> Clusters => Calculations.Where(c => c.System.Kind is not (SystemKind.FreeAtom or SystemKind.FrozenX12));

    private static string? Fault(Calculation calculation, double maxForce) => calculation.EnergyFault
        ?? (calculation.System.Kind is SystemKind.FreeAtom or SystemKind.FrozenX12 ? null : calculation.GeometryFault(maxForce));
}
