using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>The method as the output says it.</summary>
internal sealed partial class Cp2kImport
{
    private Dictionary<string, string> Potentials()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var atom in run.Atoms)
        {
            var potential = run.Kinds.GetValueOrDefault(atom.Kind).Potential ?? MethodDescription.Unstated;
            if (found.TryGetValue(atom.Symbol, out var other) && other != potential && !other.Split('+').Contains(potential))
            {
                found[atom.Symbol] = $"{other}+{potential}";
            }
            else
            {
                found.TryAdd(atom.Symbol, potential);
            }
        }

        return found;
    }

    private MethodDescription Method()
    {
        var cell = run.Cell;
        var isCube = run.CellVectors == 7 && cell[0] == cell[4] && cell[4] == cell[8] && cell.Count(c => c != 0) == 3;
        return new()
        {
            Code = $"CP2K {run.Version}",
            Functional = Stated("functional", string.Join('+', run.Functionals)),
            Potential = Stated("pseudopotentials", Distinct(run.Kinds.Values.Select(k => Family(k.Potential)))),
            Basis = Stated("basis set", Distinct(run.Kinds.Values.Select(k => k.Basis))),
            Grid = double.IsNaN(run.Cutoff)
                ? $"cutoff {Stated("cutoff", "")}"
                : MethodDescription.CutoffGrid(
                    run.Cutoff, "Ry", run.RelativeCutoff, MethodDescription.GridWords(run.Density, run.Poisson)),
            Thresholds = MethodDescription.ThresholdText(run.Thresholds
                .Where(t => IsRelaxation || t.Key is "EPS_SCF" or "EPS_DEFAULT")
                .Select(t => (t.Key, t.Value))),
            Spin = run.Spin is "RKS" or "UKS" or "ROKS" ? run.Spin : $"spin-{Stated("spin", "")}",
            Smearing = (run.SmearMethod, run.ElectronicTemperature) switch
            {
                ("", _) => "none",
                ("FERMI_DIRAC", var kelvin) when !double.IsNaN(kelvin) => MethodDescription.Smeared("Fermi-Dirac", kelvin, "K"),
                _ => $"smearing-{Stated($"smearing {run.SmearMethod}", "")}",
            },
            Box = isCube ? cell[0] : double.NaN,
        };
    }

    private string Stated(string what, string value)
    {
        if (value.Length > 0 && value != MethodDescription.Unstated)
        {
            return value;
        }

        missing.Add(what);
        return MethodDescription.Unstated;
    }

    private static string Distinct(IEnumerable<string> names) => string.Join('+', names.Distinct().Order(StringComparer.Ordinal));

    /// <summary>GTH-PBE of GTH-PBE-q12: the number of valence electrons belongs to the element.</summary>
    private static string Family(string potential)
    {
        var q = potential.LastIndexOf("-q", StringComparison.Ordinal);
        return q > 0 && int.TryParse(potential.AsSpan(q + 2), out _) ? potential[..q] : potential;
    }
}
