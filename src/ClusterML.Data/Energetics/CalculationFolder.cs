using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;

namespace ClusterML.Data.Energetics;

/// <summary>Every calculation of a folder and its subfolders, and the files that are none.</summary>
/// <param name="Calculations">The calculations, in the order of the paths of their files.</param>
/// <param name="LeftOut">Files whose name is not that of a system.</param>
public sealed record CalculationFolder(IReadOnlyList<Calculation> Calculations, IReadOnlyList<LeftOutCalculation> LeftOut)
{
    private const string Purpose = "give a folder of calculations, one JSON file each";

    /// <summary>Reads the calculations (*.json) of a folder, or of its subfolder <c>calculations</c>.</summary>
    /// <exception cref="DataException">
    /// The folder is missing, holds no calculation, a file cannot be read, or a system is there twice in one recipe; all of it is named.
    /// </exception>
    public static CalculationFolder Read(string folder) => Read(folder, Purpose);

    /// <summary>As <see cref="Read(string)"/>, with what the folder is for, when there is none.</summary>
    internal static CalculationFolder Read(string folder, string whenMissing) => Read(folder, whenMissing, RepeatedCalculations.Problems);

    /// <summary>As <see cref="Read(string)"/>, for who chooses among the calculations: a system may be there several times in one recipe.</summary>
    /// <exception cref="DataException">The folder is missing, holds no calculation, or a file cannot be read; all of them are named.</exception>
    public static CalculationFolder ReadCandidates(string folder) => Read(folder, Purpose, _ => []);

    /// <summary>Calculations that cannot stand in one folder: a system twice in one recipe, both files named.</summary>
    public static IReadOnlyList<DataProblem> Repeated(IReadOnlyList<Calculation> calculations) => [.. RepeatedCalculations.Problems(calculations)];

    private static CalculationFolder Read(string folder, string whenMissing, Func<IReadOnlyList<Calculation>, IEnumerable<DataProblem>> check)
    {
        var inner = Path.Combine(folder, Datasets.Dataset.CalculationsFolder);
        var at = Directory.Exists(inner) ? inner : folder;
        if (!Directory.Exists(at))
        {
            throw new DataException([new DataProblem(folder, 0, 0, $"no such folder; {whenMissing}")]);
        }

        var problems = new List<DataProblem>();
        var calculations = new List<Calculation>();
        var leftOut = new List<LeftOutCalculation>();
        foreach (var path in CalculationFiles.In(at))
        {
            var place = CalculationFiles.NameIn(at, path);
            try
            {
                if (CalculationFile.Read(path) is { } calculation)
                {
                    calculations.Add(calculation with { Place = place });
                }
                else
                {
                    leftOut.Add(new(path, "the name is none of X13, X12_variant, X_atom, X12TM_in, X12TM_out and X12TM_in_frozen") { Place = place });
                }
            }
            catch (MalformedFileException e)
            {
                problems.Add(new(e.File, e.Line, e.Column, e.Message));
            }
        }

        problems.AddRange(check(calculations));
        if (problems.Count == 0 && calculations.Count == 0)
        {
            problems.Add(new(folder, 0, 0, "the folder holds no calculation (*.json)"));
        }

        return problems.Count == 0 ? new(calculations, leftOut) : throw new DataException(problems);
    }
}
