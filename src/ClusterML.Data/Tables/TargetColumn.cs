namespace ClusterML.Data;

/// <summary>A quantity to predict.</summary>
/// <param name="Name">Column name, such as <c>e_form_in</c>.</param>
/// <param name="Unit">Unit of the values, such as <c>eV</c>; empty when it was not declared.</param>
public sealed record TargetColumn(string Name, string Unit);
