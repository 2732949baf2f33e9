using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Electronic;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Cp2k;

/// <summary>Makes a calculation of an output of CP2K and the files beside it.</summary>
internal sealed partial class Cp2kImport
{
    private readonly string path;
    private readonly string folder;
    private readonly Cp2kRun run;
    private readonly List<string> missing = [];
    private readonly List<string> warnings = [];
    private readonly List<string> sources = [];

    private Cp2kImport(string path)
    {
        this.path = path;
        folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        run = Cp2kOutput.Read(path);
        sources.Add(path);
    }

    /// <summary>Reads an output and the files beside it.</summary>
    /// <exception cref="MalformedFileException">It is damaged, or it ended before the first energy.</exception>
    public static ImportedCalculation Read(string path) => new Cp2kImport(path).Make();

    private bool IsRelaxation => run.RunType is "GEO_OPT" or "GEOMETRY_OPTIMIZATION" or "CELL_OPT";

    private bool IsVibration => run.RunType is "VIBRATIONAL_ANALYSIS" or "NORMAL_MODES";

    /// <summary>
    /// The evaluation that counts, from 0: the last one that came with forces. CP2K evaluates the energy of a finished relaxation
    /// once more, without forces, from a density that the SCF takes as converged at once; that energy can be off by 0.1 eV.
    /// </summary>
    private int Taken
    {
        get
        {
            var withForces = run.Steps.FindLastIndex(step => step.Forces is not null);
            var again = IsRelaxation && run.OptimizationCompleted && run.Steps.Count > 1 ? 2 : 1;
            return withForces >= 0 ? withForces : run.Steps.Count - again;
        }
    }

    private ImportedCalculation Make()
    {
        if (run.Version.Length == 0)
        {
            throw new MalformedFileException(path, 1, 0, "no line \"CP2K| version string\": this is not an output of CP2K");
        }

        if (run.Atoms.Count == 0 || (run.Steps.Count == 0 && double.IsNaN(run.VibrationEnergy)))
        {
            var why = run.Abort.Length > 0 ? run.Abort : run.Ended ? "it holds no total energy" : "it ended before the first energy";
            throw new MalformedFileException(path, 0, 0, $"nothing to import from this output of CP2K: {why}");
        }

        Remark();
        var replica = IsVibration && run.Steps.Count == 0 ? Replica() : [];
        var symbols = run.Atoms.Select(atom => atom.Symbol).ToArray();
        var cell = Cell();
        var positions = Positions(symbols);
        var forces = Forces();
        var projected = Projected();
        var step = run.Steps.Count > 0 ? run.Steps[Taken] : null;
        var populations = step?.Populations ?? run.Populations;
        var scfConverged = step?.Converged ?? (replica.Count > 0 && replica.All(s => s.Converged == true));
        var free = step?.Energy ?? run.VibrationEnergy;
        var entropic = step?.Entropic ?? replica.MinBy(s => Math.Abs(s.Energy - free))?.Entropic ?? double.NaN;
        var smeared = run.SmearMethod.Length > 0;
        if (smeared && double.IsNaN(entropic))
        {
            missing.Add("electronic entropy");
        }

        ImportedSystem system;
        MethodDescription method;
        try
        {
            method = Method();
            string[] candidates = [ImportPaths.Stem(path), run.Project, Path.GetFileName(folder)];
            system = ImportedSystem.Of(candidates, symbols, positions, cell, warnings);
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(path, 0, 0, BoundedText.Of(e.Message), e);
        }

        var calculation = new Calculation
        {
            File = path,
            Name = system.Name,
            System = system.System,
            Method = method,
            FreeEnergy = free,
            EnergyWithoutEntropy = smeared ? free - entropic : free,
            Energy = smeared && !double.IsNaN(entropic) ? free - (entropic / 2) : free,
            ScfConverged = scfConverged,
            ScfFailures = run.Steps.Concat(replica).Count(s => s.Converged == false),
            Steps = run.Steps.Count > 0 ? run.Steps.Count : null,
            Ended = run.Ended,
            GeometryConverged = IsRelaxation ? run.OptimizationCompleted : null,
            MaxForce = forces is null ? double.NaN : LargestForce.Of(forces),
            Symbols = symbols,
            Positions = system.Positions,
            Forces = forces,
            Cell = cell,
            Multiplicity = run.Spin == "RKS" ? null : run.Multiplicity,
            MagneticMoment = Moment(populations.SpinMoment),
            SpinPopulations = populations.Spins,
            Gap = Gap(projected),
            DBandCentre = projected is null ? double.NaN : DBand.Centre(projected.Levels, projected.Fermi),
            Charges = populations.Charges,
            Frequencies = run.Frequencies.Count > 0 ? [.. run.Frequencies] : null,
            Potentials = Potentials(),
            SourceFiles = ImportPaths.Hashes(sources),
            IsPilot = false,
        };
        NoteMissing(calculation);
        return new()
        {
            Calculation = calculation,
            Format = ImportFormat.Cp2k,
            Source = path,
            Steps = [.. run.Steps.Select(s => new IonicStep(s.Energy, s.Converged ?? false, s.ScfSteps, s.MaxForce))],
            Missing = missing,
            Warnings = warnings,
        };
    }

