using ClusterML.Data.Audits;

namespace ClusterML.Data.Tests.Audits;

/// <summary>Small tables for the checks, and the findings of one kind in them.</summary>
internal static class AuditTables
{
    /// <summary>A feature of numbers.</summary>
    public static AuditColumn Feature(string name, params double[] values) => AuditColumn.Of(name, AuditColumnRole.Feature, values);

    /// <summary>A feature of texts.</summary>
    public static AuditColumn Category(string name, params string[] values) => AuditColumn.Of(name, AuditColumnRole.Feature, values);

    /// <summary>A target.</summary>
    public static AuditColumn Target(string name, params double[] values) => AuditColumn.Of(name, AuditColumnRole.Target, values);

    /// <summary>A column without a role.</summary>
    public static AuditColumn Other(string name, params string[] values) => AuditColumn.Read(name, AuditColumnRole.Other, values);

    /// <summary>A table of these columns; rows are called r0, r1 and so on.</summary>
    public static AuditTable Of(params AuditColumn[] columns) =>
        new("rows", [.. Enumerable.Range(0, columns[0].Length).Select(i => $"r{i}")], columns)
        {
            Places = [.. Enumerable.Range(0, columns[0].Length).Select(i => $"rows.csv:{i + 2}")],
        };

    /// <summary>A table of compositions.</summary>
    public static AuditTable Compositions(params (string Host, string Dopant, double First, double Second, double In, double Out)[] rows) =>
        new("pairs", [.. rows.Select((r, i) => $"{r.Host}{r.First}{r.Dopant}#{i}")],
        [
            Category("host", [.. rows.Select(r => r.Host)]),
            Category("dopant", [.. rows.Select(r => r.Dopant)]),
            Feature("n_atoms_1", [.. rows.Select(r => r.First)]),
            Feature("n_atoms_2", [.. rows.Select(r => r.Second)]),
            Target("e_form_in", [.. rows.Select(r => r.In)]),
            Target("e_form_out", [.. rows.Select(r => r.Out)]),
        ])
        { IsComposition = true };

    /// <summary>Numbers that look like measurements and are no line, no copy and no count.</summary>
    public static double[] Noise(int n, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (10 * random.NextDouble()) - 5)];
    }

    /// <summary>The findings of one kind in a table.</summary>
    public static IReadOnlyList<Finding> Find(this AuditTable table, FindingKind kind, AuditOptions? options = null) => TableAudit.Run(table, options).Of(kind);

    /// <summary>Ids of the rows of findings, in order.</summary>
    public static IEnumerable<string> Ids(this IEnumerable<Finding> findings) => findings.SelectMany(f => f.Rows).Select(r => r.Id);
}
