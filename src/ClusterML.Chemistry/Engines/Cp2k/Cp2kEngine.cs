
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;
using ClusterML.Chemistry.Imports.Cp2k;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>CP2K (Quickstep), driven through its input file; Debian packages cp2k and cp2k-data.</summary>
/// <param name="recipe">The level of theory.</param>
/// <param name="program">The program, by name or by path.</param>
/// <param name="data">Folder of basis sets and pseudopotentials; empty leaves it to the program and its environment.</param>
/// <param name="threads">Threads of one process.</param>
public sealed class Cp2kEngine(Cp2kRecipe recipe, string program = "cp2k.psmp", string data = "", int threads = 1) : IEngine
{
    private const string MomentStep = "moment";
    private const string HeldStep = "held";

    /// <inheritdoc/>
    public string Name => "cp2k";

    /// <inheritdoc/>
    public int Continuations => recipe.Continuations;

    /// <inheritdoc/>
    public int Rungs(CalculationRequest request) => 1 + (IsAtom(request) ? recipe.Atoms.Ladder.Count : Ladder(request).Count);

    /// <inheritdoc/>
    public string Describe(CalculationRequest request, int rung) =>
        rung == 0 ? "the recipe"
        : IsAtom(request) ? FormattableString.Invariant($"max_scf {recipe.Atoms.Ladder[rung - 1]}")
        : Ladder(request)[rung - 1].ToString();

    /// <inheritdoc/>
    public bool ContinuesGeometry(CalculationRequest request, int rung) => rung > 0 && !IsAtom(request) && Ladder(request)[rung - 1].ContinueGeometry;

    /// <inheritdoc/>
    public IReadOnlyList<string> Handover(CalculationRequest request) => [$"{request.Name}-RESTART.wfn"];

