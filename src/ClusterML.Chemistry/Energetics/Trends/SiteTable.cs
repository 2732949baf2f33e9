using ClusterML.Chemistry.Analysis;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>What is known of every site of a dataset, from one method, or one for each host.</summary>
/// <param name="Sites">One record a site.</param>
/// <param name="Method">The method in words, or the methods; empty when none is stated.</param>
/// <param name="LeftOut">What was read and is not used, with reasons.</param>
/// <param name="Notes">References and other things to know.</param>
public sealed record SiteTable(
    IReadOnlyList<SiteProperties> Sites, string Method, IReadOnlyList<LeftOutCalculation> LeftOut, IReadOnlyList<string> Notes)
{
    /// <summary>What a reader of figures must know, beside the notes: sites whose energies are in doubt and are shown all the same.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Usable sites only.</summary>
    public IEnumerable<SiteProperties> Usable => Sites.Where(s => s.IsUsable);

    /// <summary>The sites of an energetics table, with the coordination of their geometries (equations 9 to 12).</summary>
    public static SiteTable Of(EnergeticsTable table) => new(
        [.. table.Clusters.Select(Of)],
        string.Join(" | ", table.Fingerprints),
        table.LeftOut,
        table.Notes)
    {
        Warnings = [.. RestrictedMagnets(table)],
    };

    private static IEnumerable<string> RestrictedMagnets(EnergeticsTable table)
    {
        string[] names = [.. table.Clusters.Where(c => c.IsUsable && MagneticElements.IsDoubtful(c.Calculation)).Select(c => c.Calculation.Name).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            yield return $"spin-restricted clusters with magnetic elements ({string.Join(", ", MagneticElements.Symbols)}): {string.Join(", ", names)}; spin polarisation would lower their energies";
        }
    }

    private static SiteProperties Of(ClusterEnergetics cluster)
    {
        var calculation = cluster.Calculation;
        var (ecn, dopantEcn, bondLength) = Coordination(calculation, cluster.Site);
        return new()
        {
            Host = cluster.Host,
            Dopant = cluster.Dopant,
            Site = cluster.Site,
            Source = calculation.File,
            Place = calculation.Place,
            Fault = cluster.IsUsable ? null : string.Join("; ", cluster.Faults),
            Binding = cluster.Binding.Value,
            HostBinding = cluster.HostBinding.Value,
            Interaction = cluster.Interaction.Value,
            Distortion = cluster.Distortion.Value,
            Formation = cluster.Formation.Value,
            SitePreference = cluster.SitePreference.Value,
            Ecn = ecn,
            DopantEcn = dopantEcn,
            BondLength = bondLength,
            DBandCentre = calculation.DBandCentre,
            Gap = calculation.Gap,
            Frequencies = calculation.Frequencies ?? [],
        };
    }

    private static (double Ecn, double DopantEcn, double BondLength) Coordination(Calculation calculation, Site site)
    {
        var atoms = calculation.Positions.Count;
        if (atoms != 13)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var (ecn, lengths) = (new double[atoms], new double[atoms]);
        EffectiveCoordination.Compute(calculation.Positions.SelectMany(p => p).ToArray(), ecn, lengths);
        var dopant = calculation.System.Kind == SystemKind.X13
            ? OfX13(calculation.Positions, ecn, site)
            : ecn[calculation.Symbols.ToList().IndexOf(calculation.System.Dopant.Symbol)];
        return (ecn.Average(), dopant, lengths.Average());
    }

    /// <summary>Of the atom nearest to all others (the centre), or of the others on average.</summary>
    private static double OfX13(IReadOnlyList<double[]> positions, double[] ecn, Site site)
    {
        double Reach(double[] p) => positions.Sum(q => PointDistance.Between(q, p));
        var centre = Enumerable.Range(0, positions.Count).MinBy(i => Reach(positions[i]));
        return site == Site.In ? ecn[centre] : (ecn.Sum() - ecn[centre]) / (ecn.Length - 1);
    }
}
