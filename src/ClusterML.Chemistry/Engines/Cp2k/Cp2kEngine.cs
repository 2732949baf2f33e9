
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
    public int Rungs => recipe.Ladder.Count + 1;

    /// <inheritdoc/>
    public string Describe(int rung) => rung == 0 ? "the recipe" : recipe.Ladder[rung - 1].ToString();

    /// <inheritdoc/>
    public bool ContinuesGeometry(int rung) => rung > 0 && recipe.Ladder[rung - 1].ContinueGeometry;

    /// <inheritdoc/>
    public bool IsScratch(string fileName) => fileName.Contains(".wfn", StringComparison.Ordinal)
        || fileName.Contains(".restart", StringComparison.Ordinal) || fileName.EndsWith(".Hessian", StringComparison.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Inputs(CalculationRequest request, int rung) => new Dictionary<string, string>
    {
        [$"{request.Name}.inp"] = Cp2kInput.Write(request, recipe, rung == 0 ? null : recipe.Ladder[rung - 1]),
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
            var calculation = imported.Calculation;
            var fault = calculation.EnergyFault
                ?? (calculation.Ended == false ? "the program did not come to its end" : null)
                ?? (request.Relax && calculation.GeometryConverged != true
                    ? FormattableString.Invariant($"the relaxation did not converge in {imported.Steps.Count} steps: largest force {calculation.MaxForce:0.000} eV/Angstrom")
                    : null)
                ?? (request.Relax && calculation.Positions.Count == 0 ? "the final geometry is not there" : null);
            return new(calculation.Ended == true, calculation, fault, imported.Steps.Count);
        }
        catch (MalformedFileException e)
        {
            return new(false, null, e.Message, 0);
        }
    }
}
