using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>The calculations of a campaign, in the order in which they should be done.</summary>
/// <remarks>
/// References come first. Then dopant by dopant: its free atom, and for each host in turn both sites of the pair, so that every
/// pair that is done is a row. A single point of a frozen X12 follows the cluster it is cut out of.
/// </remarks>
public static class CampaignPlan
{
    // Medians of the pilot calculations on one core; replaced by what the campaign itself measures.
    private const double AtomMinutes = 1;
    private const double SinglePointMinutes = 1;
    private const double InsideMinutes = 4;
    private const double OutsideMinutes = 8;

    /// <summary>Makes the plan.</summary>
    /// <param name="options">What to compute.</param>
    /// <param name="available">Elements that the engine can compute, in the order in which dopants are taken when none are named.</param>
    /// <param name="geometries">Starting geometries by name of the system, such as those of a pilot; what is not there starts from an ideal cluster.</param>
    /// <exception cref="ArgumentException">A host or a dopant cannot be computed; every one is named.</exception>
    public static IReadOnlyList<PlannedCalculation> Make(
        CampaignOptions options,
        IReadOnlyList<string> available,
        IReadOnlyDictionary<string, Structure> geometries)
    {
        var dopants = options.Dopants.Count > 0 ? options.Dopants : available;
        var unknown = options.Hosts.Concat(dopants).Except(available, StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException($"no basis set and pseudopotential for {string.Join(", ", unknown)}; there are: {string.Join(", ", available)}");
        }

        var plan = new List<PlannedCalculation>();
        PlannedCalculation Atom(string symbol) => new()
        {
            Name = $"{symbol}_atom",
            System = System($"{symbol}_atom"),
            Start = new Structure([Element(symbol)], [0.0, 0.0, 0.0]),
            Relax = false,
            Box = options.AtomBox,
            EstimatedMinutes = AtomMinutes,
        };
        PlannedCalculation Cluster(string name, Structure ideal, double minutes) => new()
        {
            Name = name,
            System = System(name),
            Start = geometries.GetValueOrDefault(name) ?? ideal,
            Relax = true,
            Box = options.BoxOf(System(name).Host),
            EstimatedMinutes = minutes,
        };

        foreach (var host in options.Hosts)
        {
            plan.Add(Atom(host));
            plan.Add(Cluster($"{host}13", StartingGeometry.X13(Element(host)), InsideMinutes));
            plan.AddRange(options.References.Select(variant => Cluster($"{host}12_{variant}", StartingGeometry.X12(Element(host), variant), OutsideMinutes)));
        }

        foreach (var dopant in dopants)
        {
            if (!options.Hosts.Contains(dopant, StringComparer.Ordinal))
            {
                plan.Add(Atom(dopant));
            }

            foreach (var host in options.Hosts.Where(h => h != dopant))
            {
                var names = new[] { $"{host}12{dopant}_in", $"{host}12{dopant}_out" };
                plan.Add(Cluster(names[0], StartingGeometry.X12TM(Element(host), Element(dopant), Site.In), InsideMinutes));
                plan.Add(Cluster(names[1], StartingGeometry.X12TM(Element(host), Element(dopant), Site.Out), OutsideMinutes));
                if (options.FrozenHosts)
                {
                    plan.AddRange(names.Select(name => new PlannedCalculation
                    {
                        Name = $"{name}_frozen",
                        System = System($"{name}_frozen"),
                        After = name,
                        Relax = false,
                        Box = options.BoxOf(Element(host)),
                        EstimatedMinutes = SinglePointMinutes,
                    }));
                }
            }
        }

        return plan;
    }

    private static ClusterSystem System(string name) => ClusterSystem.Parse(name)!;

    private static Element Element(string symbol) => ElementTable.Default.Find(symbol)!;
}
