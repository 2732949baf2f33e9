using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Imports;

namespace ClusterML.Chemistry.Engines.Cp2k;

/// <summary>CP2K (Quickstep), driven through its input file; Debian packages cp2k and cp2k-data.</summary>
/// <param name="recipe">The level of theory.</param>
/// <param name="program">The program, by name or by path.</param>
/// <param name="data">Folder of basis sets and pseudopotentials; empty leaves it to the program and its environment.</param>
/// <param name="threads">Threads of one process.</param>
public sealed class Cp2kEngine(Cp2kRecipe recipe, string program = "cp2k.psmp", string data = "", int threads = 1) : IEngine
{
    /// <inheritdoc/>
    public string Name => "cp2k";

    /// <inheritdoc/>
    public int Continuations => recipe.Continuations;

    /// <inheritdoc/>
    public int Rungs(CalculationRequest request) => 1 + (IsAtom(request) ? recipe.Atoms.Ladder.Count : recipe.Ladder.Count);

    /// <inheritdoc/>
    public string Describe(CalculationRequest request, int rung) =>
        rung == 0 ? "the recipe"
        : IsAtom(request) ? FormattableString.Invariant($"max_scf {recipe.Atoms.Ladder[rung - 1]}")
        : recipe.Ladder[rung - 1].ToString();

    /// <inheritdoc/>
    public bool ContinuesGeometry(CalculationRequest request, int rung) => rung > 0 && !IsAtom(request) && recipe.Ladder[rung - 1].ContinueGeometry;

    /// <inheritdoc/>
    public IReadOnlyList<string> Handover(CalculationRequest request) => [$"{request.Name}-RESTART.wfn"];

    /// <inheritdoc/>
    public bool IsScratch(string fileName) => fileName.Contains(".wfn", StringComparison.Ordinal)
        || fileName.Contains(".restart", StringComparison.Ordinal) || fileName.EndsWith(".Hessian", StringComparison.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Inputs(CalculationRequest request, int rung) => new Dictionary<string, string>
    {
        [$"{request.Name}.inp"] = IsAtom(request)
            ? Cp2kInput.Atom(request, recipe, rung == 0 ? recipe.Atoms.MaxScf : recipe.Atoms.Ladder[rung - 1])
            : Cp2kInput.Cluster(request, recipe, Cp2kScf.OfCluster(recipe, request, rung)),
    };

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
            var coarse = calculation.EnergyFault is null ? CoarseGrid(calculation) : null;
            var fault = calculation.EnergyFault
                ?? coarse
                ?? (request.Relax ? Unrelaxed(calculation, imported.Steps.Count) : calculation.Ended == true ? null : "the program did not come to its end");
            return new(calculation.Ended == true, calculation, fault, imported.Steps.Count) { IsFinal = coarse is not null };
        }
        catch (MalformedFileException e)
        {
            return new(false, null, e.Message, 0) { IsFinal = RefusedItsInput(output) };
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

    /// <summary>Whether CP2K gave up before the first step: its data or the input are not what they should be, and no rung mends that.</summary>
    private static bool RefusedItsInput(string output)
    {
        try
        {
            return Cp2kProgress.Of(output) is { Aborted: true, ScfStep: 0, GeometryStep: 0 };
        }
        catch (MalformedFileException)
        {
            return false;
        }
    }

    private static bool IsAtom(CalculationRequest request) => request.System.Kind == SystemKind.FreeAtom;

    private string? CoarseGrid(Calculation calculation) => calculation.NetForce > recipe.MaxNetForce
        ? FormattableString.Invariant(
            $"the forces add up to {calculation.NetForce:0.000} eV/Angstrom by atom, more than max_net_force {recipe.MaxNetForce}: a cutoff of {recipe.Cutoff} Ry is too coarse with density {recipe.Density.ToString().ToLowerInvariant()}")
        : null;

    private static string? Unrelaxed(Calculation calculation, int steps) =>
        calculation.Positions.Count == 0 ? "the final geometry is not there"
        : calculation.GeometryConverged == true ? null
        : double.IsNaN(calculation.MaxForce) ? "there are no forces"
        : FormattableString.Invariant($"the relaxation did not converge in {steps} steps: largest force {calculation.MaxForce:0.000} eV/Angstrom");

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
