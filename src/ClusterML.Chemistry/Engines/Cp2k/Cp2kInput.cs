using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Calculations;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>Writes CP2K inputs: clusters spin-restricted with smearing, free atoms spin-polarised with integer occupation.</summary>
internal static class Cp2kInput
{
    /// <summary>The input of a calculation on a rung of the ladder (null: the recipe as it stands).</summary>
    public static string Write(CalculationRequest request, Cp2kRecipe recipe, Cp2kRung? rung)
    {
        var text = new Writer();
        var isAtom = request.System.Kind == SystemKind.FreeAtom;
        using (text.Section("GLOBAL"))
        {
            text.Set($"PROJECT {request.Name}");
            text.Set($"RUN_TYPE {(request.Relax ? "GEO_OPT" : "ENERGY_FORCE")}");
            text.Line("PRINT_LEVEL MEDIUM");
        }

        using (text.Section("FORCE_EVAL"))
        {
            text.Line("METHOD QS");
            using (text.Section("DFT"))
            {
                Dft(text, request, recipe, rung, isAtom);
            }

            Subsystem(text, request, recipe);
            using (text.Section("PRINT"))
            {
                using (text.Section("FORCES"))
                {
                }
            }
        }

        if (request.Relax)
        {
            Relaxation(text, recipe, rung);
        }

        return text.ToString();
    }

    private static void Dft(Writer text, CalculationRequest request, Cp2kRecipe recipe, Cp2kRung? rung, bool isAtom)
    {
        text.Line("BASIS_SET_FILE_NAME BASIS_MOLOPT");
        text.Line("POTENTIAL_FILE_NAME GTH_POTENTIALS");
        if (isAtom)
        {
            text.Line("UKS T");
            text.Set($"MULTIPLICITY {Element(request.System.Host.Symbol).UnpairedElectrons + 1}");
        }

        using (text.Section("POISSON"))
        {
            text.Line("PERIODIC XYZ");
            text.Line("PSOLVER PERIODIC");
        }

        using (text.Section("MGRID"))
        {
            text.Set($"CUTOFF {recipe.Cutoff}");
            text.Set($"REL_CUTOFF {recipe.RelCutoff}");
            text.Line("NGRIDS 4");
        }

        using (text.Section("QS"))
        {
            text.Set($"EPS_DEFAULT {recipe.EpsDefault:0.0E-0}");
            if (!isAtom)
            {
                text.Line("EXTRAPOLATION USE_PREV_P");
            }
        }

        using (text.Section("SCF"))
        {
            text.Line("SCF_GUESS ATOMIC");
            if (isAtom)
            {
                AtomScf(text, recipe, rung);
            }
            else
            {
                ClusterScf(text, recipe, rung);
            }
        }

        if (!isAtom)
        {
            Orbitals(text);
        }

        using (text.Section("XC"))
        {
            using (text.Section($"XC_FUNCTIONAL {recipe.Functional}"))
            {
            }
        }
    }

    // Once, for the last geometry: eigenvalues, occupations and angular momenta, from which gap and d-band centre are read.
    private static void Orbitals(Writer text)
    {
        using (text.Section("PRINT"))
        using (text.Section("PDOS"))
        {
            text.Line("NLUMO -1");
            using (text.Section("EACH"))
            {
                text.Line("GEO_OPT 1000");
            }

            text.Line("ADD_LAST NUMERIC");
        }
    }

    private static void ClusterScf(Writer text, Cp2kRecipe recipe, Cp2kRung? rung)
    {
        text.Set($"ADDED_MOS {recipe.AddedOrbitals}");
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
            text.Line("METHOD BROYDEN_MIXING");
            text.Set($"ALPHA {rung?.Alpha ?? recipe.Alpha}");
            text.Set($"BETA {rung?.Beta ?? recipe.Beta}");
            text.Set($"NBROYDEN {rung?.Histories ?? recipe.Histories}");
        }

        text.Set($"EPS_SCF {recipe.EpsScf:0.0E-0}");
        text.Set($"MAX_SCF {rung?.MaxScf ?? recipe.MaxScf}");
    }

    // Diagonalisation with mixing does not converge for open d shells; orbital transformation does.
    private static void AtomScf(Writer text, Cp2kRecipe recipe, Cp2kRung? rung)
    {
        using (text.Section("OT"))
        {
            text.Line("MINIMIZER DIIS");
            text.Line("ENERGY_GAP 0.05");
            text.Line("PRECONDITIONER FULL_ALL");
        }

        using (text.Section("OUTER_SCF"))
        {
            text.Set($"EPS_SCF {recipe.AtomEpsScf:0.0E-0}");
            text.Line("MAX_SCF 4");
        }

        text.Set($"EPS_SCF {recipe.AtomEpsScf:0.0E-0}");
        text.Set($"MAX_SCF {rung?.MaxScf ?? recipe.AtomMaxScf}");
    }

    private static void Subsystem(Writer text, CalculationRequest request, Cp2kRecipe recipe)
    {
        using (text.Section("SUBSYS"))
        {
            using (text.Section("CELL"))
            {
                text.Set($"ABC {request.Box:0.0###} {request.Box:0.0###} {request.Box:0.0###}");
                text.Line("PERIODIC XYZ");
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
                }
            }
        }
    }

    private static void Relaxation(Writer text, Cp2kRecipe recipe, Cp2kRung? rung)
    {
        using (text.Section("MOTION"))
        {
            using (text.Section("GEO_OPT"))
            {
                text.Line("OPTIMIZER BFGS");
                text.Set($"MAX_ITER {rung?.MaxSteps ?? recipe.MaxSteps}");
                text.Set($"MAX_FORCE {recipe.MaxForce:0.0E-0}");
                text.Set($"RMS_FORCE {recipe.RmsForce:0.0E-0}");
                text.Set($"MAX_DR {recipe.MaxMove:0.0E-0}");
                text.Set($"RMS_DR {recipe.RmsMove:0.0E-0}");
            }
        }
    }

    private static GthElement Element(string symbol) => GthElement.Find(symbol)
        ?? throw new ArgumentException($"no GTH-PBE pseudopotential with a DZVP-MOLOPT-SR-GTH basis for {symbol}");

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
