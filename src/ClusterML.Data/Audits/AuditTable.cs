namespace ClusterML.Data.Audits;

/// <summary>Rows as an audit sees them: any table, with or without roles.</summary>
public sealed class AuditTable
{
    private readonly Dictionary<string, AuditColumn> byName;

    /// <summary>A table of these columns.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="rowIds">One id a row.</param>
    /// <param name="columns">The columns, each as long as there are ids and with a name of its own.</param>
    public AuditTable(string name, IReadOnlyList<string> rowIds, IReadOnlyList<AuditColumn> columns)
    {
        if (columns.FirstOrDefault(c => c.Length != rowIds.Count) is { } odd)
        {
            throw new ArgumentException(FormattableString.Invariant($"table {name}: {odd.Name} has {odd.Length} values, expected {rowIds.Count}"), nameof(columns));
        }

        Name = name;
        RowIds = rowIds;
        Columns = columns;
        byName = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>Name in messages.</summary>
    public string Name { get; }

    /// <summary>One id a row.</summary>
    public IReadOnlyList<string> RowIds { get; }

    /// <summary>Where each row was read; empty when not known.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Where each column stands in its file, from 1; empty when not known.</summary>
    public IReadOnlyList<int> ColumnNumbers { get; init; } = [];

    /// <summary>Equations that were declared with the rows.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>The columns.</summary>
    public IReadOnlyList<AuditColumn> Columns { get; }

    /// <summary>Whether rows are compositions (<c>host</c>, <c>dopant</c>, <c>n_atoms_1</c>, <c>n_atoms_2</c>).</summary>
    public bool IsComposition { get; init; }

    /// <summary>Number of rows.</summary>
    public int RowCount => RowIds.Count;

    /// <summary>The column with this name, or null.</summary>
    public AuditColumn? Find(string column) => byName.GetValueOrDefault(column);

    /// <summary>Columns with this role.</summary>
    public IReadOnlyList<AuditColumn> With(AuditColumnRole role) => [.. Columns.Where(c => c.Role == role)];

    /// <summary>A row as findings name it.</summary>
    public FindingRow Row(int row) => new(RowIds[row], Places.Count > row ? Places[row] : "");

    /// <summary>The audit's view of a table for experiments.</summary>
    public static AuditTable Of(DataTable table)
    {
        AuditColumnRole Role(bool feature) => feature ? AuditColumnRole.Feature : AuditColumnRole.Other;
        var columns = new List<AuditColumn>();
        columns.AddRange(table.TextColumns.Select(c => AuditColumn.Of(c.Key, Role(table.CategoricalColumns.Contains(c.Key)), c.Value) with
        {
            IsGroup = table.GroupColumns.Contains(c.Key),
        }));
        columns.AddRange(table.NumberColumns.Select(c => AuditColumn.Of(
            c.Key, Role(table.NumericColumns.Contains(c.Key)), [.. c.Value.Select(v => (double)v)])));
        columns.AddRange(table.Targets.Select((t, i) => AuditColumn.Of(
            t.Name, AuditColumnRole.Target, [.. table.TargetValues.Select(row => row[i])])));
        columns.AddRange(table.MetadataColumns.Select(c => AuditColumn.Read(c.Key, AuditColumnRole.Other, c.Value)));
        if (table.Weights is { } weights)
        {
            columns.Add(AuditColumn.Of("weight", AuditColumnRole.Weight, [.. weights.Select(w => (double)w)]));
        }

        return new(table.Name, table.RowIds, columns) { IsComposition = table.IsComposition, Places = table.RowPlaces, Identities = table.Identities };
    }

    /// <summary>This table with further columns.</summary>
    public AuditTable WithColumns(IEnumerable<AuditColumn> more) =>
        new(Name, RowIds, [.. Columns, .. more]) { IsComposition = IsComposition, Places = Places, Identities = Identities };
}
