using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Electronic;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>Makes a calculation of the files of VASP.</summary>
internal sealed class VaspImport
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

    private ImportedCalculation Make()
    {
        var main = ReferenceEquals(run, xml) ? files.Vasprun! : files.Outcar!;
        if (run.Steps.Count == 0 || run.Symbols.Count == 0)
        {
            throw new MalformedFileException(main, 0, 0, run.Ended ? "it holds no total energy of a finished ionic step" : "it ended before the first ionic step was finished");
        }

        CrossCheck();
        var last = run.Steps[^1];
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
            ScfConverged = steps[^1].ScfConverged,
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

    /// <summary>Refuses files of different runs.</summary>
    private void CrossCheck()
    {
        if (xml is not null && text is not null)
        {
            if (text.Symbols.Count > 0 && xml.Symbols.Count > 0 && !xml.Symbols.SequenceEqual(text.Symbols))
            {
                throw Disagree("atoms", string.Join(' ', xml.Symbols), string.Join(' ', text.Symbols));
            }

            foreach (var (one, other) in xml.Steps.Zip(text.Steps))
            {
                if (Math.Abs(one.FreeEnergy - other.FreeEnergy) > 1e-4)
                {
                    throw Disagree("the free energy of a step", FormattableString.Invariant($"{one.FreeEnergy} eV"), FormattableString.Invariant($"{other.FreeEnergy} eV"));
                }
            }

            if (xml.Steps.Count != text.Steps.Count)
            {
                warnings.Add(FormattableString.Invariant(
                    $"vasprun.xml has {xml.Steps.Count} finished ionic steps and OUTCAR {text.Steps.Count}; the longer one is read"));
            }
        }

        if (!run.Ended)
        {
            warnings.Add("the run did not end by itself: its last finished ionic step is read");
        }

        if (Structure(files.Contcar) is { } final)
        {
            CheckContcar(final);
        }
        else if (Structure(files.Poscar) is { } first)
        {
            CheckAtoms("POSCAR", first);
        }

        VaspRunsAreOne("k-points", xml?.KPoints ?? 0, text?.KPoints ?? 0);
    }

    private void VaspRunsAreOne(string what, int inXml, int inText)
    {
        if (inXml > 0 && inText > 0 && inXml != inText)
        {
            throw Disagree(what, FormattableString.Invariant($"{inXml}"), FormattableString.Invariant($"{inText}"));
        }
    }

    private MalformedFileException Disagree(string what, string inXml, string inText) =>
        new(files.Source, 0, 0, BoundedText.Of($"vasprun.xml and OUTCAR are of different runs: {what}: {inXml} and {inText}"));

    private Structure? Structure(string? path)
    {
        if (path is null || new FileInfo(path).Length == 0)
        {
            return null;
        }

        sources.Add(path);
        return VaspStructures.Read(path);
    }

    private void CheckAtoms(string name, Structure structure)
    {
        if (!structure.Elements.Select(element => element.Symbol).SequenceEqual(run.Symbols))
        {
            throw new MalformedFileException(files.Source, 0, 0, BoundedText.Of($"{name} holds {structure.Formula}, the calculation {string.Join(' ', run.Symbols)}: they are of different runs"));
        }
    }

    /// <summary>CONTCAR may be one step ahead of the last energy, where a run stopped before it was relaxed; then the geometry of the energy counts.</summary>
    private void CheckContcar(Structure contcar)
    {
        CheckAtoms("CONTCAR", contcar);
        if (run.Geometry is not { } geometry || contcar.Cell is not { } cell)
        {
            return;
        }

        var largest = 0.0;
        for (var atom = 0; atom < contcar.Count; atom++)
        {
            var moved = OnePiece.Of([geometry.Positions[atom], contcar.Position(atom).ToArray()], cell, out _);
            largest = Math.Max(largest, Math.Sqrt(moved[0].Zip(moved[1], (a, b) => (a - b) * (a - b)).Sum()));
        }

        if (largest > 1e-4)
        {
            warnings.Add(FormattableString.Invariant($"CONTCAR is up to {largest:0.0000} Angstrom away from the geometry of the last energy, which is the one read"));
        }
    }

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

    /// <summary>Levels by spin with occupations from 0 to 1 (two spins) or 2 (one).</summary>
    private IReadOnlyList<OrbitalLevel>[] Levels()
    {
        IReadOnlyList<IReadOnlyList<OrbitalLevel>> levels = xml is not null && ReferenceEquals(run, xml) ? xml.Levels : [];
        if (files.Eigenval is not null)
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

        if (files.Doscar is null)
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
        Note(double.IsNaN(calculation.Gap), "gap (vasprun.xml or EIGENVAL)");
        Note(double.IsNaN(calculation.DBandCentre), "d-band centre (vasprun.xml with projections, or DOSCAR, both with LORBIT 10 or 11)");
        Note(calculation.Method.Spin == "UKS" && double.IsNaN(calculation.MagneticMoment), "magnetic moment (OUTCAR)");
        missing.Add("charges (VASP prints none)");
    }
}
