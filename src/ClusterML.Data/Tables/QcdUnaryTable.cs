using ClusterML.Chemistry.Elements;
using ClusterML.Data.Csv;
using ClusterML.Data.Options;

namespace ClusterML.Data;

/// <summary>Unary clusters of the Quantum Cluster Database, read as X_N = X_(N-1) + X.</summary>
/// <remarks>
/// One row for each metal and size: the lowest isomer of N atoms against the lowest of N - 1. Target, in eV and the same for
/// both outputs: E(X_N) - E(X_(N-1)) - E(atom), the unary form of the formation energy. n_atoms = (N - 1, 1), host = dopant.
/// </remarks>
public static class QcdUnaryTable
{
    private const string WhenMissing =
        "It is made from the Quantum Cluster Database, Manna et al., Sci. Data 10, 308 (2023), doi 10.1038/s41597-023-02200-4 "
        + "(structures with energies: github.com/sbanik2/GAP-Nanoclusters, folder qcd_gap_relaxed): a csv file, one cluster a line, "
        + "with at least the columns symbol,n_atoms,energy_total_eV (VASP-PBE total energy) and e_atom_vise_eV (PBE energy of the free atom, "
        + "github.com/kumagai-group/vise, vise/atom_energies).";

    /// <summary>Reads the table.</summary>
    /// <param name="csv">The file <c>qcd_unary.csv</c>.</param>
    /// <param name="options">Which clusters become rows.</param>
    /// <exception cref="DataException">It is missing or has unusable lines.</exception>
    public static DataTable Load(string csv, QcdUnaryOptions? options = null)
    {
        var chosen = (options ?? new()).Checked();
        var rows = new CompositionRows();
        using var file = new CsvFile(csv, WhenMissing);
        var lowest = ReadLowest(file, chosen, rows);
        foreach (var (element, sizes) in lowest)
        {
            AddRows(csv, element, sizes, chosen, rows);
        }

        file.Finish(rows.Count);
        return rows.ToTable("qcd_unary", [new("e_form_in", "eV"), new("e_form_out", "eV")]);
    }

    private static SortedDictionary<Element, SortedDictionary<int, Cluster>> ReadLowest(
        CsvFile file,
        QcdUnaryOptions options,
        CompositionRows rows)
    {
        int symbol = file.Require("symbol"), atoms = file.Require("n_atoms");
        int total = file.Require("energy_total_eV"), atom = file.Require("e_atom_vise_eV");
        file.ThrowProblems();

        var wanted = (options.Elements.Count > 0 ? options.Elements : QcdUnaryOptions.Metals).ToHashSet(StringComparer.Ordinal);
        var byNumber = Comparer<Element>.Create((a, b) => a.AtomicNumber.CompareTo(b.AtomicNumber));
        var lowest = new SortedDictionary<Element, SortedDictionary<int, Cluster>>(byNumber);
        var unwanted = new SortedDictionary<string, (string Place, int Count)>(StringComparer.Ordinal);
        while (file.Read())
        {
            var element = file.Element(symbol);
            var (size, energy, free) = (file.Number(atoms), file.Number(total), file.OptionalNumber(atom));
            if (size < 1 || size % 1 > 0)
            {
                file.Report(atoms, $"n_atoms \"{file.Text(atoms)}\" is not a number of atoms");
                continue;
            }

            if (element is null || double.IsNaN(size) || double.IsNaN(energy))
            {
                continue;
            }

            if (!wanted.Contains(element.Symbol))
            {
                var seen = unwanted.GetValueOrDefault(element.Symbol, (Place: file.Place, Count: 0));
                unwanted[element.Symbol] = (seen.Place, seen.Count + 1);
                continue;
            }

            Keep(lowest, element, new((int)size, energy, free, file.Line));
        }

        file.ThrowProblems();
        foreach (var (name, (place, count)) in unwanted)
        {
            rows.LeaveOut(place, FormattableString.Invariant($"{name}: {count} clusters, the element is not among those chosen"));
        }

        return lowest;
    }

    private static void Keep(SortedDictionary<Element, SortedDictionary<int, Cluster>> lowest, Element element, Cluster cluster)
    {
        if (!lowest.TryGetValue(element, out var sizes))
        {
            lowest.Add(element, sizes = []);
        }

        if (!sizes.TryGetValue(cluster.Atoms, out var best) || cluster.Energy < best.Energy)
        {
            sizes[cluster.Atoms] = cluster;
        }
    }

    private static void AddRows(
        string csv,
        Element element,
        SortedDictionary<int, Cluster> sizes,
        QcdUnaryOptions options,
        CompositionRows rows)
    {
        var bent = Bent(sizes, options.MaxSecondDifference);
        foreach (var (n, cluster) in sizes)
        {
            var place = FormattableString.Invariant($"{csv}:{cluster.Line}");
            var name = FormattableString.Invariant($"{element}{n}");
            var reason = n < options.MinAtoms ? FormattableString.Invariant($"fewer than {options.MinAtoms} atoms")
                : !sizes.TryGetValue(n - 1, out var smaller) ? FormattableString.Invariant($"no {element}{n - 1} to compare with")
                : double.IsNaN(cluster.FreeAtom) ? "no energy of the free atom (e_atom_vise_eV)"
                : n is 13 or 14 && options.HeldOutHosts.Contains(element.Symbol) ? $"{element}13 is held out for the bimetallic table"
                : bent.TryGetValue(n, out var why) ? why
                : Add(rows, name, element, cluster, smaller, place);
            if (reason is not null)
            {
                rows.LeaveOut(place, $"{name}: {reason}");
            }
        }
    }

    private static string? Add(CompositionRows rows, string name, Element element, Cluster cluster, Cluster smaller, string place)
    {
        var target = cluster.Energy - smaller.Energy - cluster.FreeAtom;
        rows.TryAdd(name, cluster.Line, element, element, cluster.Atoms - 1, 1, [target, target], out _, Path.GetFileName(place));
        return null;
    }

    /// <summary>Sizes to drop because the energy bends too much: one of the two neighbours, or this size, is no global minimum.</summary>
    private static Dictionary<int, string> Bent(SortedDictionary<int, Cluster> sizes, double limit)
    {
        var bent = new Dictionary<int, string>();
        foreach (var (n, cluster) in sizes)
        {
            if (!sizes.TryGetValue(n - 1, out var smaller) || !sizes.TryGetValue(n + 1, out var larger))
            {
                continue;
            }

            var second = larger.Energy + smaller.Energy - (2 * cluster.Energy);
            if (Math.Abs(second) > limit)
            {
                var why = FormattableString.Invariant($"the second difference of the energy at N = {n} is {second:0.00} eV, more than {limit} eV");
                bent[n] = why;
                bent.TryAdd(n + 1, why);
            }
        }

        return bent;
    }

    private sealed record Cluster(int Atoms, double Energy, double FreeAtom, int Line);
}
