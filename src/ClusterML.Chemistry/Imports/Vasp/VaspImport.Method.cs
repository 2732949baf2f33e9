using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>The method as the settings say it.</summary>
internal sealed partial class VaspImport
{
    private MethodDescription Method(UnitCell? cell)
    {
        var vectors = cell?.Vectors;
        var isCube = vectors is not null && vectors[0] == vectors[4] && vectors[4] == vectors[8] && vectors.Count(c => c != 0) == 3;
        var cutoff = Setting("ENCUT") is null ? Real("ENMAX") : Real("ENCUT");
        var potentials = run.Potentials.Count > 0 ? run.Potentials : (text ?? run).Potentials;
        return new()
        {
            Code = $"VASP {Stated("version of VASP", run.Version)}",
            Functional = Stated("functional", Functional(potentials)),
            Potential = Stated("pseudopotentials", string.Join('+', potentials.Values.Select(title => title.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal))),
            Basis = "plane-waves",
            Grid = double.IsNaN(cutoff) ? $"cutoff {Stated("cutoff", "")}" : MethodDescription.CutoffGrid(cutoff, "eV", double.NaN, GridWords()),
            Thresholds = MethodDescription.ThresholdText(Thresholds()),
            Spin = Setting("LNONCOLLINEAR") is { } flag && flag.TrimStart('.').StartsWith('T') ? "NCL" : Integer("ISPIN") switch
            {
                1 => "RKS",
                2 => "UKS",
                _ => $"spin-{Stated("spin", "")}",
            },
            Smearing = Integer("ISMEAR") is { } ismear && VaspNames.Smearing(ismear, Real("SIGMA")) is { } smearing && !smearing.Contains("NaN", StringComparison.Ordinal)
                ? smearing
                : $"smearing-{Stated("smearing", "")}",
            Box = isCube ? vectors![0] : double.NaN,
        };
    }

    private IEnumerable<string> GridWords()
    {
        if (Setting("PREC") is { Length: > 0 } prec)
        {
            yield return $"prec {VaspNames.Precision(prec)}";
        }

        if (Setting("LREAL") is { } real && !real.TrimStart('.').StartsWith('F'))
        {
            yield return "lreal T";
        }

        var points = Math.Max(xml?.KPoints ?? 0, text?.KPoints ?? 0);
        if (points > 1)
        {
            yield return FormattableString.Invariant($"kpoints {points}");
        }
    }

    private IEnumerable<(string, double)> Thresholds()
    {
        string[] tags = IsRelaxation ? ["EDIFF", "EDIFFG"] : ["EDIFF"];
        foreach (var tag in tags)
        {
            if (!double.IsNaN(Real(tag)))
            {
                yield return (tag, Real(tag));
            }
            else
            {
                missing.Add($"threshold {tag}");
            }
        }
    }

    /// <summary>The functional of GGA and METAGGA, else that of the potentials, with what is added to it.</summary>
    private string Functional(Dictionary<string, string> potentials)
    {
        bool Is(string tag) => Setting(tag) is { } value && value.TrimStart('.').StartsWith('T');
        var gga = VaspNames.Functional(Setting("GGA") ?? "");
        var lexch = VaspNames.Functional(text?.PotentialFunctional ?? "");
        var titles = potentials.Values.Select(VaspNames.FunctionalOfTitle).Distinct().ToArray();
        var name = gga.Length > 0 ? gga : lexch.Length > 0 ? lexch : titles.Length == 1 ? titles[0] : "";
        if (Setting("METAGGA") is { Length: > 2 } meta && char.IsLetter(meta[0]) && !meta.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            name = meta.ToUpperInvariant();
        }

        if (name.Length == 0)
        {
            return "";
        }

        name += Is("LHFCALC") ? FormattableString.Invariant($"+exchange({Real("AEXX")},{Real("HFSCREEN")})") : "";
        name += Is("LDAU") ? "+U" : "";
        name += Integer("IVDW") is { } dispersion and not 0 ? FormattableString.Invariant($"+IVDW{dispersion}") : "";
        return name + (Is("LUSE_VDW") ? "+vdW-DF" : "");
    }

    private string Stated(string what, string value)
    {
        if (value.Length > 0)
        {
            return value;
        }

        missing.Add(what);
        return MethodDescription.Unstated;
    }
}