    private void Remark()
    {
        if (run.Runs > 1)
        {
            warnings.Add(FormattableString.Invariant($"the file holds {run.Runs} runs one after another; the last is read"));
        }

        if (!run.Ended)
        {
            warnings.Add("the run did not end by itself (no \"PROGRAM ENDED AT\"): its last complete energy is read");
        }

        if (run.Abort.Length > 0)
        {
            warnings.Add(run.Abort);
        }

        if (run.OptimizationStopped)
        {
            warnings.Add("the relaxation stopped at its step limit");
        }

        if (run.Steps.Count > 0 && Math.Abs(run.Steps[^1].Energy - run.Steps[Taken].Energy) is var off and > 1e-3 && run.OptimizationCompleted)
        {
            warnings.Add(FormattableString.Invariant($"the energy that came with forces is taken; the evaluation after the relaxation, without forces, is {1000 * off:0.0} meV off"));
        }

        NoteFailures(run.Steps);
        if (run.RunType is not ("ENERGY" or "ENERGY_FORCE" or "WAVEFUNCTION_OPTIMIZATION") && !IsRelaxation && !IsVibration)
        {
            warnings.Add($"run type {run.RunType}: the last energy is read");
        }
    }

    /// <summary>
    /// The SCF cycles of a vibrational analysis, which are in the output of each replica, NAME-r-N.out; the analysis has
    /// converged when all of them have.
    /// </summary>
    private List<Cp2kStep> Replica()
    {
        var files = Directory.EnumerateFiles(folder, $"{run.Project}-r-*.out").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            warnings.Add($"the SCF of a vibrational analysis is in the output of its replica, {run.Project}-r-0.out, which is not here: it counts as not converged");
            return [];
        }

        sources.AddRange(files);
        var steps = files.SelectMany(file => Cp2kOutput.Read(file).Steps).ToList();
        NoteFailures(steps);
        return steps;
    }

    private void NoteFailures(IReadOnlyCollection<Cp2kStep> steps)
    {
        var failures = steps.Count(step => step.Converged == false);
        if (failures > 0)
        {
            warnings.Add(FormattableString.Invariant($"the SCF did not converge in {failures} of {steps.Count} steps"));
        }
    }

    private UnitCell? Cell()
    {
        if (run.CellVectors != 7)
        {
            return null;
        }

        bool Along(char axis) => run.Periodicity.Contains(axis, StringComparison.Ordinal);
        return new(run.Cell, Along('X'), Along('Y'), Along('Z'));
    }

    private double[][] Positions(string[] symbols)
    {
        var printed = run.Atoms.Select(atom => atom.Position).ToArray();
        if (run.Steps.Count == 0 || Taken == 0)
        {
            return printed;
        }

        // The output prints the first geometry only; those of later steps are in the trajectory.
        string[] names = [run.Project, ImportPaths.Stem(path)];
        var trajectory = names.Select(name => Path.Combine(folder, $"{name}-pos-1.xyz")).FirstOrDefault(File.Exists);
        if (trajectory is null)
        {
            missing.Add($"final geometry ({run.Project}-pos-1.xyz)");
            return [];
        }

        sources.Add(trajectory);
        if (Cp2kTrajectory.PositionsAt(trajectory, symbols, run.Steps[Taken].Hartrees) is { } found)
        {
            return found;
        }

        warnings.Add($"{Path.GetFileName(trajectory)} has no frame with the energy {run.Steps[Taken].Hartrees:0.0000000000} hartree");
        missing.Add("final geometry");
        return [];
    }

    private double[][]? Forces()
    {
        var forces = run.VibrationForces.Count == run.Atoms.Count ? [.. run.VibrationForces] : run.Steps.Count > 0 ? run.Steps[Taken].Forces : null;
        if (forces is null)
        {
            missing.Add("forces");
        }

        return forces;
    }

    private void NoteMissing(Calculation calculation)
    {
        void Note(bool absent, string what)
        {
            if (absent)
            {
                missing.Add(what);
            }
        }

        Note(calculation.Cell is null, "cell");
        Note(double.IsNaN(calculation.Gap), "gap (orbital energies above the Fermi level)");
        Note(double.IsNaN(calculation.DBandCentre), "d-band centre (projected densities of states)");
        Note(calculation.Charges.Count == 0, "charges");
        Note(run.Spin == "UKS" && double.IsNaN(calculation.MagneticMoment), "magnetic moment");
        Note(IsVibration && calculation.Frequencies is null, "frequencies");
    }
}
