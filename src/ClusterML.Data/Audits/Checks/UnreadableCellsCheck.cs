using System.Globalization;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Data.Audits.Checks;

/// <summary>Cells of columns with a known name that hold neither the element nor the number that the name promises.</summary>
internal sealed class UnreadableCellsCheck : ITableCheck
{
    private static readonly string[] ElementNames = ["host", "dopant", "symbol", "element"];
    private static readonly string[] NumberNames = ["n_atoms", "n_atoms_1", "n_atoms_2", "energy_total_eV", "total_energy_eV", "energy_eV", "e_b", "e_b_eV_per_atom", "eb_eV_per_atom"];

    public string Name => "cells that cannot be read";

    public string? NotApplicable(AuditTable table) =>
        table.Columns.Any(c => ElementNames.Contains(c.Name) || NumberNames.Contains(c.Name)) ? null : "no column has a name that says what it holds";

    public IEnumerable<Finding> Find(AuditTable table, AuditOptions options)
    {
        foreach (var (position, column) in table.Columns.Index())
        {
            // A column of numbers has been read; one without a single element is something else that bears the name.
            if (column.Texts is not { } texts
                || (!NumberNames.Contains(column.Name) && !(ElementNames.Contains(column.Name) && texts.Any(t => ElementTable.Default.Find(t) is not null))))
            {
                continue;
            }

            var isNumber = NumberNames.Contains(column.Name);
            foreach (var (row, text) in texts.Index().Where(t => isNumber ? !IsNumber(t.Item) : ElementTable.Default.Find(t.Item) is null))
            {
                var place = table.Places.Count == 0 ? "" : table.ColumnNumbers.Count == 0 ? $"{table.Places[row]}: " : FormattableString.Invariant($"{table.Places[row]}:{table.ColumnNumbers[position]}: ");
                yield return Finding.Of(
                    FindingKinds.UnreadableCells,
                    $"{place}{(isNumber ? $"{column.Name} \"{text}\" is not a number" : ElementTable.Default.Unknown(column.Name, text))}",
                    [table.Row(row)],
                    [column.Name]);
            }
        }
    }

    private static bool IsNumber(string text) => text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
