namespace ClusterML.Data;

/// <summary>Loads the table.</summary>
public static class QcdUnaryTable
{
    /// <summary>Loads the table.</summary>
    public static DataTable Load(string csv, QcdUnaryOptions? options = null) => throw new NotImplementedException();
}
