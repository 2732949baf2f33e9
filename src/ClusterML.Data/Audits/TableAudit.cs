using ClusterML.Data.Audits.Checks;
using ClusterML.Data.Options;

namespace ClusterML.Data.Audits;

/// <summary>Looks through one table for what would make results wrong: copies, leaks, contradictions and implausible energies.</summary>
public static class TableAudit
{
    private static readonly ITableCheck[] Checks =
    [
        new DuplicateCheck(),
        new CompositionCheck(),
        new TargetLeakCheck(),
        new ColumnCheck(),
        new ConstantTargetCheck(),
        new GroupCheck(),
        new IdentityCheck(),
        new BindingPartsCheck(),
        new BindingEnergyCheck(),
        new EnergyCurveCheck(),
        new TargetOutlierCheck(),
        new ConvergenceColumnCheck(),
        new WeightCheck(),
        new UnreadableCellsCheck(),
        new SizeCheck(),
        new ImputationCheck(),
    ];

    /// <summary>Makes every check that the table's columns allow.</summary>
    /// <exception cref="DataException">A declared identity does not parse, or names a column that the table lacks.</exception>
    public static AuditReport Run(AuditTable table, AuditOptions? options = null)
    {
        var chosen = (options ?? new()).Checked();
        var checks = new List<AuditCheck>();
        var findings = new List<Finding>();
        foreach (var check in Checks)
        {
            var reason = check.NotApplicable(table);
            checks.Add(new(check.Name, reason));
            if (reason is null)
            {
                findings.AddRange(check.Find(table, chosen));
            }
        }

        return new(table.Name, table.RowCount, findings, checks);
    }

    /// <summary>Sets of rows that are copies of each other, exactly or up to rounding, as positions in the table.</summary>
    public static IReadOnlyList<int[]> Copies(AuditTable table, AuditOptions? options = null) =>
        table.RowCount < 2 ? [] : DuplicateCheck.Copies(table, (options ?? new()).Checked().NearlyEqual);

    /// <summary>Audits a table for experiments.</summary>
    /// <exception cref="DataException">A declared identity does not parse, or names a column that the table lacks.</exception>
    public static AuditReport Run(DataTable table, AuditOptions? options = null) => Run(AuditTable.Of(table), options);
}
