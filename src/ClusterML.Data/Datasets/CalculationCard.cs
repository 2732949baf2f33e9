using System.Globalization;
using System.Text;
using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Audits.Checks;
using ClusterML.Data.Energetics;

namespace ClusterML.Data.Datasets;

/// <summary>The part of a card that is about calculations: how they were made, how far they are, and what is weak about them. All of it follows from the files.</summary>
internal sealed class CalculationCard
{
    /// <summary>Files that people write beside the data, linked where they are.</summary>
    private static readonly (string File, string What)[] Written = [("README.md", "what the files are"), ("RECIPE.md", "the recipe and its evidence")];

    private readonly string folder;
    private readonly double maxForce;
    private readonly IReadOnlyList<Calculation> calculations;
    private readonly IReadOnlyList<DatasetFailure> failures;
    private readonly IReadOnlyList<Calculation> clusters;
    private readonly IReadOnlyList<MethodFingerprint> recipes;

    /// <summary>Reads the calculations and failures of a dataset.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="maxForce">Largest force of a geometry that did not report convergence, eV/Angstrom.</param>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public CalculationCard(string folder, double maxForce)
    {
        this.folder = folder;
        this.maxForce = maxForce;
        calculations = CalculationFolder.Read(folder).Calculations;
        failures = Failures(folder);
        clusters = [.. calculations.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X13 or SystemKind.X12)];
        recipes = [.. clusters.GroupBy(c => MethodFingerprint.OfCluster(c.Method)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Id, StringComparer.Ordinal).Select(g => g.Key)];
    }

    /// <summary>Adds the sections.</summary>
    public void AddTo(StringBuilder card)
    {
        AddMethods(card);
        AddReferences(card);
        AddCoverage(card);
        AddConvergence(card);
        Add(card, "Failed", failures.Count == 0 ? ["None is recorded."] : [.. failures.Select(f => $"{f.PlacedName}: {f.Failure.Reason}{(f.Failure.Attempts.Count > 1 ? $" ({Text(f.Failure.Attempts.Count)} attempts)" : "")}")]);
        var weaknesses = Weaknesses().ToArray();
        Add(card, "Known weaknesses that follow from the data", weaknesses.Length == 0 ? ["None of those that are looked for."] : weaknesses);
        var written = Written.Where(w => File.Exists(Path.Combine(folder, w.File))).Select(w => $"[{w.File}]({w.File}): {w.What}").ToArray();
        if (written.Length > 0)
        {
            Add(card, "Written by hand", written);
        }
    }

    private static IReadOnlyList<DatasetFailure> Failures(string folder)
    {
        try
        {
            return DatasetFailure.Read(folder);
        }
        catch (MalformedFileException e)
        {
            throw new DataException([new DataProblem(e.File, e.Line, e.Column, e.Message)]);
        }
    }

    private void AddMethods(StringBuilder card)
    {
        var methods = recipes.Select(recipe =>
        {
            var group = clusters.Where(c => MethodFingerprint.OfCluster(c.Method) == recipe).ToArray();
            var method = group[0].Method;
            var hosts = group.Select(c => c.System.Host.Symbol).Distinct().Order(StringComparer.Ordinal);
            var boxes = group.Select(c => c.Method.Box).Where(double.IsFinite).Distinct().Order().Select(box => Text(box)).ToArray();
            return $"`{recipe.Id}`, {Text(group.Length)} clusters of {string.Join(", ", hosts)}: {method.Code}, functional {method.Functional}, pseudopotentials {method.Potential}, "
                + $"basis {method.Basis}, {method.Grid}; {Spin(method.Spin)}, smearing {method.Smearing}; thresholds {(method.Thresholds.Length == 0 ? "not stated" : method.Thresholds)}"
                + $"{(boxes.Length == 0 ? "" : $"; cubic box of {string.Join(", ", boxes)} Angstrom")}.";
        });
        var atoms = calculations.Where(c => c.System.Kind == SystemKind.FreeAtom)
            .GroupBy(c => (Spin: Spin(c.Method.Spin), c.Method.Smearing))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Spin, StringComparer.Ordinal).ThenBy(g => g.Key.Smearing, StringComparer.Ordinal)
            .Select(g => $"Free atoms ({Text(g.Count())}): {g.Key.Spin}, smearing {g.Key.Smearing}.");
        Add(card, "Level of theory of the calculations", [.. methods, .. atoms]);
    }

    private void AddReferences(StringBuilder card)
    {
        var lines = Parts().Select(part =>
        {
            var x12 = Of(part).Where(c => c.System.Kind == SystemKind.X12).OrderBy(c => c.Name, StringComparer.Ordinal)
                .Select(c => $"{c.Name} {(Fault(c) is null ? "relaxed" : "not relaxed")}").ToArray();
            return $"{part.Label}: X13 {StateOfX13(part)}; X12 {(x12.Length == 0 ? "none" : string.Join(", ", x12))}; free atom {(HasAtom(part.Host, part.Recipe) ? "there" : "missing")}.";
        });
        Add(card, "References", [.. lines, .. FreeAtoms()]);
    }

    /// <summary>The free atoms of each recipe; recipes that share theirs stand in one line.</summary>
    private IEnumerable<string> FreeAtoms()
    {
        var usable = calculations.Where(c => c.System.Kind == SystemKind.FreeAtom && c.EnergyFault is null).ToArray();
        static string Listed(IEnumerable<Calculation> atoms)
        {
            var symbols = atoms.Select(c => c.System.Host.Symbol).Distinct().Order(StringComparer.Ordinal).ToArray();
            return $"({Text(symbols.Length)}): {(symbols.Length == 0 ? "none" : string.Join(", ", symbols))}.";
        }

        if (recipes.Count == 0)
        {
            return [$"Free atoms {Listed(usable)}"];
        }

        var own = recipes.Select(recipe => (recipe.Id, Atoms: usable.Where(a => recipe.CoversAtom(a.Method)).ToArray()))
            .GroupBy(r => string.Join(' ', r.Atoms.Select(a => a.Place)), StringComparer.Ordinal)
            .Select(same => $"Free atoms {(recipes.Count == 1 ? "" : $"of {string.Join(", ", same.Select(r => $"`{r.Id}`"))} ")}{Listed(same.First().Atoms)}");
        var others = usable.Where(a => !recipes.Any(r => r.CoversAtom(a.Method))).ToArray();
        return others.Length == 0 ? own : own.Append($"Free atoms of a method that no cluster has {Listed(others)}");
    }

    private void AddCoverage(StringBuilder card)
    {
        card.Append("\n## Clusters done\n\n`both`: relaxed with the dopant inside and outside; `in`, `out`: one of them; `failed`: one has failed; `X13`: the host itself; empty: not done.\n");
        foreach (var part in Parts())
        {
            var cells = TransitionSeries.All.Select(s => s.Elements.Select(dopant => Cell(part, dopant.Symbol)).ToArray()).ToArray();
            card.Append(CultureInfo.InvariantCulture, $"\nHost {part.Label}: {cells.SelectMany(c => c).Count(c => c.EndsWith("both", StringComparison.Ordinal))} pairs\n\n");
            card.Append("| | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
            card.AppendJoin("", TransitionSeries.All.Zip(cells, (s, c) => $"| {s.Name} | {string.Join(" | ", c)} |\n"));
        }
    }

    private string Cell(Part part, string dopant)
    {
        if (part.Host == dopant)
        {
            return StateOfX13(part) == "relaxed" ? $"{dopant} X13" : dopant;
        }

        var sites = Done(part, dopant);
        return sites.Length == 2 ? $"{dopant} both"
            : HasFailed(part, $"{part.Host}12{dopant}_in") || HasFailed(part, $"{part.Host}12{dopant}_out") ? $"{dopant} failed"
            : sites.Length == 1 ? $"{dopant} {sites[0].Name()}"
            : dopant;
    }

    private Site[] Done(Part part, string dopant) =>
        [.. Pairs(part).Where(c => c.System.Dopant.Symbol == dopant && Fault(c) is null).Select(c => c.System.Site!.Value).Distinct()];

    private void AddConvergence(StringBuilder card)
    {
        var relaxed = clusters.Where(c => Fault(c) is null).ToArray();
        var forces = relaxed.Where(c => double.IsFinite(c.MaxForce)).ToArray();
        var worst = forces.MaxBy(c => c.MaxForce);
        var timed = calculations.Where(c => double.IsFinite(c.CpuSeconds)).ToArray();
        var lost = failures.SelectMany(f => f.Failure.Attempts).Where(a => double.IsFinite(a.CpuSeconds)).Sum(a => a.CpuSeconds);
        List<string> lines =
        [
            $"{Text(relaxed.Length)} of {Text(clusters.Count)} clusters are relaxed.",
            worst is null ? "No forces are stated." : $"Largest force on an atom: {worst.MaxForce.ToString("0.0000", CultureInfo.InvariantCulture)} eV/Angstrom ({worst.PlacedName}), the median {ColumnStatistics.Median(forces.Select(c => c.MaxForce)).ToString("0.0000", CultureInfo.InvariantCulture)}.",
            $"Processor time: {Hours(timed.Sum(c => c.CpuSeconds) + lost)} hours, of which {Hours(lost)} on what failed; {(timed.Length == calculations.Count ? "all calculations" : $"{Text(timed.Length)} of {Text(calculations.Count)} calculations")} say what they took.",
        ];
        Add(card, "Convergence and cost", lines);
    }

    private IEnumerable<string> Weaknesses()
    {
        var restricted = Names(clusters.Where(c => Fault(c) is null && MagneticElements.IsDoubtful(c)));
        if (restricted.Length > 0)
        {
            yield return $"Spin-restricted clusters with magnetic elements ({string.Join(", ", MagneticElements.Symbols)}), which spin polarisation would lower: {restricted}.";
        }

        if (recipes.Count > 1)
        {
            yield return $"{Text(recipes.Count)} methods, whose energies are never combined: a table of all hosts needs `per_host: true`, and compares hosts of different methods only in differences within a host.";
        }

        var without = Parts().Where(part => !Of(part).Any(c => c.System.Kind == SystemKind.X12 && Fault(c) is null)).Select(part => part.Label).ToArray();
        if (without.Length > 0)
        {
            yield return $"No relaxed X12 of {string.Join(", ", without)}: their formation energies are not known.";
        }

        foreach (var recipe in recipes)
        {
            var atoms = clusters.Where(c => MethodFingerprint.OfCluster(c.Method) == recipe).SelectMany(c => c.System.Atoms()).Distinct()
                .Where(s => !HasAtom(s, recipe)).Order(StringComparer.Ordinal).ToArray();
            if (atoms.Length == 0)
            {
                continue;
            }

            yield return $"No free atom of {string.Join(", ", atoms)}{(recipes.Count > 1 ? $" with the method `{recipe.Id}`" : "")}: binding and formation energies with them are not known.";
        }

        var halves = Parts().SelectMany(part => Pairs(part).Select(c => c.System.Dopant.Symbol).Distinct()
            .Where(dopant => Done(part, dopant).Length == 1).Select(dopant => $"{part.Host}12{dopant}{part.Suffix}")).Order(StringComparer.Ordinal).ToArray();
        if (halves.Length > 0)
        {
            yield return $"One site only: {string.Join(", ", halves)}.";
        }

        var unusable = clusters.Select(c => (Name: c.PlacedName, Fault: Fault(c))).Where(c => c.Fault is not null).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name} ({c.Fault})").ToArray();
        if (unusable.Length > 0)
        {
            yield return $"Not usable: {string.Join(", ", unusable)}.";
        }

        var pilots = calculations.Count(c => c.IsPilot);
        if (pilots > 0)
        {
            yield return $"{Text(pilots)} calculations were made while the recipe was being tried out.";
        }

        var judged = clusters.Count(c => c.Frequencies is { Count: > 0 });
        if (judged < clusters.Count)
        {
            yield return $"Frequencies are known of {Text(judged)} of {Text(clusters.Count)} clusters; of the others nothing says that they are minima.";
        }
    }

    /// <summary>A host with one of its methods: no count is made of clusters of two.</summary>
    private IEnumerable<Part> Parts()
    {
        foreach (var host in Hosts())
        {
            var own = recipes.Where(recipe => clusters.Any(c => c.System.Kind is SystemKind.X12TM or SystemKind.X12 && c.System.Host.Symbol == host && MethodFingerprint.OfCluster(c.Method) == recipe)).ToArray();
            foreach (var recipe in own)
            {
                yield return new(host, recipe, own.Length > 1 ? $" (`{recipe.Id}`)" : "");
            }

            if (own.Length == 0)
            {
                yield return new(host, null, "");
            }
        }
    }

    private IEnumerable<Calculation> Of(Part part) =>
        clusters.Where(c => c.System.Host.Symbol == part.Host && (part.Recipe is null || MethodFingerprint.OfCluster(c.Method) == part.Recipe));

    private IEnumerable<Calculation> Pairs(Part part) => Of(part).Where(c => c.System.Kind == SystemKind.X12TM);

    // A failure does not say its method; it is of those whose clusters are in the same subfolder.
    private bool HasFailed(Part part, string name) => failures.Any(f => f.Failure.Name == name
        && (part.Recipe is null || clusters.Any(c => c.PlacedName == f.Folder + c.Name && MethodFingerprint.OfCluster(c.Method) == part.Recipe)));

    /// <summary>Elements of which a cluster with a dopant or an X12 is there, or has failed.</summary>
    private string[] Hosts() =>
        [.. clusters.Where(c => c.System.Kind is SystemKind.X12TM or SystemKind.X12).Select(c => c.System)
            .Concat(failures.Select(f => ClusterSystem.Parse(f.Failure.Name)).OfType<ClusterSystem>().Where(s => s.Kind is SystemKind.X12TM or SystemKind.X12))
            .Select(s => s.Host.Symbol).Distinct().Order(StringComparer.Ordinal)];

    private string StateOfX13(Part part)
    {
        var all = Of(part).Where(c => c.System.Kind == SystemKind.X13).ToArray();
        return all.Any(c => Fault(c) is null) ? "relaxed" : all.Length > 0 ? "not relaxed" : HasFailed(part, $"{part.Host}13") ? "failed" : "missing";
    }

    private bool HasAtom(string symbol, MethodFingerprint? recipe) => calculations.Any(c =>
        c.System.Kind == SystemKind.FreeAtom && c.System.Host.Symbol == symbol && c.EnergyFault is null && recipe?.CoversAtom(c.Method) != false);

    private string? Fault(Calculation cluster) => cluster.EnergyFault ?? cluster.GeometryFault(maxForce);

    private static string Spin(string spin) => spin switch
    {
        "RKS" => "spin-restricted (RKS)",
        "UKS" => "spin-polarised (UKS)",
        "ROKS" => "open shells with paired orbitals (ROKS)",
        "NCL" => "non-collinear spins (NCL)",
        _ => $"spin {spin}",
    };

    private static string Names(IEnumerable<Calculation> some) => string.Join(", ", some.Select(c => c.PlacedName).Distinct().Order(StringComparer.Ordinal));

    private static string Hours(double seconds) => (seconds / 3600).ToString("0.0#", CultureInfo.InvariantCulture);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static void Add(StringBuilder card, string title, IReadOnlyList<string> lines)
    {
        card.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        card.AppendJoin("", lines.Select(line => $"- {line.ReplaceLineEndings(" ")}\n"));
    }

    /// <summary>A host and a method of its clusters.</summary>
    /// <param name="Host">Symbol of the host.</param>
    /// <param name="Recipe">The method; null where only failures name the host.</param>
    /// <param name="Suffix">What tells the methods of the host apart; empty where there is one.</param>
    private sealed record Part(string Host, MethodFingerprint? Recipe, string Suffix)
    {
        public string Label => Host + Suffix;
    }
}
