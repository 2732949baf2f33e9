namespace ClusterML.Data.Units;

/// <summary>A unit that tables may use.</summary>
/// <param name="Symbol">As tables write it, such as <c>eV</c>.</param>
/// <param name="Dimension">What it measures; units of one dimension convert into each other.</param>
/// <param name="Factor">Its size in the canonical unit of the dimension, whose own factor is 1.</param>
/// <param name="Note">Where the factor comes from; empty where it is 1 or a power of ten.</param>
public sealed record Unit(string Symbol, string Dimension, double Factor, string Note = "")
{
    /// <inheritdoc/>
    public override string ToString() => Symbol;
}
