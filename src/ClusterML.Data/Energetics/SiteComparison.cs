using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics.Trends;

namespace ClusterML.Data.Energetics;

/// <summary>A dataset beside published values: every pair of numbers, and how far they are apart.</summary>
/// <param name="Pairs">Both numbers of a quantity of a site, where there are both; published rows in their order.</param>
/// <param name="Summaries">One line for each quantity that has a pair.</param>
public sealed record SiteComparison(IReadOnlyList<SitePair> Pairs, IReadOnlyList<SiteAgreement> Summaries)
{
    /// <summary>Compares sites that are usable; a site with a fault has no say.</summary>
    /// <param name="ours">The dataset.</param>
    /// <param name="published">The published values.</param>
    public static SiteComparison Of(SiteTable ours, IReadOnlyList<PublishedSite> published)
    {
        var sites = ours.Sites.Where(s => s.Fault is null).GroupBy(s => (s.Host, s.Dopant, s.Site)).ToDictionary(g => g.Key, g => g.First());
        var pairs = new List<SitePair>();
        foreach (var row in published)
        {
            if (!sites.TryGetValue((row.Host, row.Dopant, row.Site), out var site))
            {
                continue;
            }

            pairs.AddRange(
                from column in SiteColumn.All
                where row.Values.ContainsKey(column.Name)
                let pair = new SitePair(row.Host, row.Dopant, row.Site, column, column.Of(site), row.Values[column.Name])
                where double.IsFinite(pair.Ours) && double.IsFinite(pair.Published)
                select pair);
        }

        return new(pairs, [.. pairs.GroupBy(p => p.Column).Select(g => SiteAgreement.Of(g.Key, [.. g]))]);
    }

    /// <summary>Writes the pairs as csv: <c>host,dopant,site,quantity,unit,ours,published,difference</c>.</summary>
    public void Write(TextWriter writer)
    {
        writer.Write("host,dopant,site,quantity,unit,ours,published,difference\n");
        foreach (var p in Pairs)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{p.Host.Symbol},{p.Dopant.Symbol},{p.Site.Name()},{p.Column.Name},{p.Column.Unit},{p.Ours:F4},{p.Published:F4},{p.Difference:F4}\n"));
        }
    }
}
