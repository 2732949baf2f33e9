namespace ClusterML.Data;

/// <summary>A column to read from a csv table.</summary>
/// <param name="Name">Header of the column.</param>
/// <param name="Role">What it is for. A column may be listed twice, as a category and as a group.</param>
/// <param name="Unit">Unit of the values; empty when there is none or it is not known.</param>
public sealed record CsvColumn(string Name, CsvRole Role, string Unit = "");
