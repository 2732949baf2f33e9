using ClusterML.Chemistry.Convergence;
using ClusterML.Data.Rows;

namespace ClusterML.Data.Energetics;

/// <summary>Reads convergence studies from a csv or Parquet table.</summary>
/// <remarks>
/// Columns: <c>parameter</c> (its name) and <c>value</c>, or one column that bears the name of the parameter; every other column of
/// numbers is a quantity, an empty cell is not computed. Columns <c>unit</c> (of the parameter) and <c>source</c> are read when they
/// are there. Energies <c>E_A</c> and <c>E_B</c> add <c>dE_A-B</c>. One file may hold several parameters.
/// </remarks>
public static class ConvergenceFile
{
    private static readonly string[] Own = ["parameter", "value", "unit", "source"];

    /// <summary>Reads the set of each parameter, in the order of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameter">The parameter to read; null reads all of the column <c>parameter</c>.</param>
    /// <param name="largestIsFinest">Which end is the finest, for parameters that are not known by name; null where they are.</param>
    /// <exception cref="DataException">The file is missing, a cell is no number, a value repeats, or a parameter is not known.</exception>
    public static IReadOnlyList<ConvergenceSet> Read(string path, string? parameter = null, bool? largestIsFinest = null)
    {
        using var csv = RowFile.Open(path, "give a csv table with the columns parameter, value and one for each quantity");
        var names = csv.Find("parameter");
        var own = parameter is null ? -1 : csv.Find(parameter);
        var values = names < 0 && own >= 0 ? own : csv.Require("value");
        if (names < 0 && own < 0 && parameter is null)
        {
            csv.Require("parameter");
        }

        csv.ThrowProblems();
        var units = csv.Find("unit");
        var sources = csv.Find("source");
        var quantities = csv.Header.Select((name, column) => (name, column))
            .Where(q => q.column != values && q.column != names && !Own.Contains(q.name, StringComparer.Ordinal)).ToArray();
        var sets = new OrderedDictionary<string, (string Unit, List<ConvergencePoint> Points)>(StringComparer.Ordinal);
        var rows = 0;
        while (csv.Read())
        {
            rows++;
            var name = names < 0 ? parameter! : csv.RequiredText(names);
            if (parameter is not null && !string.Equals(name, parameter, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!sets.TryGetValue(name, out var set))
            {
                sets[name] = set = (units < 0 ? "" : csv.Text(units), []);
            }

            if (units >= 0 && csv.Text(units) is { Length: > 0 } unit && unit != set.Unit)
            {
                csv.Report(units, $"unit {unit}, and the first row of {name} {(set.Unit.Length == 0 ? "states none" : $"has {set.Unit}")}; give all values of a parameter in one unit");
            }

            var value = csv.Number(values);
            if (double.IsFinite(value) && set.Points.Find(p => p.Value == value) is { } earlier)
            {
                csv.Report(values, $"{name} {ConvergenceParameter.Text(value)} is already in {earlier.Source}");
            }

            var source = sources < 0 || csv.Text(sources).Length == 0 ? csv.Place : csv.Text(sources);
            set.Points.Add(new(value, source, WithDifference(quantities.ToDictionary(q => q.name, q => csv.OptionalNumber(q.column)))));
        }

        csv.Finish(rows);
        return sets.Count > 0
            ? [.. sets.Select(s => new ConvergenceSet(Parameter(path, s.Key, s.Value.Unit, largestIsFinest), s.Value.Points))]
            : throw new DataException([new DataProblem(path, 0, 0, $"no row is of the parameter {parameter}")]);
    }

    private static ConvergenceParameter Parameter(string path, string name, string unit, bool? largestIsFinest)
    {
        var known = ConvergenceParameter.Find(name);
        if (known is null && largestIsFinest is null)
        {
            throw new DataException([new DataProblem(
                path, 0, 0, $"which end of {name} is the finest is not known; say --finest largest or --finest smallest (known: {string.Join(", ", ConvergenceParameter.Known.Select(p => p.Name))})")]);
        }

        var parameter = known ?? new(name, "", largestIsFinest!.Value);
        return parameter with { Unit = unit.Length > 0 ? unit : parameter.Unit, LargestIsFinest = largestIsFinest ?? parameter.LargestIsFinest };
    }

    private static Dictionary<string, double> WithDifference(Dictionary<string, double> quantities)
    {
        if (quantities.TryGetValue("E_A", out var a) && quantities.TryGetValue("E_B", out var b))
        {
            quantities.TryAdd("dE_A-B", a - b);
        }

        return quantities;
    }
}
