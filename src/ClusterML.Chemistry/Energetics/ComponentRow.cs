using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics;

/// <summary>The parts of the binding energy of one site, ingested apart from its total energy.</summary>
/// <param name="Source">Where it was read, such as <c>parts.csv:4</c>.</param>
/// <param name="Host">The host.</param>
/// <param name="Dopant">The dopant; the host for X13.</param>
/// <param name="Site">Where the dopant sits.</param>
/// <param name="Parts">E_b^u, E_int and dE_dist, eV.</param>
/// <param name="Binding">The binding energy that the same source states, eV/atom; null when it states none.</param>
/// <param name="Totals">The total energies that the same source states; null when it states none.</param>
public sealed record ComponentRow(
    string Source,
    Element Host,
    Element Dopant,
    Site Site,
    BindingComponents Parts,
    StatedValue? Binding = null,
    BindingTotals? Totals = null)
{
    /// <summary>Equation 1 against equation 5, for every way in which the row or <paramref name="calculated"/> states equation 1.</summary>
    /// <param name="calculated">Totals of calculations of the same site; null when there are none.</param>
    public IEnumerable<BindingAgreement> Check(BindingTotals? calculated = null)
    {
        if (Binding is { } binding)
        {
            yield return BindingAgreement.Of(binding, Parts);
        }

        if (Totals is { } totals)
        {
            yield return BindingAgreement.Of(totals, Parts);
        }

        if (calculated is not null)
        {
            yield return BindingAgreement.Of(calculated, Parts);
        }
    }
}
