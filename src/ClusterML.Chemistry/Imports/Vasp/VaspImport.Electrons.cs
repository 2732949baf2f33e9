using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Levels, moment and d band.</summary>
internal sealed partial class VaspImport
{
    /// <summary>Levels by spin with occupations from 0 to 1 (two spins) or 2 (one).</summary>
    private IReadOnlyList<OrbitalLevel>[] Levels()
    {
        IReadOnlyList<IReadOnlyList<OrbitalLevel>> levels = xml is not null && ReferenceEquals(run, xml) ? xml.Levels : [];
        if (files.Eigenval is not null && !EndsDisplaced)
        {
            var eigenval = EigenvalReader.Read(Used(files.Eigenval));
            var fits = levels.Count == 0
                ? !(Integer("ISPIN") is { } spins && spins != eigenval.Spins)
                : levels.Count == eigenval.Spins && levels.Zip(eigenval.Levels).All(spin => spin.First.Count == spin.Second.Count
                    && spin.First.Zip(spin.Second).All(level => Math.Abs(level.First.Energy - level.Second.Energy) < 1e-3));
            if (fits)
            {
                levels = Occupied(eigenval.Levels);
            }
            else
            {
                warnings.Add("EIGENVAL is not of the last step of this run; it was not used");
            }
        }

        // VASP counts to 1 in a spin-restricted run too.
        return levels.Count == 1 && levels[0].All(level => level.Occupation < 1.5)
            ? [[.. levels[0].Select(level => level with { Occupation = 2 * level.Occupation })]]
            : [.. levels];
    }

    /// <summary>Files of old versions have no occupations; the Fermi level tells.</summary>
    private IReadOnlyList<IReadOnlyList<OrbitalLevel>> Occupied(IReadOnlyList<IReadOnlyList<OrbitalLevel>> levels)
    {
        if (!levels.Any(spin => spin.Any(level => double.IsNaN(level.Occupation))))
        {
            return levels;
        }

        var fermi = Fermi();
        return double.IsNaN(fermi) ? [] : [.. levels.Select(spin => (IReadOnlyList<OrbitalLevel>)[.. spin.Select(level => level with { Occupation = level.Energy <= fermi ? 1 : 0 })])];
    }

    private double Fermi() => double.IsNaN(run.Fermi) ? (text ?? run).Fermi : run.Fermi;

    private double Moment(IReadOnlyList<OrbitalLevel>[] levels)
    {
        if (text is not null && !double.IsNaN(text.Magnetization))
        {
            return text.Magnetization;
        }

        // vasprun.xml prints no total moment. With one k-point it is the difference of the occupations.
        return levels.Length == 2 && run.KPoints == 1
            ? levels[0].Sum(level => level.Occupation) - levels[1].Sum(level => level.Occupation)
            : double.NaN;
    }

    private double DBandCentre()
    {
        if (ReferenceEquals(run, xml) && xml is { Projected.Count: > 0, KPoints: 1 } && !double.IsNaN(Fermi()))
        {
            return DBand.Centre(xml.Projected, Fermi());
        }

        if (files.Doscar is null || EndsDisplaced)
        {
            return double.NaN;
        }

        var doscar = DoscarReader.Read(Used(files.Doscar));
        if (!double.IsNaN(Fermi()) && Math.Abs(doscar.Fermi - Fermi()) > 1e-2)
        {
            warnings.Add(FormattableString.Invariant($"the Fermi level of DOSCAR, {doscar.Fermi} eV, is not that of the run, {Fermi()} eV; it was not used"));
            return double.NaN;
        }

        return DBand.Centre(doscar.Occupied, doscar.Fermi);
    }
}
