using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Electronic;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Makes a calculation of the files of VASP.</summary>
internal sealed partial class VaspImport
{
    private readonly VaspFiles files;
    private readonly VaspRun? xml;
    private readonly VaspRun? text;
    private readonly VaspRun run;
    private readonly List<string> missing = [];
    private readonly List<string> warnings = [];
    private readonly List<string> sources = [];

    private VaspImport(VaspFiles files)
    {
        this.files = files;
        xml = files.Vasprun is null ? null : VasprunReader.Read(Used(files.Vasprun));
        text = files.Outcar is null ? null : OutcarReader.Read(Used(files.Outcar));

        // Of two files that were cut off at different places, the longer one says more; of equals, the one with more digits.
        run = xml is null || (text is not null && text.Steps.Count > xml.Steps.Count) ? text! : xml;
    }

    /// <exception cref="MalformedFileException">A file is damaged, the files contradict each other, or they hold no energy.</exception>
    public static ImportedCalculation Read(VaspFiles files) => new VaspImport(files).Make();

    private bool IsRelaxation => Integer("NSW") is > 0 && Integer("IBRION") is not (-1 or 0 or (>= 5 and <= 8));

    /// <summary>Whether what was written at the end, as EIGENVAL, DOSCAR and CONTCAR are, may be of a displaced structure.</summary>
    private bool EndsDisplaced => run is { IsVibration: true, Steps.Count: > 1 };

    private ImportedCalculation Make()
    {
        var main = ReferenceEquals(run, xml) ? files.Vasprun! : files.Outcar!;
        if (run.Steps.Count == 0 || run.Symbols.Count == 0)
        {
            throw new MalformedFileException(main, 0, 0, run.Ended ? "it holds no total energy of a finished ionic step" : "it ended before the first ionic step was finished");
        }

        CrossCheck();
        var last = run.Steps[run.Taken];
        var steps = Enumerable.Range(0, run.Steps.Count).Select(Step).ToArray();
        var cell = run.Geometry is { } geometry ? new UnitCell(geometry.Cell, true, true, true) : null;
        var levels = Levels();
        ImportedSystem system;
        MethodDescription method;
        try
        {
            method = Method(cell);
            string[] candidates = [ImportPaths.Stem(files.Source), Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(main)) ?? ""), Setting("SYSTEM") ?? ""];
            system = ImportedSystem.Of(candidates, run.Symbols, run.Geometry?.Positions ?? [], cell, warnings);
        }
        catch (FormatException e)
        {
            throw new MalformedFileException(main, 0, 0, BoundedText.Of(e.Message), e);
        }

        var failures = steps.Count(step => !step.ScfConverged);
        if (failures > 0)
        {
            warnings.Add(FormattableString.Invariant($"the electronic loop did not converge in {failures} of {steps.Length} ionic steps"));
        }

        var calculation = new Calculation
        {
            File = main,
            Name = system.Name,
            System = system.System,
            Method = method,
            FreeEnergy = last.FreeEnergy,
            EnergyWithoutEntropy = last.WithoutEntropy,
            Energy = last.SigmaZero,
            ScfConverged = steps[run.Taken].ScfConverged,
            ScfFailures = failures,
            Steps = steps.Length,
            Ended = run.Ended,
            GeometryConverged = GeometryConverged(last),
            MaxForce = last.MaxForce,
            Symbols = [.. run.Symbols],
            Positions = system.Positions,
            Forces = run.Forces,
            Cell = cell,
            MagneticMoment = Moment(levels),
            Gap = FrontierOrbitals.Of(levels)?.Gap ?? double.NaN,
            DBandCentre = DBandCentre(),
            Frequencies = text is { Frequencies.Count: > 0 } ? [.. text.Frequencies] : null,
            Potentials = run.Potentials.Count > 0 ? run.Potentials : (text ?? run).Potentials,
            SourceFiles = ImportPaths.Hashes(sources),
            IsPilot = false,
        };
        NoteMissing(calculation);
        return new()
        {
            Calculation = calculation,
            Format = ImportFormat.Vasp,
            Source = files.Source,
            Steps = steps,
            Missing = missing,
            Warnings = warnings,
        };
    }

    private string Used(string path)
    {
        sources.Add(path);
        return path;
    }

    private string? Setting(string tag) => run.Text(tag) ?? xml?.Text(tag) ?? text?.Text(tag);

    private double Real(string tag) => Setting(tag) is { } value && OutputLines.TryReal(value, out var number) ? number : double.NaN;

    private int? Integer(string tag) => Real(tag) is var value && Math.Abs(value) < int.MaxValue ? (int)Math.Round(value) : null;

    private IonicStep Step(int index)
    {
        var step = run.Steps[index];
        var said = text is not null && index < text.Steps.Count ? text.Steps[index].Converged ?? false : (bool?)null;
        var counted = Integer("NELM") is { } most && step.ElectronicSteps > 0 && step.ElectronicSteps < most;
        return new(step.FreeEnergy, said ?? counted, step.ElectronicSteps > 0 ? step.ElectronicSteps : null, step.MaxForce);
    }

    private bool? GeometryConverged(VaspStep last)
    {
        if (!IsRelaxation)
        {
            if (Integer("NSW") is > 0 && Integer("IBRION") == 0)
            {
                warnings.Add("molecular dynamics: the last step is read");
            }

            return null;
        }

        if (text is not null && text.Steps.Count >= run.Steps.Count)
        {
            return text.ReachedAccuracy ?? false;
        }

        var criterion = Real("EDIFFG");
        if (!run.Ended || double.IsNaN(criterion))
        {
            return false;
        }

        warnings.Add("vasprun.xml does not say whether the relaxation converged; EDIFFG applied to its last step does");
        return criterion < 0
            ? last.MaxForce <= -criterion
            : run.Steps.Count > 1 && Math.Abs(last.FreeEnergy - run.Steps[^2].FreeEnergy) <= criterion;
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

        Note(calculation.Positions.Count == 0, "final geometry");
        Note(calculation.Forces is null, "forces");
        Note(run.IsVibration && calculation.Frequencies is null, "frequencies (OUTCAR)");
        Note(double.IsNaN(calculation.Gap), "gap (vasprun.xml or EIGENVAL)");
        Note(double.IsNaN(calculation.DBandCentre), "d-band centre (vasprun.xml with projections, or DOSCAR, both with LORBIT 10 or 11)");
        Note(calculation.Method.Spin == "UKS" && double.IsNaN(calculation.MagneticMoment), "magnetic moment (OUTCAR)");
        missing.Add("charges (VASP prints none)");
    }
}
