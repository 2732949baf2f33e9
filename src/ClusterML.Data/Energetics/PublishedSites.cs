using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Energetics;

/// <summary>Reads values that somebody published for sites, under whatever column names they chose.</summary>
/// <remarks>
/// Only <c>host</c> must be there. Without <c>dopant</c> a row is the cluster of one element, X13; without <c>site</c> it is the
/// dopant inside. Any of <see cref="SiteColumn.All"/> may be there; an empty cell is a value that was not published.
/// </remarks>
public static class PublishedSites
{
    private const string WhenMissing = "give a table with the host, or the element, and what was published for it";

    /// <summary>Reads the rows.</summary>
    /// <param name="path">A csv or Parquet file.</param>
    /// <param name="names">Names of the file's columns by the names used here, such as <c>host</c> to <c>symbol</c>; what is not in it has its own name.</param>
    /// <exception cref="DataException">The file is missing, has no column of values, or a cell is not what it should be; all problems are named.</exception>
    public static IReadOnlyList<PublishedSite> Read(string path, IReadOnlyDictionary<string, string> names)
    {
        using var file = RowFile.Open(path, WhenMissing);
        string Named(string column) => names.TryGetValue(column, out var other) ? other : column;
        int Find(string column) => names.ContainsKey(column) ? file.Require(names[column]) : file.Find(column);

        var host = file.Require(Named("host"));
        var (dopant, site) = (Find("dopant"), Find("site"));
        var values = SiteColumn.All.Select(c => (Column: c, Index: Find(c.Name))).Where(c => c.Index >= 0).ToArray();
        file.ThrowProblems();
        if (values.Length == 0)
        {
            throw new DataException([new DataProblem(
                path, 1, 0, $"no column of values: it needs any of {string.Join(", ", SiteColumn.All.Select(c => c.Name))}, or the names that it gives them")]);
        }

        var rows = new List<PublishedSite>();
        var lines = new Dictionary<(string, string, Site), int>();
        while (file.Read())
        {
            var x = file.Element(host);
            var tm = dopant < 0 ? x : file.Element(dopant);
            var where = SiteOf(file, site);
            var numbers = values.ToDictionary(c => c.Column.Name, c => file.OptionalNumber(c.Index), StringComparer.Ordinal);
            if (x is not null && tm is not null)
            {
                if (!lines.TryAdd((x.Symbol, tm.Symbol, where), file.Line))
                {
                    file.Report(host, FormattableString.Invariant($"this site was published in {file.LineWord} {lines[(x.Symbol, tm.Symbol, where)]} already; keep one of the two"));
                }

                rows.Add(new(file.Place, x, tm, where, numbers));
            }
        }

        file.Finish(rows.Count);
        return rows;
    }

    private static Site SiteOf(RowFile file, int column)
    {
        switch (column < 0 ? "in" : file.RequiredText(column))
        {
            case "out":
                return Site.Out;
            case "in" or "":
                return Site.In;
            case var other:
                file.Report(column, $"site \"{other}\" is neither in nor out");
                return Site.In;
        }
    }
}
