using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics;
using ClusterML.Chemistry.Energetics.Trends;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Energetics;

/// <summary>A row of a table of sites as it was written down, digits and all.</summary>
internal sealed record SiteRow(string Place, string Method, SiteProperties Site, ComponentRow? Components)
{
    /// <summary>Why the row contradicts itself, with both numbers; null when it does not.</summary>
    public string? Refusal => Components is not null && Components.Check().Where(c => !c.Agrees).Select(c => c.ToString()).ToArray() is { Length: > 0 } faults
        ? string.Join("; ", faults)
        : null;

    public static IReadOnlyList<SiteRow> ReadAll(string path, string whenMissing)
    {
        using var file = RowFile.Open(path, whenMissing);
        int[] keys = [.. SiteTableFile.Keys.Select(file.Require)];
        file.ThrowProblems();
        var rows = new List<SiteRow>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        while (file.Read())
        {
            var (host, dopant, site) = (file.Element(keys[0]), file.Element(keys[1]), SiteOf(file, keys[2]));
            var row = Read(file, host, dopant, site ?? default);
            if (host is null || dopant is null || site is null)
            {
                continue;
            }

            if (!seen.TryAdd(row.Site.Name, row.Place))
            {
                file.Report(keys[2], $"the site {row.Site.Name} is already in {seen[row.Site.Name]}");
            }

            rows.Add(row);
        }

        file.Finish(rows.Count);
        return rows;
    }

    private static SiteRow Read(RowFile file, Element? host, Element? dopant, Site site)
    {
        var values = SiteColumn.All.Select(c => c.Name).Concat(["e_total", "e_host_atom", "e_dopant_atom"])
            .ToDictionary(name => name, name => Value(file, name), StringComparer.Ordinal);
        double Of(string name) => values[name].Value;
        string Text(string name) => file.Find(name) is >= 0 and var column ? file.Text(column) : "";

        // A stand-in for an element that is not one: the row is reported and not used.
        var placeholder = ElementTable.Default.All[0];
        var properties = new SiteProperties
        {
            Host = host ?? placeholder,
            Dopant = dopant ?? placeholder,
            Site = site,
            Source = file.Place,
            Fault = Text("fault") is { Length: > 0 } fault ? fault : null,
            Binding = Of("e_b"),
            HostBinding = Of("e_b_u"),
            Interaction = Of("e_int"),
            Distortion = Of("de_dist"),
            Formation = Of("e_form"),
            SitePreference = Of("de_tot"),
            BondLength = Of("d_av"),
            Ecn = Of("ecn"),
            DopantEcn = Of("ecn_dopant"),
            DBandCentre = Of("d_centre"),
            Gap = Of("gap"),
            Frequencies = Frequencies(file),
        };
        return new(file.Place, Text("method"), properties, ComponentsOf(file.Place, properties, values));
    }

    private static ComponentRow? ComponentsOf(string place, SiteProperties site, Dictionary<string, StatedValue> values)
    {
        var parts = new BindingComponents(values["e_b_u"], values["e_int"], values["de_dist"]);
        var totals = new BindingTotals(values["e_total"], values["e_host_atom"], values["e_dopant_atom"]);
        return !parts.Binding.IsPresent
            ? null
            : new(place, site.Host, site.Dopant, site.Site, parts, values["e_b"].IsPresent ? values["e_b"] : null, totals.Binding.IsPresent ? totals : null);
    }

    private static StatedValue Value(RowFile file, string name)
    {
        var column = file.Find(name);
        if (column < 0 || file.Text(column).Length == 0)
        {
            return StatedValue.Missing;
        }

        if (StatedValue.TryParse(file.Text(column), out var value))
        {
            return value;
        }

        // Says what is wrong with the number in the words of every other table.
        file.OptionalNumber(column);
        return StatedValue.Missing;
    }

    private static Site? SiteOf(RowFile file, int column)
    {
        switch (file.RequiredText(column))
        {
            case "in":
                return Chemistry.Calculations.Site.In;
            case "out":
                return Chemistry.Calculations.Site.Out;
            case "":
                return null;
            case var other:
                file.Report(column, $"site \"{other}\" is neither in nor out");
                return null;
        }
    }

    private static double[] Frequencies(RowFile file)
    {
        var column = file.Find("frequencies");
        if (column < 0)
        {
            return [];
        }

        var words = file.Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                file.Report(column, $"\"{words[i]}\" is not a frequency; give numbers in 1/cm separated by blanks, imaginary ones negative");
                return [];
            }
        }

        return numbers;
    }
}
