using ClusterML.Chemistry.Electronic;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>Levels, gap and moment.</summary>
internal sealed partial class Cp2kImport
{
    private Cp2kProjectedStates? Projected()
    {
        string[] names = [run.Project, ImportPaths.Stem(path)];
        var states = names.Select(name => Cp2kProjectedStates.Of(folder, name)).FirstOrDefault(found => found is not null);
        if (states is null)
        {
            return null;
        }

        sources.AddRange(states.Files);
        var spins = states.Projections.Select(p => p.Spin).Distinct().Count();
        var printed = run.Orbitals.Where(channel => channel.Count > 0).Select(channel => channel[0].Energy).ToArray();
        var stale = printed.Length > 0 && !states.Projections.Any(p => p.Levels.Count > 0 && Math.Abs(p.Levels[0].Energy - printed[0]) < 1e-3);
        if (states.Projections.Any(p => p.Step != states.Projections[0].Step) || stale || spins != (run.Spin == "RKS" ? 1 : 2))
        {
            warnings.Add("the projected densities of states beside the output are of another step or run; they were not used");
            return null;
        }

        if (!double.IsNaN(run.Fermi) && Math.Abs(states.Fermi - run.Fermi) > 1e-3)
        {
            warnings.Add("the Fermi level of the projected densities of states is not that of the output; they were not used");
            return null;
        }

        return states;
    }

    private double Gap(Cp2kProjectedStates? projected)
    {
        if (FrontierOrbitals.Of(run.Orbitals) is { } printed)
        {
            return Gap(printed);
        }

        if (projected is not null && FrontierOrbitals.Of(projected.Orbitals) is { } levels)
        {
            return Gap(levels);
        }

        if (run.PrintedGaps.Count > 1)
        {
            warnings.Add("the gap is the smaller one of the two spins; orbital energies that would give the gap of both together were not printed");
        }

        return run.PrintedGaps.Count > 0 ? run.PrintedGaps.Min() : double.NaN;
    }

    private double Gap(FrontierOrbitals orbitals)
    {
        if (orbitals.Lumo < orbitals.Homo)
        {
            warnings.Add("the lowest empty orbital of one spin lies below the highest filled one of the other (fixed moment): the gap is the smallest within a spin");
        }

        return orbitals.Gap;
    }

    private double Moment(double moment)
    {
        if (run.Spin == "RKS" || run.Spin.Length == 0)
        {
            return double.NaN;
        }

        if (run.SmearMethod.Length > 0 && run.Multiplicity is { } start && Math.Abs(moment - (start - 1)) > 0.1)
        {
            warnings.Add(FormattableString.Invariant($"the multiplicity {start} is that of the start; smearing let the moment go to {moment:0.00} muB"));
        }

        return moment;
    }
}
