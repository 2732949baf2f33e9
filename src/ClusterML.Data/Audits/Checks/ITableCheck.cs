namespace ClusterML.Data.Audits.Checks;

/// <summary>One check of a table.</summary>
internal interface ITableCheck
{
    /// <summary>What is checked, in a few words.</summary>
    string Name { get; }

    /// <summary>Why the check cannot be made on this table; null when it can.</summary>
    string? NotApplicable(AuditTable table);

    /// <summary>What it finds; the same for any order of the rows.</summary>
    IEnumerable<Finding> Find(AuditTable table, AuditOptions options);
}
