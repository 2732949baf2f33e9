using ClusterML.Data.Csv;

namespace ClusterML.Data;

/// <summary>Surface segregation energies of a dopant in the close-packed surface of a host metal.</summary>
/// <remarks>
/// Target <c>e_seg</c> in eV, negative: the dopant prefers the surface. The sign is the published one; it reads as
/// E(out) - E(in), opposite to dE_tot. Rows of the pure host (surface energies) and of Fe(100) are left out.
/// </remarks>
public static class SegregationTable
{
    private const string WhenMissing =
        "It is the table of surface segregation energies of Ruban, Skriver and Norskov, Phys. Rev. B 59, 15990 (1999), "
        + "doi 10.1103/PhysRevB.59.15990, one host-dopant pair a line, with the columns "
        + "host,surface,dopant,e_seg_eV,is_surface_energy_diagonal. "
        + "The numbers are in github.com/aced-differentiate/auto_cat, src/autocat/data/segregation_energies/raban1999.json.";

    /// <summary>Reads the table.</summary>
    /// <param name="csv">The file <c>ruban1999_tidy.csv</c>.</param>
    /// <exception cref="DataException">It is missing or has unusable lines.</exception>
    public static DataTable Load(string csv)
    {
        using var file = new CsvFile(csv, WhenMissing);
        int host = file.Require("host"), surface = file.Require("surface"), dopant = file.Require("dopant");
        int energy = file.Require("e_seg_eV"), diagonal = file.Require("is_surface_energy_diagonal");
        file.ThrowProblems();

        var rows = new CompositionRows();
        while (file.Read())
        {
            var (x, tm, value) = (file.Element(host), file.Element(dopant), file.Number(energy));
            if (x is null || tm is null)
            {
                continue;
            }

            if (x == tm || file.Text(diagonal) == "1")
            {
                rows.LeaveOut(file.Place, $"{x} in {x} is the surface energy of the pure host");
            }
            else if (file.Text(surface) is "bcc100" or "Fe(100)" or "100")
            {
                rows.LeaveOut(file.Place, $"{tm} in {x}: surface {file.Text(surface)} is not the close-packed one");
            }
            else if (!rows.TryAdd($"{x}-{tm}", file.Line, x, tm, 12, 1, [value], out var earlier, file.ShortPlace))
            {
                file.Report(dopant, FormattableString.Invariant($"the pair {x}, {tm} repeats line {earlier}"));
            }
        }

        file.Finish(rows.Count);
        return rows.ToTable("segregation", [new("e_seg", "eV")]);
    }
}
