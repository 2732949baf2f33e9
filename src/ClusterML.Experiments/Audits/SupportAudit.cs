using System.Globalization;
using ClusterML.Chemistry.Elements;
using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Learning.Tokens;

namespace ClusterML.Experiments.Audits;

/// <summary>Compares the rows of a table with what a frozen network saw in pretraining.</summary>
/// <remarks>
/// A column that pretraining saw one value of is untrained. It is severe where a row of the table has another value, for then weights
/// that never learnt anything take part in every difference between rows; where all rows have the same value as in pretraining the token
/// only adds a constant, which is noted.
/// </remarks>
public static class SupportAudit
{
    private const string CheckName = "what pretraining saw";
    private const int MostNames = 8;

    /// <summary>The d block with Lu, as the paper counts its thirty dopants.</summary>
    private static readonly (int From, int To)[] TransitionMetals = [(21, 30), (39, 48), (71, 80)];

    /// <summary>Audits the rows that a frozen network is to describe.</summary>
    public static AuditReport Run(DataTable table, BackboneSupport support)
    {
        var (codes, numbers) = BackboneSupport.Describe(table);
        FindingRow Row(int row) => new(table.RowIds[row], table.RowPlaces.Count > row ? table.RowPlaces[row] : string.Empty);
        return new(
            table.Name,
            table.RowCount,
            [
                .. Overlap(table, support, Row),
                .. Untrained(numbers, support),
                .. Unseen(table, codes, support, Row),
                .. Outside(numbers, support, Row),
            ],
            [new(CheckName)]);
    }

    /// <summary>Audits a pretraining that nothing is fitted on yet: what it will leave untrained.</summary>
    public static AuditReport Run(BackboneSupport support)
    {
        var findings = new List<Finding>();
        var constant = support.Continuous.Where(c => c.IsConstant).Select(c => c.Name).ToArray();
        if (constant.Length > 0)
        {
            findings.Add(Finding.Of(
                FindingKinds.UntrainedToken,
                FormattableString.Invariant($"{constant.Length} of {support.Continuous.Count} continuous columns are constant over the {support.Rows} pretraining rows: {Names(constant)}"),
                columns: constant) with
            { Severity = AuditSeverity.Warning });
        }

        var unseen = ElementTable.Default.All
            .Where(IsTransitionMetal)
            .Where(e => !support.Categorical[0].Codes.Contains(ElementVocabularies.Codes(e)[0]))
            .Select(e => e.Symbol)
            .ToArray();
        if (unseen.Length > 0)
        {
            findings.Add(Finding.Of(FindingKinds.UnseenCategory, $"transition metals without a pretraining row: {string.Join(", ", unseen)}", columns: [support.Categorical[0].Name]));
        }

        return new(support.Table, support.Rows, findings, [new(CheckName)]);
    }

