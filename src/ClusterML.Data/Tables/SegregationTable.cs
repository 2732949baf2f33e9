namespace ClusterML.Data;

/// <summary>Loads the table.</summary>
public static class SegregationTable
{
    /// <summary>Loads the table.</summary>
    public static DataTable Load(string csv) => throw new NotImplementedException();
}
