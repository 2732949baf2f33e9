using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>Writes CP2K inputs: clusters with smearing, spin-restricted or polarised as the recipe has it, free atoms spin-polarised with integer occupation.</summary>
internal static class Cp2kInput
{
    // Largest element of the commutator of Kohn-Sham and density matrix (hartree) below which DIIS extrapolates; no step is above it.
    private const double Always = 1000;

    /// <summary>The input of a cluster.</summary>
    public static string Cluster(CalculationRequest request, Cp2kRecipe recipe, Cp2kScf scf)
    {
        var run = scf.Relaxes ? "GEO_OPT" : "ENERGY_FORCE";
        return Write(request, recipe, run, scf.Multiplicity, scf.MaxSteps, text =>
        {
            text.Line(scf.FromOrbitals ? "SCF_GUESS RESTART" : "SCF_GUESS ATOMIC");
            ClusterScf(text, recipe, scf);
            Orbitals(text, scf.Relaxes);
        });
    }

    /// <summary>The input of a free atom.</summary>
    public static string Atom(CalculationRequest request, Cp2kRecipe recipe, int maxScf) =>
        Write(request, recipe, "ENERGY", Element(request.System.Host.Symbol).UnpairedElectrons + 1, recipe.MaxSteps, text =>
        {
            text.Line("SCF_GUESS ATOMIC");
            AtomScf(text, recipe.Atoms, maxScf);
            Orbitals(text, kept: false);
        });

    /// <summary>What is known of an element.</summary>
    /// <exception cref="ArgumentException">There is no pseudopotential and basis for it.</exception>
    public static GthElement Element(string symbol) => GthElement.Find(symbol)
        ?? throw new ArgumentException($"no GTH-PBE pseudopotential with a DZVP-MOLOPT-SR-GTH basis for {symbol}");

    private static string Write(CalculationRequest request, Cp2kRecipe recipe, string run, int? multiplicity, int maxSteps, Action<Writer> scf)
    {
        var text = new Writer();
        using (text.Section("GLOBAL"))
        {
            text.Set($"PROJECT {request.Name}");
            text.Set($"RUN_TYPE {run}");
            text.Line("PRINT_LEVEL MEDIUM");
        }

        using (text.Section("FORCE_EVAL"))
        {
            text.Line("METHOD QS");
            using (text.Section("DFT"))
            {
                Dft(text, recipe, run, multiplicity, scf);
                if (request.System.Kind != SystemKind.FreeAtom)
                {
                    States(text);
                }
            }

            Subsystem(text, request, recipe, multiplicity is not null && request.System.Kind != SystemKind.FreeAtom);
            using (text.Section("PRINT"))
            {
                using (text.Section("FORCES"))
                {
                }
            }
        }

        if (run == "GEO_OPT")
        {
            Relaxation(text, recipe, maxSteps);
        }

        return text.ToString();
    }

    private static void Dft(Writer text, Cp2kRecipe recipe, string run, int? multiplicity, Action<Writer> scf)
    {
        text.Line("BASIS_SET_FILE_NAME BASIS_MOLOPT");
        text.Line("POTENTIAL_FILE_NAME GTH_POTENTIALS");
        if (multiplicity is { } given)
        {
            text.Line("UKS T");
            text.Set($"MULTIPLICITY {given}");
        }

        using (text.Section("POISSON"))
        {
            text.Line($"PERIODIC {Periodicity(recipe)}");
            text.Line(recipe.Poisson == PoissonSolver.Wavelet ? "PSOLVER WAVELET" : "PSOLVER PERIODIC");
        }

        using (text.Section("MGRID"))
        {
            text.Set($"CUTOFF {recipe.Cutoff}");
            text.Set($"REL_CUTOFF {recipe.RelCutoff}");
            text.Line("NGRIDS 4");
        }

        using (text.Section("QS"))
        {
            if (recipe.Density == DensityMethod.Gapw)
            {
                text.Line("METHOD GAPW");
            }

            text.Set($"EPS_DEFAULT {recipe.EpsDefault}");
            if (run == "GEO_OPT")
            {
                text.Line(multiplicity is null ? "EXTRAPOLATION USE_PREV_P" : "EXTRAPOLATION USE_PREV_WF");
            }
        }

        using (text.Section("SCF"))
        {
            scf(text);
        }

        using (text.Section("XC"))
        {
            using (text.Section($"XC_FUNCTIONAL {recipe.Functional}"))
            {
            }
        }
    }

    private static string Periodicity(Cp2kRecipe recipe) => recipe.Poisson == PoissonSolver.Wavelet ? "NONE" : "XYZ";

    // Once, for the last geometry: eigenvalues, occupations and angular momenta, from which gap and d-band centre are read.
    private static void States(Writer text)
    {
        using (text.Section("PRINT"))
        using (text.Section("PDOS"))
        {
            using (text.Section("EACH"))
            {
                text.Line("GEO_OPT 1000");
            }

            text.Line("ADD_LAST NUMERIC");
        }
    }

    private static void ClusterScf(Writer text, Cp2kRecipe recipe, Cp2kScf scf)
    {
        text.Set($"ADDED_MOS {recipe.AddedOrbitals}{(scf.Multiplicity is null ? "" : FormattableString.Invariant($" {recipe.AddedOrbitals}"))}");
        using (text.Section("DIAGONALIZATION"))
        {
        }

        using (text.Section("SMEAR"))
        {
            text.Line("METHOD FERMI_DIRAC");
            text.Set($"ELECTRONIC_TEMPERATURE {recipe.Temperature}");
        }

        using (text.Section("MIXING"))
        {
            Mixing(text, recipe.Mixing, scf);
        }

        if (recipe.Mixing == ScfMixing.Diis)
        {
            text.Set($"EPS_DIIS {Always}");
            text.Set($"MAX_DIIS {scf.Histories}");
        }

        text.Set($"EPS_SCF {scf.EpsScf}");
        text.Set($"MAX_SCF {scf.MaxScf}");
    }

