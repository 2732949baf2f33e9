namespace ClusterML.Data;

/// <summary>Loads the table.</summary>
public static class X12tmTable
{
    /// <summary>Loads the table.</summary>
    public static DataTable Load(string folder, X12tmOptions? options = null) => throw new NotImplementedException();
}
