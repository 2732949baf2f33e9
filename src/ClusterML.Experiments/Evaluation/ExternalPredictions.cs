using ClusterML.Data;
using ClusterML.Experiments.Runs;

namespace ClusterML.Experiments.Evaluation;

/// <summary>Predictions of another program, put beside the models on the same splits.</summary>
/// <remarks>
/// A protocol that the file has no row of is left out for this model; one that it has must be whole: every test row and target of every
/// split, each once. Intervals are not read.
/// </remarks>
internal static class ExternalPredictions
{
    private const int MostProblems = 20;

    /// <summary>Results by protocol, in the order of their splits.</summary>
    /// <exception cref="DataException">The file does not read, or does not fit the splits.</exception>
    internal static IReadOnlyList<(ProtocolSplits Protocol, IReadOnlyList<SplitResult> Splits)> Read(string path, DataTable table, IReadOnlyList<ProtocolSplits> protocols)
    {
        var file = Path.GetRelativePath(Environment.CurrentDirectory, path);
        var rows = Records(path);
        var problems = new List<DataProblem>();
        var values = new Dictionary<(string Protocol, string Split, string RowId, string Target), double>();
        var measured = protocols.Where(p => p.Reason is null).ToList();
        var named = measured.SelectMany(p => p.Splits.Select(s => (Protocol: p, s.Name))).ToLookup(s => s.Name, s => s.Protocol.Name);
        var known = measured.Select(p => p.Name).ToHashSet();
        var targets = table.Targets.Select(t => t.Name).ToHashSet();
        var ids = table.RowIds.ToHashSet();
        foreach (var (row, index) in rows.Select((r, i) => (r, i)))
        {
            void Report(string message) => problems.Add(new(file, index + 2, 0, message));
            List<string> owners = row.Protocol.Length > 0 ? [row.Protocol] : [.. named[row.Split]];
            if (row.Protocol.Length > 0 && !known.Contains(row.Protocol))
            {
                Report($"no measured protocol is called {row.Protocol}; there are {string.Join(", ", known)}");
            }
            else if (owners.Count != 1 || !named[row.Split].Contains(owners[0]))
            {
                Report(owners.Count > 1 ? $"split {row.Split} is in {string.Join(" and ", owners)}: say which in a column protocol" : $"there is no split {row.Split}");
            }
            else if (!targets.Contains(row.Target) || !ids.Contains(row.RowId))
            {
                Report(ids.Contains(row.RowId) ? $"there is no target {row.Target}; there are {string.Join(", ", targets)}" : $"the table has no row {row.RowId}");
            }
            else if (!double.IsFinite(row.Value))
            {
                Report($"{row.RowId}, {row.Target} in split {row.Split}: y_pred is not a finite number");
            }
            else if (!values.TryAdd((owners[0], row.Split, row.RowId, row.Target), row.Value))
            {
                Report($"{row.RowId}, {row.Target} in split {row.Split} is there twice");
            }
        }

        var results = problems.Count > 0
            ? []
            : measured.Where(p => values.Keys.Any(k => k.Protocol == p.Name)).Select(p => (p, (IReadOnlyList<SplitResult>)[.. p.Splits.Select(s => Result(p, s))])).ToList();
        return problems.Count == 0 ? results : throw new DataException([.. problems.Take(MostProblems)]);

        SplitResult Result(ProtocolSplits protocol, EvaluationSplit split)
        {
            double[][] predicted =
            [
                .. split.Test.Select(row => table.Targets.Select(target =>
                {
                    if (values.TryGetValue((protocol.Name, split.Name, table.RowIds[row], target.Name), out var value))
                    {
                        return value;
                    }

                    problems.Add(new(file, 0, 0, $"{protocol.Name}: {table.RowIds[row]}, {target.Name} is missing from split {split.Name}"));
                    return double.NaN;
                }).ToArray()),
            ];
            double[][] none = [.. predicted.Select(row => row.Select(_ => double.NaN).ToArray())];
            return new(split, [.. split.Test.Select(row => table.TargetValues[row])], predicted, none, none, 0);
        }
    }

    private static IReadOnlyList<(string RowId, string Split, string Target, double Value, string Protocol)> Records(string path)
    {
        try
        {
            return RunTables.ReadExternal(path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException(e.Message);
        }
    }
}
