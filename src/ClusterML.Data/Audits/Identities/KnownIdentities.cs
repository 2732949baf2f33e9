namespace ClusterML.Data.Audits.Identities;

/// <summary>Identities that hold by definition wherever a table has all of their columns.</summary>
public static class KnownIdentities
{
    /// <summary>The identities.</summary>
    public static IReadOnlyList<Identity> All { get; } =
    [
        // Site preference, equation 2: E(in) - E(out); the references of formation energies cancel.
        Identity.Parse("de_tot = e_form_in - e_form_out within 1e-5"),
        Identity.Parse("de_tot = e_tot_in - e_tot_out within 1e-5"),

        // The published TM13 set (arXiv:2601.13845): binding energy with one sulphur atom from its parts.
        Identity.Parse("eb_S_eV_per_atom = (13*eb_eV_per_atom + e_int_S_eV + e_dis_S_eV)/14 within 1e-4"),
        Identity.Parse("eb_s = (13*eb + e_int_s + e_dis_s)/14 within 1e-4"),
    ];
}
