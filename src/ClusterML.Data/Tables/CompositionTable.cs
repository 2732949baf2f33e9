namespace ClusterML.Data;

/// <summary>Tables of compositions without targets, for prediction.</summary>
public static class CompositionTable
{
    /// <summary>A table of these compositions.</summary>
    public static DataTable FromRows(IEnumerable<CompositionRow> rows) => throw new NotImplementedException();

    /// <summary>Reads <c>host,dopant[,n_atoms_1,n_atoms_2][,row_id]</c>.</summary>
    public static DataTable Load(string csv) => throw new NotImplementedException();
}
