using ClusterML.Experiments.Runs;

namespace ClusterML.Reports.Summary;

/// <summary>What each interval method promises and what was measured, as rows of a table that report and card share.</summary>
internal static class GuaranteeRows
{
    private const int MostRows = 60;

    /// <summary>Names of the columns.</summary>
    internal static readonly string[] Header =
        ["protocol", "split", "method", "alpha", "n", "K", "promise", "least coverage measured", "test rows like calibration rows"];

    /// <summary>One row a protocol, split, method and alpha of the main model; empty where nothing is on record.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Of(RunSummary run) =>
    [
        .. run.Folder.Guarantees.Where(g => g.Model == run.MainModel).Take(MostRows).Select(g => (IReadOnlyList<string>)
        [
            g.Protocol,
            g.Split,
            g.Method,
            NumberText.Short(g.Guarantee.Alpha),
            NumberText.Whole(g.Guarantee.N),
            g.Guarantee.K is { } k ? NumberText.Whole(k) : "-",
            g.Statement,
            Measured(run, g),
            g.Exchangeability is { } test ? $"p = {NumberText.Fixed(test.PValue, 3)}: {test.Verdict}" : "not tested",
        ]),
    ];

    /// <summary>Why there is no table, or what it leaves out.</summary>
    internal static string Note(RunSummary run)
    {
        var count = run.Folder.Guarantees.Count(g => g.Model == run.MainModel);
        return count == 0 ? "No ledger of promises is on record."
            : $"For the main model; all models are in {GuaranteesFile.FileName}{(count > MostRows ? $", which has {count - MostRows} more rows for this one" : string.Empty)}.";
    }

    private static string Measured(RunSummary run, GuaranteeRecord guarantee)
    {
        var records = run.Folder.Intervals.Where(i => i.Model == guarantee.Model && i.Protocol == guarantee.Protocol && i.Split == guarantee.Split
            && i.Method == guarantee.Method && i.Alpha == guarantee.Guarantee.Alpha).OrderBy(i => i.Coverage).ToList();
        return records.Count == 0 ? "-"
            : $"{records[0].Target}: {NumberText.Fixed(records[0].Coverage, 2)} [{NumberText.Fixed(records[0].CoverageLower, 2)}, {NumberText.Fixed(records[0].CoverageUpper, 2)}] of {NumberText.Whole(records[0].N)}"
                + (records[0].Infinite > 0 ? $", {NumberText.Whole(records[0].Infinite)} infinite" : string.Empty);
    }
}
