using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Campaigns;

/// <summary>The calculations of a campaign, in the order in which they should be done.</summary>
/// <remarks>
/// References come first. Then pair by pair, the hosts in turn: the free dopant where it is new, and both sites, so that every pair
/// that is done is a row. A single point of a frozen X12 follows the cluster it is cut out of.
/// </remarks>
public static class CampaignPlan
{
    // Medians of the pilot calculations on one core; replaced by what the campaign itself measures.
    private const double AtomMinutes = 1;
    private const double SinglePointMinutes = 1;
    private const double InsideMinutes = 4;
    private const double OutsideMinutes = 8;
    private const int PairsBeforeValidation = 5;

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
        var unknown = options.Hosts.Concat(dopants).Concat(options.Validation).Except(available, StringComparer.Ordinal).ToArray();
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
            StartSource = geometries.ContainsKey(name) ? "another recipe" : PlannedCalculation.Ideal,
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

        var atoms = options.Hosts.ToHashSet(StringComparer.Ordinal);
        void AtomOnce(string symbol)
        {
            if (atoms.Add(symbol))
            {
                plan.Add(Atom(symbol));
            }
        }

        var validation = new Queue<string>(options.Validation.Except(options.Hosts, StringComparer.Ordinal));
        void Validate()
        {
            if (validation.TryDequeue(out var element))
            {
                AtomOnce(element);
                plan.Add(Cluster($"{element}13", StartingGeometry.X13(Element(element)), InsideMinutes));
            }
        }

        foreach (var (index, (host, dopant)) in Pairs(options, dopants).Index())
        {
            AtomOnce(dopant);
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

            if (index >= PairsBeforeValidation)
            {
                Validate();
            }
        }

        while (validation.Count > 0)
        {
            Validate();
        }

        return plan;
    }

    /// <summary>Pairs of host and dopant: the hosts take turns, each with the next of the dopants that it has not had.</summary>
    private static IEnumerable<(string Host, string Dopant)> Pairs(CampaignOptions options, IReadOnlyList<string> dopants)
    {
        var left = options.Hosts.ToDictionary(host => host, host => new Queue<string>(dopants.Where(d => d != host)), StringComparer.Ordinal);
        var turns = options.Turns.Where(left.ContainsKey).Concat(options.Hosts.Except(options.Turns, StringComparer.Ordinal)).ToArray();
        while (left.Values.Any(queue => queue.Count > 0))
        {
            foreach (var host in turns)
            {
                if (left[host].TryDequeue(out var dopant))
                {
                    yield return (host, dopant);
                }
            }
        }
    }

    private static ClusterSystem System(string name) => ClusterSystem.Parse(name)!;

    private static Element Element(string symbol) => ElementTable.Default.Find(symbol)!;
}
