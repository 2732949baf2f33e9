using System.Globalization;
using ClusterML.Data.Views;
using Microsoft.ML.Data;

namespace ClusterML.Learning.Conformal;

/// <summary>The columns that every interval method writes.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>prediction</c></term><description>centres, one value a target</description></item>
/// <item><term><c>lower</c>, <c>upper</c></term><description>bounds at the first α, one value a target; ±∞ where too few rows calibrate</description></item>
/// <item><term><c>lower_0.2</c>, <c>upper_0.2</c></term><description>bounds at each further α</description></item>
/// <item><term><c>interval_group</c></term><description>the group of each target, joined by "|"</description></item>
/// <item><term><c>difference</c>, <c>difference_lower</c>, <c>difference_upper</c>, <c>decision</c></term>
/// <description>with a <see cref="SignDecision"/>: the quantity whose sign decides, its interval at the first α and the verdict</description></item>
/// </list>
/// </remarks>
public static class IntervalColumns
{
    /// <summary>Centres.</summary>
    public const string Prediction = "prediction";

    /// <summary>Groups.</summary>
    public const string Group = "interval_group";

    /// <summary>What a policy did with a row, read from its group's name in <see cref="Group"/>; null where the group is an ordinary one.</summary>
    public static string? PolicyOf(string group) => GroupTable.Policy(group);

    /// <summary>The quantity whose sign decides.</summary>
    public const string Difference = "difference";

    /// <summary>Its lower bound at the first α.</summary>
    public const string DifferenceLower = "difference_lower";

    /// <summary>Its upper bound at the first α.</summary>
    public const string DifferenceUpper = "difference_upper";

    /// <summary>The verdict at the first α.</summary>
    public const string Decision = "decision";

    /// <summary>Name of the column of lower bounds at the <paramref name="index"/>-th α.</summary>
    public static string Lower(IReadOnlyList<double> alphas, int index) => "lower" + Suffix(alphas, index);

    /// <summary>Name of the column of upper bounds at the <paramref name="index"/>-th α.</summary>
    public static string Upper(IReadOnlyList<double> alphas, int index) => "upper" + Suffix(alphas, index);

    /// <summary>Names and types for this many targets.</summary>
    internal static IReadOnlyList<(string Name, DataViewType Type)> Types(int targets, IReadOnlyList<double> alphas, bool decides)
    {
        var vector = new VectorDataViewType(NumberDataViewType.Double, targets);
        return
        [
            (Prediction, vector),
            .. alphas.SelectMany((_, a) => new (string, DataViewType)[] { (Lower(alphas, a), vector), (Upper(alphas, a), vector) }),
            (Group, TextDataViewType.Instance),
            .. decides
                ? new (string, DataViewType)[]
                {
                    (Difference, NumberDataViewType.Double),
                    (DifferenceLower, NumberDataViewType.Double),
                    (DifferenceUpper, NumberDataViewType.Double),
                    (Decision, TextDataViewType.Instance),
                }
                : [],
        ];
    }

    /// <summary>The columns of computed intervals.</summary>
    /// <param name="space">Targets and decision.</param>
    /// <param name="alphas">Miscoverages.</param>
    /// <param name="centres">[n][outputs].</param>
    /// <param name="bounds">For each α [n][outputs].</param>
    /// <param name="groups">[n]: the groups of a row's targets, joined.</param>
    internal static IReadOnlyList<ValueColumn> Of(
        OutputSpace space, IReadOnlyList<double> alphas, double[][] centres, IReadOnlyList<(double Lower, double Upper)[][]> bounds, string[] groups)
    {
        double[][] OfTargets(Func<int, int, double> value) =>
            [.. centres.Select((_, row) => Enumerable.Range(0, space.Targets).Select(t => value(row, t)).ToArray())];
        var columns = new List<ValueColumn> { ValueColumn.Doubles(Prediction, space.Targets, OfTargets((row, t) => centres[row][t])) };
        for (var a = 0; a < alphas.Count; a++)
        {
            var at = bounds[a];
            columns.Add(ValueColumn.Doubles(Lower(alphas, a), space.Targets, OfTargets((row, t) => at[row][t].Lower)));
            columns.Add(ValueColumn.Doubles(Upper(alphas, a), space.Targets, OfTargets((row, t) => at[row][t].Upper)));
        }

        columns.Add(ValueColumn.Text(Group, groups));
        if (space.Decision is { } decision)
        {
            var (d, first) = (space.DecisionIndex, bounds[0]);
            columns.Add(ValueColumn.Double(Difference, [.. centres.Select(c => c[d])]));
            columns.Add(ValueColumn.Double(DifferenceLower, [.. first.Select(b => b[d].Lower)]));
            columns.Add(ValueColumn.Double(DifferenceUpper, [.. first.Select(b => b[d].Upper)]));
            columns.Add(ValueColumn.Text(Decision, [.. first.Select(b => decision.Verdict(b[d].Lower, b[d].Upper))]));
        }

        return columns;
    }

    private static string Suffix(IReadOnlyList<double> alphas, int index) =>
        index == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"_{alphas[index]}");
}
