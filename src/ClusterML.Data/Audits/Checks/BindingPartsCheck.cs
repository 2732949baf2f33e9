using ClusterML.Chemistry.Energetics;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Equation 1 against equation 5 of the paper's SI, in tables that state a binding energy and its parts.</summary>
/// <remarks>Numbers that a file writes are taken with the precision that they are written with; others to within 1 meV.</remarks>
internal sealed class BindingPartsCheck : ITableCheck
{
    private const double Unstated = 5e-4;
    private static readonly string[] Names = ["e_b", "e_b_u", "e_int", "de_dist"];

    public string Name => "binding energies from their parts";

    public string? NotApplicable(AuditTable table) =>
        Names.All(name => table.Find(name)?.Numbers is not null) ? null : $"there are no columns {string.Join(", ", Names)}";

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        var columns = Names.Select(name => table.Find(name)!).ToArray();
        for (var row = 0; row < table.RowCount; row++)
        {
            var at = row;
            var values = columns.Select(c => Stated(c, at)).ToArray();
            if (values.All(v => v.IsPresent) && BindingAgreement.Of(values[0], new(values[1], values[2], values[3])) is { Agrees: false } agreement)
            {
                yield return Finding.Of(FindingKinds.IdentityViolation, agreement.ToString(), [table.Row(row)], Names);
            }
        }
    }

    private static StatedValue Stated(AuditColumn column, int row) =>
        column.Written is { } written && StatedValue.TryParse(written[row], out var stated) ? stated : new(column.Numbers![row], Unstated);
}
