using System.Text.Json;
using ClusterML.Chemistry.Files;
using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Runs;
using ClusterML.Experiments.Stages;
using ClusterML.Experiments.Yaml;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Engine;

/// <summary>The stages that read the table and draw its splits.</summary>
internal static class DataStages
{
    private const string SummaryFile = "data.json";
    private const string SplitsFile = "splits.json";

    public static void WriteSummary(DataTable table, StageWork work) =>
        AtomicFile.WriteText(work.File(SummaryFile), JsonSerializer.Serialize(Summary(table), Prediction.ModelManifest.Format));

    public static DataSummary ReadSummary(string folder) => Read<DataSummary>(folder, SummaryFile);

    public static void WriteSplits(IReadOnlyList<ProtocolSplits> splits, StageWork work) =>
        AtomicFile.WriteText(work.File(SplitsFile), JsonSerializer.Serialize(splits, Prediction.ModelManifest.Format));

    public static IReadOnlyList<ProtocolSplits> ReadSplits(string folder) => Read<List<ProtocolSplits>>(folder, SplitsFile);

    /// <summary>Refuses a table on which no model with intervals can be fitted.</summary>
    /// <exception cref="DataException">There is less than a row a fold, or no interval could be finite.</exception>
    public static void RequireRows(DataTable table, IntervalConfig intervals, NodeMap positions)
    {
        var problems = new List<DataProblem>();
        void Add(string path, string message)
        {
            var at = positions.At(path);
            problems.Add(new(at.File, at.Line, at.Column, $"{path}: {message}{LeftOut(table)}"));
        }

        foreach (var (i, method) in intervals.Also.Prepend(intervals).Index())
        {
            var path = i == 0 ? "intervals" : FormattableString.Invariant($"intervals.also[{i - 1}]");
            var fewest = method.FewestRowsOfMethod();
            if (table.RowCount < fewest)
            {
                Add(
                    method.HasFolds() ? $"{path}.folds" : $"{path}.type",
                    $"{table.Name}: {table.RowCount} rows are too few for {(method.HasFolds() ? $"{fewest} folds; give at most {table.RowCount}" : $"this method, which needs {fewest}")}");
            }
        }

        foreach (var (i, alpha) in intervals.Alpha.Index())
        {
            var needed = Enumerable.Range(1, int.MaxValue - 1).First(n => ConformalRank.Of(n, alpha) <= n);
            if (table.RowCount < needed)
            {
                var entry = FormattableString.Invariant($"intervals.alpha[{i}]");
                Add(
                    positions.IsWritten(entry) ? entry : "intervals.alpha",
                    FormattableString.Invariant($"{table.Name}: {table.RowCount} rows are too few for finite intervals at alpha = {alpha}; {needed} are needed, or a larger alpha"));
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException(problems);
        }
    }

    private static string LeftOut(DataTable table) => table.LeftOut.Count == 0
        ? string.Empty
        : $"; {table.LeftOut.Count} more were left out, the first because {table.LeftOut[0].Place}: {table.LeftOut[0].Reason}";

    public static DataSummary Summary(DataTable table) => new(
        table.Name,
        table.CanonicalHash,
        table.RowCount,
        [.. table.Targets.Index().Select(t =>
        {
            var values = table.TargetValues.Select(row => row[t.Index]).ToList();
            var mean = values.Average();
            return new TargetSummary(t.Item.Name, t.Item.Unit, mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Count - 1)));
        })],
        [.. table.LeftOut.Select(row => row with { Source = row.Place })],
        table.DistinctTexts())
    {
        Notes = table.Notes,
    };

    private static T Read<T>(string folder, string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(folder, file)), Prediction.ModelManifest.Format)
        ?? throw new InvalidDataException($"{file} in {folder} is empty");
}
