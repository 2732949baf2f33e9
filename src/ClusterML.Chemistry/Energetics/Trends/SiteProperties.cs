using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Vibrations;

namespace ClusterML.Chemistry.Energetics.Trends;

/// <summary>What is known of one site of one X12TM cluster; NaN where something was not measured.</summary>
public sealed record SiteProperties
{
    private const int Atoms = 13;
    private const int Modes = 3 * Atoms;

    /// <summary>The host X.</summary>
    public required Element Host { get; init; }

    /// <summary>The dopant TM; the host for X13.</summary>
    public required Element Dopant { get; init; }

    /// <summary>Where the dopant sits.</summary>
    public required Site Site { get; init; }

    /// <summary>The file or line.</summary>
    public required string Source { get; init; }

    /// <summary>The source as lists show it: its path in the folder that was read, with slashes; only the name where there was none.</summary>
    public string Place { get => field ?? Path.GetFileName(Source); init; }

    /// <summary>What speaks against using it; null when nothing does.</summary>
    public string? Fault { get; init; }

    /// <summary>Binding energy per atom E_b, eV/atom, negative when bound.</summary>
    public double Binding { get; init; } = double.NaN;

    /// <summary>Binding energy per atom of X12 alone E_b^u, eV/atom.</summary>
    public double HostBinding { get; init; } = double.NaN;

    /// <summary>Interaction energy E_int, eV.</summary>
    public double Interaction { get; init; } = double.NaN;

    /// <summary>Distortion energy dE_dist, eV per host atom.</summary>
    public double Distortion { get; init; } = double.NaN;

    /// <summary>Formation energy E_form, eV.</summary>
    public double Formation { get; init; } = double.NaN;

    /// <summary>Relative total energy dE_tot = E(in) - E(out), eV; the same for both sites.</summary>
    public double SitePreference { get; init; } = double.NaN;

    /// <summary>Average bond length d_av over all atoms, Angstrom.</summary>
    public double BondLength { get; init; } = double.NaN;

    /// <summary>Effective coordination number, average over all atoms.</summary>
    public double Ecn { get; init; } = double.NaN;

    /// <summary>Effective coordination number of the dopant; for X13 that of the centre, or the average of the shell.</summary>
    public double DopantEcn { get; init; } = double.NaN;

    /// <summary>Centre of gravity of the occupied d states, eV relative to the Fermi level.</summary>
    public double DBandCentre { get; init; } = double.NaN;

    /// <summary>Gap between the highest occupied and the lowest unoccupied orbital, eV.</summary>
    public double Gap { get; init; } = double.NaN;

    /// <summary>Vibrational frequencies, 1/cm, imaginary ones as negative numbers; empty when not measured.</summary>
    public IReadOnlyList<double> Frequencies { get; init; } = [];

    /// <summary>The vibrations among <see cref="Frequencies"/>: modes that are translations and rotations are left out.</summary>
    public IReadOnlyList<double> Vibrations => Frequencies.Count is 0 or > Modes ? Frequencies : VibrationalAnalysis.Judge(Frequencies, Atoms).Vibrations;

    /// <summary>Whether its frequencies are those of a minimum; null when there are none.</summary>
    public bool? IsMinimum => Frequencies.Count switch
    {
        0 => null,
        > Modes => false,
        _ => VibrationalAnalysis.Judge(Frequencies, Atoms).Verdict == VibrationalVerdict.Minimum,
    };

    /// <summary>Name of the site of this composition, such as <c>Ti12Pt_in</c>.</summary>
    public string Name => $"{Host}12{Dopant}_{Site.Name()}";

    /// <summary>Whether nothing speaks against using it.</summary>
    public bool IsUsable => Fault is null;

    /// <summary>Whether both sites are the same cluster (X13), so that in and out cannot differ.</summary>
    public bool IsX13 => Host == Dopant;
}
