namespace ClusterML.Data;

/// <summary>A composition to predict for.</summary>
/// <param name="Host">Symbol of the host X.</param>
/// <param name="Dopant">Symbol of the dopant.</param>
/// <param name="HostAtoms">Atoms of the host.</param>
/// <param name="DopantAtoms">Atoms of the dopant.</param>
public sealed record CompositionRow(string Host, string Dopant, float HostAtoms = 12, float DopantAtoms = 1)
{
    /// <summary>Id of the row; null makes one of the composition, such as <c>Ti12Pt</c>.</summary>
    public string? RowId { get; init; }
}
