namespace ClusterML.Data;

/// <summary>Loads the table.</summary>
public static class CsvTable
{
    /// <summary>Loads the table.</summary>
    public static DataTable Load(string csv, IReadOnlyList<CsvColumn> columns) => throw new NotImplementedException();
}