    /// <summary>The report on a backbone that does not say what it saw.</summary>
    public static AuditReport Unknown(DataTable table, string folder) => new(
        table.Name,
        table.RowCount,
        [Finding.Of(FindingKinds.SupportUnknown, $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} has no {BackboneSupportFile.FileName}")],
        [new(CheckName, $"the backbone has no {BackboneSupportFile.FileName}")]);

    /// <summary>Whether an element is of the d block.</summary>
    internal static bool IsTransitionMetal(Element element) =>
        TransitionMetals.Any(t => element.AtomicNumber >= t.From && element.AtomicNumber <= t.To);

    private static IEnumerable<Finding> Overlap(DataTable table, BackboneSupport support, Func<int, FindingRow> row)
    {
        var seen = support.Compositions.ToHashSet(StringComparer.Ordinal);
        foreach (var (i, formula) in CompositionFormula.OfRows(table).Index())
        {
            if (seen.Contains(formula))
            {
                yield return Finding.Of(
                    FindingKinds.PretrainingOverlap, $"{table.RowIds[i]} is {formula}, and {formula} is a row of the pretraining table {support.Table}", [row(i)]);
            }
            else if (NextSize(table, i) is { } next && seen.Contains(next))
            {
                yield return Finding.Of(
                    FindingKinds.PretrainingOverlap,
                    $"{table.RowIds[i]} is {formula}, and the target of {next} in the pretraining table {support.Table} is its energy less that of {formula}",
                    [row(i)]);
            }
        }
    }

    /// <summary>The unary cluster with one atom more: in pretraining its target is the difference to this one. Null for two elements.</summary>
    private static string? NextSize(DataTable table, int row)
    {
        var (host, dopant) = (table.TextColumns["host"][row], table.TextColumns["dopant"][row]);
        return host == dopant ? CompositionFormula.Of((host, table.NumberColumns["n_atoms_1"][row] + table.NumberColumns["n_atoms_2"][row] + 1)) : null;
    }

    private static IEnumerable<Finding> Untrained(float[][] numbers, BackboneSupport support)
    {
        var (varying, still) = (new List<string>(), new List<string>());
        foreach (var (j, column) in support.Continuous.Index())
        {
            if (column.IsConstant)
            {
                (numbers.Any(row => float.IsFinite(row[j]) && row[j] != column.Min) ? varying : still).Add(column.Name);
            }
        }

        if (varying.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.UntrainedToken,
                FormattableString.Invariant(
                    $"{varying.Count} of {support.Continuous.Count} continuous columns had one value in the {support.Rows} rows of pretraining and have others here: {Names(varying)}"),
                columns: varying);
        }

        if (still.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.UntrainedToken,
                FormattableString.Invariant($"{still.Count} continuous columns had one value in pretraining and have the same in every row here: {Names(still)}"),
                columns: still) with
            {
                Severity = AuditSeverity.Note,
                Why = "Such a token adds the same vector to every row, which a head with an intercept takes up.",
                Remedy = "None needed for these rows; a row with another value would make it severe.",
            };
        }
    }

    private static IEnumerable<Finding> Unseen(DataTable table, int[][] codes, BackboneSupport support, Func<int, FindingRow> row)
    {
        var byElement = new SortedDictionary<string, (HashSet<string> Columns, HashSet<int> Rows)>(StringComparer.Ordinal);
        foreach (var (j, column) in support.Categorical.Index())
        {
            var seen = column.Codes.ToHashSet();

            // Columns come in pairs: a property at site 1, then at site 2.
            var elements = table.TextColumns[j % 2 == 0 ? "host" : "dopant"];
            for (var i = 0; i < codes.Length; i++)
            {
                if (!seen.Contains(codes[i][j]))
                {
                    if (!byElement.TryGetValue(elements[i], out var entry))
                    {
                        byElement.Add(elements[i], entry = ([], []));
                    }

                    entry.Columns.Add(column.Name);
                    entry.Rows.Add(i);
                }
            }
        }

        foreach (var (element, (columns, rows)) in byElement)
        {
            yield return Finding.Of(
                FindingKinds.UnseenCategory,
                FormattableString.Invariant($"{element} in {rows.Count} of {table.RowCount} rows: pretraining never saw its {Names([.. columns.Order(StringComparer.Ordinal)])}"),
                rows.Select(row),
                columns);
        }
    }

    private static IEnumerable<Finding> Outside(float[][] numbers, BackboneSupport support, Func<int, FindingRow> row)
    {
        var columns = new List<(string Text, string Name)>();
        var rows = new HashSet<int>();
        foreach (var (j, column) in support.Continuous.Index().Where(c => !c.Item.IsConstant))
        {
            int[] outside = [.. Enumerable.Range(0, numbers.Length).Where(i => numbers[i][j] < column.Min || numbers[i][j] > column.Max)];
            if (outside.Length > 0)
            {
                columns.Add((string.Create(CultureInfo.InvariantCulture, $"{column.Name} in {outside.Length} rows (seen {column})"), column.Name));
                rows.UnionWith(outside);
            }
        }

        if (columns.Count > 0)
        {
            yield return Finding.Of(
                FindingKinds.OutsidePretrainingRange,
                FormattableString.Invariant($"{rows.Count} of {numbers.Length} rows leave the range of pretraining: {Names([.. columns.Select(c => c.Text)])}"),
                rows.Select(row),
                columns.Select(c => c.Name));
        }
    }

    private static string Names(IReadOnlyList<string> names) => names.Count <= MostNames
        ? string.Join(", ", names)
        : FormattableString.Invariant($"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more");
}
