using ClusterML.Data.Audits.Identities;
using ClusterML.Data.Errors;

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
                if (Missing(table, identity) is { } missing)
                {
                    problems.Add(new("", 0, 0, $"identity \"{text}\": {missing}"));
                }
            }
            catch (IdentitySyntaxException e)
            {
                problems.Add(new("", 0, 0, e.Message));
            }
        }

        return problems.Count == 0 ? identities : throw new DataException(problems);
    }

    /// <summary>Every column of an identity that the table lacks, with what may have been meant; the list of columns once, where nothing is near.</summary>
    private static string? Missing(AuditTable table, Identity identity)
    {
        string[] numbers = [.. table.Columns.Where(k => k.Numbers is not null).Select(k => k.Name)];
        string? Near(string column) => NearestName.Of(column, numbers)
            ?? numbers.FirstOrDefault(n => n.StartsWith(column + "_", StringComparison.Ordinal))
            ?? numbers.FirstOrDefault(n => n.StartsWith(column + "_", StringComparison.OrdinalIgnoreCase));
        string[] text = [.. identity.Columns.Distinct(StringComparer.Ordinal).Where(c => table.Find(c)?.Texts is not null)];
        var lacking = identity.Columns.Distinct(StringComparer.Ordinal).Where(c => table.Find(c) is null).Select(c => (Name: c, Near: Near(c))).ToArray();
        var parts = text.Select(c => $"the column {c} of {table.Name} does not hold numbers").ToList();
        if (lacking.Length > 0)
        {
            var names = string.Join(", ", lacking.Select(l => l.Near is null ? l.Name : $"{l.Name} (did you mean {l.Near}?)"));
            var list = lacking.Any(l => l.Near is null) ? $"; it has {string.Join(", ", numbers)}" : "";
            parts.Add($"{table.Name} has no column {names}{list}");
        }

        return parts.Count == 0 ? null : string.Join("; ", parts);
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
