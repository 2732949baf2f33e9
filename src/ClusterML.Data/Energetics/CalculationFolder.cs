using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;

namespace ClusterML.Data.Energetics;

/// <summary>Every calculation of a folder, and the files that are none.</summary>
/// <param name="Calculations">The calculations, in the order of their file names.</param>
/// <param name="LeftOut">Files whose name is not that of a system.</param>
public sealed record CalculationFolder(IReadOnlyList<Calculation> Calculations, IReadOnlyList<LeftOutCalculation> LeftOut)
{
    /// <summary>Reads the calculations (*.json) of a folder, or of its subfolder <c>calculations</c>.</summary>
    /// <exception cref="DataException">The folder is missing, holds no calculation, or a file cannot be read; all of them are named.</exception>
    public static CalculationFolder Read(string folder) =>
        Read(folder, "give a folder of calculations, one JSON file each", _ => []);

    /// <summary>As <see cref="Read(string)"/>, with a check of the whole whose problems are named with those of the files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="whenMissing">What the folder is for, when there is none.</param>
    /// <param name="check">Problems of the calculations that could be read.</param>
    /// <exception cref="DataException">The folder is missing or holds no calculation, or anything is wrong; all of it is named.</exception>
    internal static CalculationFolder Read(string folder, string whenMissing, Func<IReadOnlyList<Calculation>, IEnumerable<DataProblem>> check)
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
        foreach (var path in Directory.EnumerateFiles(at, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                if (CalculationFile.Read(path) is { } calculation)
                {
                    calculations.Add(calculation);
                }
                else
                {
                    leftOut.Add(new(path, "the name is none of X13, X12_variant, X_atom, X12TM_in, X12TM_out and X12TM_in_frozen"));
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
