using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Shapes;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Turns the interval part of a config into the options of an estimator.</summary>
internal static class IntervalFactory
{
    /// <summary>Name of the method in tables, with what sets it apart from others of its type.</summary>
    internal static string MethodName(this IntervalMethodConfig method)
    {
        var name = KeyNames.Snake(method.Type.ToString());
        var groups = method.GroupsOrDefault();
        return (groups == GroupKind.None ? name : $"{name}/{(groups == GroupKind.Column ? method.GroupColumn : KeyNames.Snake(groups.ToString()))}")
            + (method.Score == IntervalScore.Normalised ? $"/{KeyNames.Snake(method.Difficulty.ToString())}" : string.Empty);
    }

    /// <summary>The groups, or those of the type where none are given.</summary>
    internal static GroupKind GroupsOrDefault(this IntervalMethodConfig method) =>
        method.Groups ?? (method.Type == IntervalMethod.FastCvPlus ? GroupKind.MixedMondrian : GroupKind.None);

    /// <summary>The fewest training rows that every method can be fitted on: as many as it has folds.</summary>
    internal static int FewestRows(this IntervalConfig config) => config.Also.Prepend(config).Max(FewestRowsOfMethod);

    /// <summary>Whether a method cuts the training rows into as many folds as it is told.</summary>
    internal static bool HasFolds(this IntervalMethodConfig method) =>
        method.Type is IntervalMethod.FastCvPlus or IntervalMethod.CvPlus or IntervalMethod.CvMinmax;

    /// <summary>The fewest training rows that one method can be fitted on.</summary>
    internal static int FewestRowsOfMethod(this IntervalMethodConfig method) => method.HasFolds() ? method.Folds : 4;

    /// <summary>The decision that the config asks for, or that the names of the targets suggest; null for none.</summary>
    internal static SignDecision? Decision(this IntervalConfig config, IReadOnlyList<TargetColumn> targets)
    {
        int Index(string name) => targets.Index().Where(t => t.Item.Name == name).Select(t => t.Index).DefaultIfEmpty(-1).First();
        if (config.Decision is { } asked)
        {
            return new(Index(asked.Minuend), asked.Subtrahend is null ? null : Index(asked.Subtrahend), asked.Negative, asked.Positive);
        }

        const string In = "_in";
        const string Out = "_out";
        foreach (var (inside, target) in targets.Index().Where(t => t.Item.Name.EndsWith(In, StringComparison.Ordinal)))
        {
            if (Index(target.Name[..^In.Length] + Out) is var outside and >= 0)
            {
                return new(inside, outside);
            }
        }

        return null;
    }

    /// <summary>Options of the paper's method.</summary>
    internal static CvPlusOptions FastCvPlus(
        IntervalMethodConfig method, IntervalConfig config, IReadOnlyList<TargetColumn> targets, Func<string, bool> hasColumn, int seed)
    {
        var (column, scale) = NeighbourColumn(hasColumn);
        return new()
        {
            Folds = method.Folds,
            Alpha = config.Alpha[0],
            FurtherAlphas = [.. config.Alpha.Skip(1)],
            Decision = config.Decision(targets),
            Groups = method.GroupsOrDefault() == GroupKind.MixedMondrian ? ConformalGroups.MixedMondrian : ConformalGroups.None,
            NeighbourColumn = column,
            ScaleNeighbours = scale,
            Seed = seed,
        };
    }

    /// <summary>Options of every other method.</summary>
    internal static ConformalOptions Conformal(
        IntervalMethodConfig method, IntervalConfig config, IReadOnlyList<TargetColumn> targets, Func<string, bool> hasColumn, int seed)
    {
        var (column, scale) = NeighbourColumn(hasColumn);
        return new()
        {
            Method = method.Type,
            Alphas = config.Alpha,
            Folds = method.Folds,
            CalibrationFraction = method.CalibrationFraction,
            TuningFraction = method.TuningFraction,
            Normalised = method.Score == IntervalScore.Normalised,
            Difficulty = method.Difficulty,
            Groups = method.GroupsOrDefault(),
            GroupColumn = method.GroupColumn,
            GroupBins = method.GroupBins,
            SmallGroup = method.SmallGroup,
            UnseenGroup = method.UnseenGroup,
            NeighbourColumn = column,
            ScaleNeighbours = scale,
            Decision = config.Decision(targets),
            Seed = seed,
        };
    }

    // Embeddings are on one scale. Raw features are not: unscaled, kelvins would decide alone what is unusual.
    internal static (string? Column, bool Scale) NeighbourColumn(Func<string, bool> hasColumn)
    {
        const string Embedding = "embedding";
        var column = new[] { Embedding, "continuous", "descriptors" }.FirstOrDefault(hasColumn);
        return (column, column is not null and not Embedding);
    }
}