    private static void Mixing(Writer text, ScfMixing mixing, Cp2kScf scf)
    {
        if (mixing == ScfMixing.Broyden)
        {
            text.Line("METHOD BROYDEN_MIXING");
            text.Set($"ALPHA {scf.Alpha}");
            text.Set($"BETA {scf.Beta}");
            text.Set($"NBROYDEN {scf.Histories}");
            return;
        }

        // Nothing is mixed. CP2K takes the commutator with the new orbitals, but the Kohn-Sham matrix of the mixed density: a step that mixes
        // leaves a pair that do not belong together in the memory of DIIS, and one whose commutator happens to be small keeps the field from
        // converging as long as it is remembered. So one step with the new density as it is begins the memory.
        text.Line("METHOD DIRECT_P_MIXING");
        text.Line("ALPHA 1");
        text.Line("NMIXING 1");
    }

    // Diagonalisation with mixing does not converge for open d shells; orbital transformation does.
    private static void AtomScf(Writer text, Cp2kAtoms atoms, int maxScf)
    {
        using (text.Section("OT"))
        {
            text.Line($"MINIMIZER {atoms.Minimizer}");
            text.Line("ENERGY_GAP 0.05");
            text.Line("PRECONDITIONER FULL_ALL");
        }

        using (text.Section("OUTER_SCF"))
        {
            text.Set($"EPS_SCF {atoms.EpsScf}");
            text.Set($"MAX_SCF {atoms.OuterScf}");
        }

        text.Set($"EPS_SCF {atoms.EpsScf}");
        text.Set($"MAX_SCF {maxScf}");
    }

    // Orbitals are written for a run that may be gone on from, and only for such a one.
    private static void Orbitals(Writer text, bool kept)
    {
        using (text.Section("PRINT"))
        {
            using (text.Section(kept ? "RESTART" : "RESTART OFF"))
            {
                if (kept)
                {
                    text.Line("BACKUP_COPIES 0");
                }
            }

            using (text.Section("RESTART_HISTORY OFF"))
            {
            }
        }
    }

    private static void Subsystem(Writer text, CalculationRequest request, Cp2kRecipe recipe, bool isPolarised)
    {
        using (text.Section("SUBSYS"))
        {
            using (text.Section("CELL"))
            {
                text.Set($"ABC {request.Box:0.0###} {request.Box:0.0###} {request.Box:0.0###}");
                text.Line($"PERIODIC {Periodicity(recipe)}");
            }

            using (text.Section("COORD"))
            {
                var start = request.Start;
                Span<double> shift = stackalloc double[3];
                for (var axis = 0; axis < 3; axis++)
                {
                    var sum = 0.0;
                    for (var atom = 0; atom < start.Count; atom++)
                    {
                        sum += start.Position(atom)[axis];
                    }

                    shift[axis] = (request.Box / 2) - (sum / start.Count);
                }

                for (var atom = 0; atom < start.Count; atom++)
                {
                    var (x, y, z) = (start.Position(atom)[0] + shift[0], start.Position(atom)[1] + shift[1], start.Position(atom)[2] + shift[2]);
                    text.Set($"{start.Elements[atom].Symbol} {x:0.00000000} {y:0.00000000} {z:0.00000000}");
                }
            }

            foreach (var symbol in request.Start.Elements.Select(e => e.Symbol).Distinct().Order(StringComparer.Ordinal))
            {
                using (text.Section($"KIND {symbol}"))
                {
                    text.Set($"BASIS_SET {recipe.Basis}");
                    text.Set($"POTENTIAL GTH-{recipe.Functional}-q{Element(symbol).ValenceElectrons}");
                    if (isPolarised && recipe.Spin.Moments.TryGetValue(symbol, out var moment))
                    {
                        text.Set($"MAGNETIZATION {moment}");
                    }
                }
            }
        }
    }

    private static void Relaxation(Writer text, Cp2kRecipe recipe, int maxSteps)
    {
        using (text.Section("MOTION"))
        {
            using (text.Section("GEO_OPT"))
            {
                text.Line("OPTIMIZER BFGS");
                text.Set($"MAX_ITER {maxSteps}");
                text.Set($"MAX_FORCE {recipe.StopForce}");
                text.Set($"RMS_FORCE {recipe.StopRmsForce}");
                text.Set($"MAX_DR {recipe.StopMove}");
                text.Set($"RMS_DR {recipe.StopRmsMove}");
            }
        }
    }

    /// <summary>Nested sections with their indentation; numbers in the invariant culture.</summary>
    private sealed class Writer
    {
        private readonly StringBuilder text = new();
        private int depth;

        public IDisposable Section(string opening) => new OpenSection(this, opening);

        public void Set(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

        public void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

        public override string ToString() => text.ToString();

        private sealed class OpenSection : IDisposable
        {
            private readonly Writer writer;
            private readonly string name;

            public OpenSection(Writer writer, string opening)
            {
                this.writer = writer;
                name = opening.Split(' ')[0];
                writer.Line($"&{opening}");
                writer.depth++;
            }

            public void Dispose()
            {
                writer.depth--;
                writer.Line($"&END {name}");
            }
        }
    }
}
