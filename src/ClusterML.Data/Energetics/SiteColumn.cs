using ClusterML.Chemistry.Energetics.Trends;

namespace ClusterML.Data.Energetics;

/// <summary>A column of numbers of a table of sites.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Symbol">The quantity as figures write it.</param>
/// <param name="Of">Its value of a site; NaN when it was not measured.</param>
public sealed record SiteColumn(string Name, string Unit, string Symbol, Func<SiteProperties, double> Of)
{
    /// <summary>Every column of numbers, in the order in which they are written.</summary>
    public static readonly IReadOnlyList<SiteColumn> All =
    [
        new("e_b", "eV/atom", "E_b", s => s.Binding),
        new("e_b_u", "eV/atom", "E_b^u", s => s.HostBinding),
        new("e_int", "eV", "E_int", s => s.Interaction),
        new("de_dist", "eV/atom", "dE_dist", s => s.Distortion),
        new("e_form", "eV", "E_form", s => s.Formation),
        new("de_tot", "eV", "dE_tot", s => s.SitePreference),
        new("d_av", "Angstrom", "d_av", s => s.BondLength),
        new("ecn", "1", "ECN", s => s.Ecn),
        new("ecn_dopant", "1", "ECN of the dopant", s => s.DopantEcn),
        new("d_centre", "eV", "eps_d", s => s.DBandCentre),
        new("gap", "eV", "gap", s => s.Gap),
    ];
}
