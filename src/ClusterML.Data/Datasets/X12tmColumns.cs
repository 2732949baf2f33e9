namespace ClusterML.Data.Datasets;

/// <summary>The columns of rows that are made from calculations.</summary>
public static class X12tmColumns
{
    /// <summary>The columns, in the order of the table.</summary>
    public static IReadOnlyList<DatasetColumn> All { get; } =
    [
        new()
        {
            Name = "row_id", Role = ColumnRole.Id,
            Description = "Composition, such as Ti12Pt; X12X is X13.",
            Provenance = "Names of the calculations.",
        },
        new()
        {
            Name = "host", Role = ColumnRole.Categorical,
            Description = "Symbol of the host X.",
            Provenance = "Names of the calculations.",
        },
        new()
        {
            Name = "dopant", Role = ColumnRole.Categorical,
            Description = "Symbol of the dopant TM.",
            Provenance = "Names of the calculations.",
        },
        new()
        {
            Name = "n_atoms_1", Role = ColumnRole.Numeric, Unit = "1",
            Description = "Atoms of the host: 12.",
            Provenance = "By construction.",
        },
        new()
        {
            Name = "n_atoms_2", Role = ColumnRole.Numeric, Unit = "1",
            Description = "Atoms of the dopant: 1.",
            Provenance = "By construction.",
        },
        new()
        {
            Name = "e_form_in", Role = ColumnRole.Target, Unit = "eV",
            Description = "Formation energy per cluster, dopant at the centre; negative when forming the cluster gains energy.",
            Provenance = "E(X12TM, in) - E(X12) - E(TM), energies extrapolated to zero electronic temperature, lowest X12 of the host.",
        },
        new()
        {
            Name = "e_form_out", Role = ColumnRole.Target, Unit = "eV",
            Description = "Formation energy per cluster, dopant at a vertex of the shell.",
            Provenance = "E(X12TM, out) - E(X12) - E(TM), energies extrapolated to zero electronic temperature, lowest X12 of the host.",
        },
    ];
}
