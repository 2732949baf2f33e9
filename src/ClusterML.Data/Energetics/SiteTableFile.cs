using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Energetics;

/// <summary>Reads and writes tables of sites: one row for each site of each composition, with what is known of it.</summary>
/// <remarks>
/// Columns <c>host</c>, <c>dopant</c> and <c>site</c> (in, out) must be there; all others may be missing or have empty cells: those
/// of <see cref="SiteColumn.All"/>, <c>frequencies</c> (1/cm, separated by blanks, imaginary ones negative), <c>method</c>, and
/// <c>fault</c> (why a row is not to be used). A row with E_b and its three parts must satisfy equation 5 within its stated
/// digits; one that does not is left out with both numbers. Rows of another method than most are left out with both methods.
/// The totals <c>e_total</c>, <c>e_host_atom</c> and <c>e_dopant_atom</c> (eV) are checked the same way.
/// </remarks>
public static class SiteTableFile
{
    /// <summary>Columns that every table of sites has.</summary>
    public static readonly IReadOnlyList<string> Keys = ["host", "dopant", "site"];

    private const string WhenMissing = "give a table with the columns host, dopant, site and what was computed for them";

    /// <summary>Whether a file of rows has the columns that make it a table of sites.</summary>
    /// <exception cref="DataException">There is no such file, or it is empty.</exception>
    public static bool IsOne(string path)
    {
        using var file = RowFile.Open(path, WhenMissing);
        return Keys.All(k => file.Find(k) >= 0);
    }

    /// <summary>Reads a table of sites, csv or Parquet.</summary>
    /// <exception cref="DataException">The file is missing, a cell is not what it should be, or a site occurs twice; all problems are named.</exception>
    public static SiteTable Read(string path)
    {
        var rows = SiteRow.ReadAll(path, WhenMissing);
        var methods = rows.Where(r => r.Method.Length > 0).CountBy(r => r.Method).OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).ToArray();
        var method = methods.Length > 0 ? methods[0].Key : "";
        var leftOut = new List<LeftOutCalculation>();
        var sites = new List<SiteProperties>();
        foreach (var row in rows)
        {
            if (row.Method != method)
            {
                leftOut.Add(new(row.Place, $"{row.Site.Name}: another method ({(row.Method.Length == 0 ? "not stated" : row.Method)}) than that of the table ({method})"));
            }
            else if (row.Refusal is { } refusal)
            {
                leftOut.Add(new(row.Place, $"{row.Site.Name}: refused, {refusal}"));
            }
            else
            {
                sites.Add(row.Site);
            }
        }

        return new(sites, method, leftOut, []);
    }

    /// <summary>Reads the parts of binding energies for <see cref="EnergeticsTable.Build"/>; rows without all three parts are skipped.</summary>
    /// <exception cref="DataException">As <see cref="Read"/>; also when no row has all three parts.</exception>
    public static IReadOnlyList<ComponentRow> ReadComponents(string path)
    {
        ComponentRow[] components = [.. SiteRow.ReadAll(path, "give a table with the columns host, dopant, site, e_b_u, e_int and de_dist").Select(r => r.Components).OfType<ComponentRow>()];
        return components.Length > 0
            ? components
            : throw new DataException([new DataProblem(path, 0, 0, "no row has e_b_u, e_int and de_dist")]);
    }

    /// <summary>Writes a table of sites, in a form that <see cref="Read"/> reads: energies with six decimals.</summary>
    public static void Write(TextWriter writer, SiteTable table)
    {
        writer.Write($"{string.Join(',', Keys)},{string.Join(',', SiteColumn.All.Select(c => c.Name))},frequencies,fault,method,source\n");
        foreach (var site in table.Sites)
        {
            var cells = new[] { site.Host.Symbol, site.Dopant.Symbol, site.Site.Name() }
                .Concat(SiteColumn.All.Select(c => Number(c.Of(site))))
                .Append(string.Join(' ', site.Frequencies.Select(f => f.ToString("0.##", CultureInfo.InvariantCulture))))
                .Append(site.Fault ?? "").Append(table.Method).Append(site.Place);
            writer.Write(string.Join(',', cells.Select(Quoted)) + "\n");
        }
    }

    /// <summary>A number with six decimals, or nothing.</summary>
    internal static string Number(double value) => double.IsFinite(value) ? value.ToString("F6", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
