using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Data.Audits;

/// <summary>Looks for numbers in a wrong unit: bonds and binding energies that no metal cluster has.</summary>
internal static class PlausibilityAudit
{
    private const double ShortestBond = 0.6;
    private const double LongestBond = 1.6;
    private const double SevereShortest = 0.5;
    private const double SevereLongest = 1.9;
    private const double BohrPerAngstrom = 1 / AtomicUnits.Bohr;

    /// <summary>More than this no metal is bound, eV/atom (W: 8.9).</summary>
    private const double StrongestBinding = 15;

    /// <summary>Less than this no metal cluster is bound, eV/atom.</summary>
    private const double WeakestBinding = 0.05;

    /// <summary>As <see cref="WeakestBinding"/>, as a share of the cohesive energy: clusters of 13 atoms have half of it or more, those of group 12 a fifth.</summary>
    private const double WeakestShare = 0.1;

    private static readonly (string Name, double Factor)[] Units = [("Hartree", AtomicUnits.Hartree), ("Rydberg", AtomicUnits.Hartree / 2)];

    /// <summary>Structures whose shortest bond, as a multiple of the sum of the metallic radii, is out of bounds.</summary>
    public static IEnumerable<Finding> Bonds(IEnumerable<NamedStructure> structures)
    {
        foreach (var named in structures)
        {
            if (Shortest(named.Structure) is not var (bond, ratio, pair)
                || ratio is >= ShortestBond and <= LongestBond
                || (ratio > LongestBond && named.Structure.Cell is { IsPeriodic: true }))
            {
                continue;
            }

            var hint = IsUnit(ratio, BohrPerAngstrom) ? ": positions in Bohr, read as Angstrom?"
                : IsUnit(ratio, AtomicUnits.Bohr) ? ": positions in Angstrom, converted from Bohr once too often?"
                : "";
            yield return Finding.Of(
                FindingKinds.ImplausibleBond,
                FormattableString.Invariant($"{named.Name}: the shortest bond, {pair}, is {bond:0.00} Angstrom, {ratio:0.00} times the sum of the metallic radii{hint}"),
                named.Rows) with
            {
                Severity = ratio is < SevereShortest or > SevereLongest ? AuditSeverity.Severe : AuditSeverity.Warning,
                Size = Math.Abs(Math.Log(ratio)),
            };
        }
    }

    /// <summary>Clusters whose binding energy, against the free atoms of their own method, is of another order of magnitude.</summary>
    public static IEnumerable<Finding> Energies(IReadOnlyList<Calculation> calculations)
    {
        var references = new ReferenceRegistry(calculations);
        foreach (var cluster in calculations.Where(c => c.System.Kind is SystemKind.X12 or SystemKind.X12TM or SystemKind.X13 && double.IsFinite(c.Energy)))
        {
            var recipe = MethodFingerprint.OfCluster(cluster.Method);
            Element[] elements = [.. cluster.System.Atoms().Select(a => ElementTable.Default.Find(a)!)];
            var atoms = elements.Sum(e => references.FreeAtom(recipe, e.Symbol)?.Energy ?? double.NaN);
            var binding = (cluster.Energy - atoms) / elements.Length;
            var bulk = elements.Average(e => e.CohesiveEnergy);
            var share = -binding / bulk;
            if (!double.IsFinite(binding)
                || (Math.Abs(binding) <= StrongestBinding && (binding >= 0 || (-binding >= WeakestBinding && !(share < WeakestShare)))))
            {
                continue;
            }

            yield return Finding.Of(
                FindingKinds.ImplausibleEnergy,
                FormattableString.Invariant($"{cluster.Name} has a binding energy of {binding:0.####} eV/atom; its bulk metals have cohesive energies of {bulk:0.00} eV/atom on average{UnitOf(cluster.Energy / atoms, share)}"),
                [Row(cluster)]) with
            {
                Severity = Math.Abs(binding) > StrongestBinding ? AuditSeverity.Severe : AuditSeverity.Warning,
                Size = Math.Abs(Math.Log(Math.Abs(share))),
            };
        }
    }

