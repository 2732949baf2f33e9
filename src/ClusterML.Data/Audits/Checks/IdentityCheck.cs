using ClusterML.Data.Audits.Identities;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Equations that columns obey: those declared, those known by the names of columns, and that X12X gives in = out.</summary>
internal sealed class IdentityCheck : ITableCheck
{
    /// <summary>Energies of one cluster under two names, eV.</summary>
    private const double SameEnergy = 1e-6;

    public string Name => "identities between columns";

    public string? NotApplicable(AuditTable table) => null;

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var declared = Declared(table, [.. table.Identities.Concat(options.Identities).Distinct(StringComparer.Ordinal)]);
        var known = KnownIdentities.All.Where(k => declared.All(d => d.Text != k.Text) && k.Columns.All(c => table.Find(c)?.Numbers is not null));
        return declared.Concat(known).SelectMany(identity => Violations(table, identity)).Concat(OneCluster(table));
    }

    private static List<Identity> Declared(AuditTable table, IReadOnlyList<string> texts)
    {
        var problems = new List<DataProblem>();
        var identities = new List<Identity>();
        foreach (var text in texts)
        {
            try
            {
                var identity = Identity.Parse(text);
                identities.Add(identity);
                problems.AddRange(identity.Columns.Where(c => table.Find(c)?.Numbers is null).Select(c => new DataProblem(
                    "",
                    0,
                    0,
                    table.Find(c) is not null
                        ? $"identity \"{text}\": the column {c} of {table.Name} does not hold numbers"
                        : $"identity \"{text}\": {table.Name} has no column {c}; it has {string.Join(", ", table.Columns.Where(k => k.Numbers is not null).Select(k => k.Name))}")));
            }
            catch (IdentitySyntaxException e)
            {
                problems.Add(new("", 0, 0, e.Message));
            }
        }

        return problems.Count == 0 ? identities : throw new DataException(problems);
    }

    private static IEnumerable<Finding> Violations(AuditTable table, Identity identity)
    {
        for (var row = 0; row < table.RowCount; row++)
        {
            var at = row;
            var (left, right) = identity.Sides(column => table.Find(column)!.Numbers![at]);
            if (!identity.Holds(left, right))
            {
                yield return Finding.Of(
                    FindingKinds.IdentityViolation,
                    FormattableString.Invariant($"{identity.Text}: {left:0.######} on the left, {right:0.######} on the right"),
                    [table.Row(row)],
                    identity.Columns);
            }
        }
    }

    /// <summary>A host that is its own dopant is one cluster: both sites have its energy.</summary>
    private static IEnumerable<Finding> OneCluster(AuditTable table)
    {
        var (host, dopant) = (table.Find("host")?.Texts, table.Find("dopant")?.Texts);
        var (inside, outside) = (table.Find("e_form_in")?.Numbers, table.Find("e_form_out")?.Numbers);
        if (host is null || dopant is null || inside is null || outside is null)
        {
            yield break;
        }

        for (var row = 0; row < table.RowCount; row++)
        {
            if (host[row] == dopant[row] && Math.Abs(inside[row] - outside[row]) > SameEnergy)
            {
                yield return Finding.Of(
                    FindingKinds.IdentityViolation,
                    FormattableString.Invariant($"{table.RowIds[row]} is one cluster for both sites, but e_form_in = {inside[row]:0.######} and e_form_out = {outside[row]:0.######} eV"),
                    [table.Row(row)],
                    ["e_form_in", "e_form_out"]);
            }
        }
    }
}
