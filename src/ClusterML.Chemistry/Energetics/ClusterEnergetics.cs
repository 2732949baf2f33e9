using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;

namespace ClusterML.Chemistry.Energetics;

/// <summary>Every energy of one site of one X12TM cluster, with the recipe it belongs to and whether it is converged.</summary>
public sealed record ClusterEnergetics
{
    /// <summary>The host X.</summary>
    public required Element Host { get; init; }

    /// <summary>The dopant TM; the host for X13.</summary>
    public required Element Dopant { get; init; }

    /// <summary>Where the dopant sits. X13 gives one record for each site, with one total energy.</summary>
    public required Site Site { get; init; }

    /// <summary>The calculation of the cluster.</summary>
    public required Calculation Calculation { get; init; }

    /// <summary>The recipe of all energies of this record.</summary>
    public required MethodFingerprint Fingerprint { get; init; }

    /// <summary>Binding energy per atom E_b, equation 1, eV/atom, negative when bound.</summary>
    public required EnergyValue Binding { get; init; }

    /// <summary>Binding energy per atom of the host alone, E_b^u, equation 4, eV/atom.</summary>
    public required EnergyValue HostBinding { get; init; }

    /// <summary>Interaction energy E_int, equation 2 of the supporting information, eV.</summary>
    public required EnergyValue Interaction { get; init; }

    /// <summary>Distortion energy per host atom dE_dist, equation 3 of the supporting information, eV/atom.</summary>
    public required EnergyValue Distortion { get; init; }

    /// <summary>Formation energy E_form, eV.</summary>
    public required EnergyValue Formation { get; init; }

    /// <summary>Relative total energy dE_tot = E(in) - E(out), eV, the same for both sites; both must be usable.</summary>
    public required EnergyValue SitePreference { get; init; }

    /// <summary>What speaks against using this cluster: SCF, relaxation, or a dopant that left its site; empty when nothing does.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Name of the site of this composition, such as <c>Ti12Pt_in</c>.</summary>
    public string Name => $"{Host}12{Dopant}_{Site.Name()}";

    /// <summary>Total energy, eV; NaN when the SCF did not converge.</summary>
    public double Total => Calculation.EnergyFault is null ? Calculation.Energy : double.NaN;

    /// <summary>Whether the SCF converged, the cluster is relaxed and the dopant sits where it should.</summary>
    public bool IsUsable => Faults.Count == 0;

    /// <summary>The preferred site; null when it is not known or both are the same (X13).</summary>
    public Site? Preferred => SitePreference.Value switch
    {
        < 0.0 => Calculations.Site.In,
        > 0.0 => Calculations.Site.Out,
        _ => null,
    };
}
