namespace ClusterML.Chemistry.Electronic;

/// <summary>Highest occupied and lowest unoccupied orbital.</summary>
/// <remarks>
/// An orbital counts as occupied when it holds at least half of the electrons that fit into it. With smearing this is the
/// side of the Fermi level on which it lies, so that fractional occupations give the gap of the same levels filled in order.
/// </remarks>
/// <param name="Homo">Energy of the highest occupied orbital of both spins, eV.</param>
/// <param name="Lumo">Energy of the lowest unoccupied orbital of both spins, eV.</param>
/// <param name="GapBySpin">LUMO - HOMO in each spin channel, eV; NaN in a channel without one of the two.</param>
public sealed record FrontierOrbitals(double Homo, double Lumo, IReadOnlyList<double> GapBySpin)
{
    /// <summary>LUMO - HOMO of both spins together, eV.</summary>
    /// <remarks>
    /// At a fixed moment the lowest empty orbital of one spin may lie below the highest filled one of the other. No electron
    /// may move between them, so the smallest gap within a spin is taken.
    /// </remarks>
    public double Gap => Lumo >= Homo ? Lumo - Homo : GapBySpin.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    /// <summary>The frontier orbitals of these channels; null when there is no occupied or no unoccupied level.</summary>
    /// <param name="channels">Levels of the one channel (spin-restricted) or of the two spins, in any order.</param>
    public static FrontierOrbitals? Of(params IReadOnlyList<IReadOnlyList<OrbitalLevel>> channels)
    {
        var half = channels.Count == 1 ? 1.0 : 0.5;
        var edges = channels.Select(channel => (
            Homo: channel.Where(level => level.Occupation >= half).Select(level => level.Energy).DefaultIfEmpty(double.NaN).Max(),
            Lumo: channel.Where(level => level.Occupation < half).Select(level => level.Energy).DefaultIfEmpty(double.NaN).Min())).ToArray();

        // A channel whose empty levels were not printed does not bound the LUMO of both: then the gap is not known.
        if (edges.Length == 0 || edges.Any(edge => double.IsNaN(edge.Lumo)) || edges.All(edge => double.IsNaN(edge.Homo)))
        {
            return null;
        }

        return new(
            edges.Where(edge => !double.IsNaN(edge.Homo)).Max(edge => edge.Homo),
            edges.Min(edge => edge.Lumo),
            [.. edges.Select(edge => edge.Lumo - edge.Homo)]);
    }
}