    /// <inheritdoc/>
    public bool IsScratch(string fileName) => fileName.Contains(".wfn", StringComparison.Ordinal)
        || fileName.Contains(".restart", StringComparison.Ordinal) || fileName.EndsWith(".Hessian", StringComparison.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<EngineStep> Steps(CalculationRequest request, int rung)
    {
        Dictionary<string, string> File(string text) => new() { [$"{request.Name}.inp"] = text };
        if (IsAtom(request))
        {
            return [new("", File(Cp2kInput.Atom(request, recipe, rung == 0 ? recipe.Atoms.MaxScf : recipe.Atoms.Ladder[rung - 1])), Relaxes: false)];
        }

        EngineStep Step(string name, Cp2kScf run) => new(name, File(Cp2kInput.Cluster(request, recipe, run)), run.Relaxes, run.FromOrbitals);
        var free = Cp2kScf.OfCluster(recipe, request, rung);
        if (free.Multiplicity is not { } multiplicity || !recipe.Spin.HoldMoment)
        {
            return [Step("", free)];
        }

        // The relaxation itself holds the moment; a single point with the moment free then says energy and forces.
        var last = Step("", free with { Relaxes = false, FromOrbitals = true });
        var held = free with { HeldMoment = Held(request, multiplicity), EpsScf = recipe.Spin.HeldEpsScf };
        if (request is { HasOrbitals: true, Continues: false } && rung > 0 && Ladder(request)[rung - 1].HoldMoment == false)
        {
            return [last];
        }

        // Without orbitals nothing is known of the moment: it is looked for before the atoms move, where a wrong one costs least.
        return free.FromOrbitals || recipe.Spin.MomentRepeats == 0
            ? [Step(HeldStep, held), last]
            : [Step(MomentStep, held with { Relaxes = false, EpsScf = recipe.Spin.MomentEpsScf, FromOrbitals = request.Moment is not null }) with { IsRough = true }, Step(HeldStep, held with { FromOrbitals = true }), last];
    }

    /// <inheritdoc/>
    public double? MomentToHold(EngineStep step, IReadOnlyList<(CalculationRequest Request, string Folder)> tries)
    {
        if (step.Name is not (MomentStep or HeldStep) || tries.Count > recipe.Spin.MomentRepeats || Cp2kScf.OfCluster(recipe, tries[0].Request, 0).Multiplicity is not { } multiplicity)
        {
            return null;
        }

        var search = new MomentSearch(recipe.Spin.FermiTolerance, recipe.Spin.FermiSlope);
        return search.Next([.. tries
            .Select(t => (Held(t.Request, multiplicity), Cp2kProjectedStates.Of(t.Folder, t.Request.Name)?.FermiDifference ?? double.NaN))]);
    }

    /// <inheritdoc/>
    public EngineCommand Command(CalculationRequest request)
    {
        var environment = new Dictionary<string, string>
        {
            ["OMP_NUM_THREADS"] = FormattableString.Invariant($"{threads}"),
            ["OPENBLAS_NUM_THREADS"] = "1",
        };
        if (data.Length > 0)
        {
            environment["CP2K_DATA_DIR"] = data;
        }

        return new(program, ["-i", $"{request.Name}.inp", "-o", $"{request.Name}.out"], environment);
    }

    /// <inheritdoc/>
    public EngineOutcome Read(CalculationRequest request, string folder)
    {
        var output = Path.Combine(folder, $"{request.Name}.out");
        if (!File.Exists(output))
        {
            return new(false, null, "there is no output", 0);
        }

        try
        {
            var imported = CalculationImporter.Read(output)[0];
            var calculation = Judged(request, imported.Calculation);
            var fault = calculation.EnergyFault
                ?? (request.Relax ? Unrelaxed(calculation, imported.Steps.Count) : calculation.Ended == true ? null : "the program did not come to its end");
            return new(calculation.Ended == true, calculation, fault, imported.Steps.Count);
        }
        catch (MalformedFileException e)
        {
            return new(false, null, e.Message, 0);
        }
    }

    /// <inheritdoc/>
    public string? Doing(CalculationRequest request, string folder)
    {
        try
        {
            return Cp2kProgress.Of(Path.Combine(folder, $"{request.Name}.out")).Describe(request.Relax ? recipe.MaxForce : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MalformedFileException)
        {
            return null;
        }
    }

    private static double Held(CalculationRequest request, int multiplicity) => request.Moment is { } found ? Math.Round(found, MomentSearch.Decimals) : multiplicity - 1;

    private static bool IsAtom(CalculationRequest request) => request.System.Kind == SystemKind.FreeAtom;

    private static string? Unrelaxed(Calculation calculation, int steps) =>
        calculation.Positions.Count == 0 ? "the final geometry is not there"
        : calculation.GeometryConverged == true ? null
        : double.IsNaN(calculation.MaxForce) ? "there are no forces"
        : FormattableString.Invariant($"the relaxation did not converge in {steps} steps: largest force {calculation.MaxForce:0.000} eV/Angstrom");

    private IReadOnlyList<Cp2kRung> Ladder(CalculationRequest request) => recipe.IsPolarised(request.System) ? recipe.Spin.Ladder : recipe.Ladder;

    /// <summary>
    /// A relaxation by the threshold of the recipe, which is on the length of the force on an atom: CP2K's own are on components,
    /// in other units, and only say when it stops.
    /// </summary>
    private Calculation Judged(CalculationRequest request, Calculation calculation)
    {
        if (!request.Relax)
        {
            return calculation;
        }

        var thresholds = MethodDescription.ThresholdsByName(calculation.Method.Thresholds)!
            .Where(t => t.Key.StartsWith("EPS_", StringComparison.Ordinal))
            .Select(t => (t.Key, t.Value))
            .Append((MethodDescription.LargestForce, recipe.MaxForce));
        return calculation with
        {
            GeometryConverged = calculation.MaxForce <= recipe.MaxForce,
            Method = calculation.Method with { Thresholds = MethodDescription.ThresholdText(thresholds) },
        };
    }
}
