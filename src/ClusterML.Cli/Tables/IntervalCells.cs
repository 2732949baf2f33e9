using System.Globalization;
using ClusterML.Experiments.Prediction;

namespace ClusterML.Cli.Tables;

/// <summary>The cells of further miscoverages and of the decision by sign, where a model has them.</summary>
internal static class IntervalCells
{
    /// <summary>Names of the columns; none for a model with one miscoverage and no decision.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<PredictionOutput> predictions) =>
    [
        .. Alphas(predictions).SelectMany(a => new[] { $"lower_{a}", $"upper_{a}" }),
        .. Decides(predictions) ? new[] { "difference", "difference_lower", "difference_upper", "decision" } : [],
    ];

    /// <summary>The cells of one predicted target.</summary>
    public static IReadOnlyList<string> Of(PredictionOutput p, IReadOnlyList<PredictionOutput> predictions, string format, string missing) =>
    [
        .. p.Further.SelectMany(f => new[] { Number(f.Lower, format, missing), Number(f.Upper, format, missing) }),
        .. !Decides(predictions) ? [] : p.Decision is { } d
            ? new[] { Number(d.Difference, format, missing), Number(d.Lower, format, missing), Number(d.Upper, format, missing), d.Verdict }
            : [missing, missing, missing, missing],
    ];

    /// <summary>A number, with words for what is none.</summary>
    public static string Number(double value, string format, string missing) => double.IsNaN(value) ? missing
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : value.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Alphas(IReadOnlyList<PredictionOutput> predictions) =>
        predictions.Count == 0 ? [] : predictions[0].Further.Select(f => f.Alpha.ToString(CultureInfo.InvariantCulture));

    private static bool Decides(IReadOnlyList<PredictionOutput> predictions) => predictions.Any(p => p.Decision is not null);
}
