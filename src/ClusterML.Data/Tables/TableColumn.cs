namespace ClusterML.Data;

/// <summary>A column to read from a csv or Parquet table.</summary>
/// <param name="Name">Header of the column.</param>
/// <param name="Role">What it is for. A column may be listed twice, as a category and as a group.</param>
/// <param name="Unit">Unit of the values in the table; empty when there is none or it is not known.</param>
public sealed record TableColumn(string Name, ColumnRole Role, string Unit = "")
{
    /// <summary>What every number of the file is multiplied by to be in <see cref="Unit"/>.</summary>
    public double Factor { get; init; } = 1;
}