    /// <summary>A stated binding energy beyond the bulk metals of its cluster, or of another order of magnitude. The sign is for <see cref="TableAudit"/>.</summary>
    public static IEnumerable<Finding> Binding(SiteProperties site, double tolerance)
    {
        var bulk = ((12 * site.Host.CohesiveEnergy) + site.Dopant.CohesiveEnergy) / 13;
        var share = -site.Binding / bulk;
        FindingRow[] rows = [new(site.Name, site.Place)];
        var what = FormattableString.Invariant($"{site.Name} has a binding energy of {site.Binding:0.####} eV/atom; its bulk metals have cohesive energies of {bulk:0.00} eV/atom on average");
        if (Math.Abs(site.Binding) > StrongestBinding || -site.Binding is > 0 and < WeakestBinding || share is > 0 and < WeakestShare)
        {
            yield return Finding.Of(FindingKinds.ImplausibleEnergy, what + UnitOf(double.NaN, share), rows) with
            {
                Severity = Math.Abs(site.Binding) > StrongestBinding ? AuditSeverity.Severe : AuditSeverity.Warning,
                Size = Math.Abs(Math.Log(Math.Abs(share))),
            };
        }
        else if (share > 1 + tolerance)
        {
            yield return Finding.Of(FindingKinds.BoundBeyondBulk, FormattableString.Invariant($"{what} (experiment; {100 * tolerance:0} % more is let pass)"), rows) with { Size = share };
        }
    }

    /// <summary>A calculation as findings name it, whether or not a row rests on it.</summary>
    public static FindingRow Row(Calculation calculation) => new(calculation.Name, calculation.Place);

    /// <summary>Total energies in two units differ by the factor between them; where all are in one, the binding energy does.</summary>
    private static string UnitOf(double ofTotals, double share)
    {
        foreach (var (name, factor) in Units)
        {
            if (Math.Abs((ofTotals * factor) - 1) < 0.05)
            {
                return $": the cluster in {name} and its free atoms in eV?";
            }

            if (Math.Abs((ofTotals / factor) - 1) < 0.05)
            {
                return $": the cluster in eV and its free atoms in {name}?";
            }
        }

        foreach (var (name, factor) in Units)
        {
            // Clusters have between half and all of the cohesive energy of their bulk.
            if (share * factor is > 0.5 and < 1.15)
            {
                return $": energies in {name}, read as eV?";
            }

            if (share / factor is > 0.5 and < 1.15)
            {
                return $": energies in eV, converted from {name} once too often?";
            }
        }

        return "";
    }

    /// <summary>Bonds of clusters are up to an eighth shorter than those of the bulk, and hardly longer.</summary>
    private static bool IsUnit(double ratio, double factor) => ratio / factor is > 0.875 and < 1.05;

    private static (double Bond, double Ratio, string Pair)? Shortest(Structure structure)
    {
        (double Bond, double Ratio, string Pair)? shortest = null;
        for (var i = 0; i < structure.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (structure.Elements[i], structure.Elements[j]);
                if (!HasRadius(a) || !HasRadius(b))
                {
                    continue;
                }

                var p = structure.Position(i);
                var q = structure.Position(j);
                var bond = Math.Sqrt(((p[0] - q[0]) * (p[0] - q[0])) + ((p[1] - q[1]) * (p[1] - q[1])) + ((p[2] - q[2]) * (p[2] - q[2])));
                var ratio = bond / (MetallicRadius.Of(a) + MetallicRadius.Of(b));
                if (!(ratio >= shortest?.Ratio))
                {
                    shortest = (bond, ratio, $"{b}-{a}");
                }
            }
        }

        return shortest;
    }

    private static bool HasRadius(Element element) => element.IsMetal && double.IsFinite(element.Density) && element.Density > 0;
}
