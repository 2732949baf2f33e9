using System.Globalization;
using ClusterML.Chemistry.Files;
using ClusterML.Data.Csv;

namespace ClusterML.Experiments.Runs;

/// <summary>The tables of a run folder as csv: <c>predictions.csv</c>, <c>curve.csv</c>, <c>baselines.csv</c> and <c>intervals.csv</c>.</summary>
/// <remarks>
/// UTF-8, invariant culture, lower_snake headers in the order of the records. Doubles round-trip; NaN is empty and infinity is <c>inf</c>.
/// Files are replaced atomically. Columns are read by name, so that their order and further columns do not matter.
/// </remarks>
public static class RunTables
{
    /// <summary>File name of the predictions.</summary>
    public const string PredictionsFile = "predictions.csv";

    /// <summary>File name of the hold-out curves.</summary>
    public const string CurveFile = "curve.csv";

    /// <summary>File name of the model comparison.</summary>
    public const string BaselinesFile = "baselines.csv";

    /// <summary>File name of the interval methods' coverage and width.</summary>
    public const string IntervalsFile = "intervals.csv";

    private const string LowerPrefix = "lower_";
    private const string UpperPrefix = "upper_";

    private static readonly string[] DecisionColumns = ["difference", "difference_lower", "difference_upper", "decision"];

    private static readonly string[] IntervalColumns =
    [
        "model", "protocol", "split", "target", "method", "alpha", "n", "covered", "coverage", "coverage_lower", "coverage_upper", "mean_width", "median_width",
        "infinite", "bound", "guarantee",
    ];

    /// <summary>File name of the paired comparisons.</summary>
    public const string ComparisonsFile = "comparisons.csv";

    private static readonly string[] ComparisonColumns =
        ["protocol", "k", "target", "model", "other", "difference", "ci_lower", "ci_upper", "unit", "n_test", "clusters", "verdict"];

    private static readonly string[] PredictionColumns =
        ["row_id", "host", "dopant", "target", "split", "fold", "y_true", "y_pred", "lower", "upper", "unit", "protocol", "model"];

    private static readonly string[] CurveColumns =
    [
        "protocol", "k", "draw", "target", "mae", "rmse", "r2", "coverage", "width", "n_test", "model", "fraction", "mae_group", "mae_other",
    ];

    private static readonly string[] BaselineColumns =
        ["model", "target", "protocol", "k", "draw", "mae", "rmse", "r2", "coverage", "width", "n_test", "fit_seconds"];

    /// <summary>Writes the predictions to <paramref name="path"/>; columns of further miscoverages and of a decision follow where there are any.</summary>
    public static void WritePredictions(string path, IEnumerable<PredictionRecord> records)
    {
        var all = records.ToList();
        var alphas = all.Count == 0 ? [] : all[0].Further.Select(f => f.Alpha).ToArray();
        var decides = all.Any(r => r.Decision is not null);
        string[] header =
        [
            .. PredictionColumns,
            .. alphas.SelectMany(a => new[] { LowerPrefix + CsvRow.Format(a), UpperPrefix + CsvRow.Format(a) }),
            .. decides ? DecisionColumns : [],
        ];
        Write(path, header, all, r =>
        [
            r.RowId, r.Host, r.Dopant, r.Target, r.Split, CsvRow.Format(r.Fold), CsvRow.Format(r.YTrue), CsvRow.Format(r.YPred),
            CsvRow.Format(r.Lower), CsvRow.Format(r.Upper), r.Unit, r.Protocol, r.Model,
            .. r.Further.SelectMany(f => new[] { CsvRow.Format(f.Lower), CsvRow.Format(f.Upper) }),
            .. !decides ? [] : r.Decision is { } d
                ? new[] { CsvRow.Format(d.Difference), CsvRow.Format(d.Lower), CsvRow.Format(d.Upper), d.Verdict }
                : [string.Empty, string.Empty, string.Empty, string.Empty],
        ]);
    }

    /// <summary>Writes coverage and width of every interval method to <paramref name="path"/>.</summary>
    public static void WriteIntervals(string path, IEnumerable<IntervalRecord> records) =>
        Write(path, IntervalColumns, records, r =>
        [
            r.Model, r.Protocol, r.Split, r.Target, r.Method, CsvRow.Format(r.Alpha), CsvRow.Format(r.N), CsvRow.Format(r.Covered), CsvRow.Format(r.Coverage),
            CsvRow.Format(r.CoverageLower), CsvRow.Format(r.CoverageUpper), CsvRow.Format(r.MeanWidth), CsvRow.Format(r.MedianWidth), CsvRow.Format(r.Infinite),
            CsvRow.Format(r.Bound), r.Guarantee,
        ]);

    /// <summary>Reads coverage and width of every interval method, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A field does not read; the message names file, line and column.</exception>
    public static IReadOnlyList<IntervalRecord> ReadIntervals(string path) =>
        Read(path, IntervalColumns, IntervalColumns.Length, r => new IntervalRecord(
            r.Text("model"), r.Text("protocol"), r.Text("split"), r.Text("target"), r.Text("method"), r.Number("alpha"), r.Integer("n"), r.Integer("covered"),
            r.Number("coverage"), r.Number("coverage_lower"), r.Number("coverage_upper"), r.Number("mean_width"), r.Number("median_width"), r.Integer("infinite"),
            r.Number("bound"), r.Text("guarantee")));

    /// <summary>Writes the hold-out curves to <paramref name="path"/>.</summary>
    public static void WriteCurve(string path, IEnumerable<CurveRecord> records) =>
        Write(path, CurveColumns, records, r =>
        [
            r.Protocol, CsvRow.Format(r.K), CsvRow.Format(r.Draw), r.Target, CsvRow.Format(r.Mae), CsvRow.Format(r.Rmse), CsvRow.Format(r.R2),
            CsvRow.Format(r.Coverage), CsvRow.Format(r.Width), CsvRow.Format(r.NTest), r.Model, CsvRow.Format(r.Fraction),
            CsvRow.Format(r.MaeGroup), CsvRow.Format(r.MaeOther),
        ]);

    /// <summary>Writes the model comparison to <paramref name="path"/>.</summary>
    public static void WriteBaselines(string path, IEnumerable<BaselineRecord> records) =>
        Write(path, BaselineColumns, records, r =>
        [
            r.Model, r.Target, r.Protocol, CsvRow.Format(r.K), CsvRow.Format(r.Draw), CsvRow.Format(r.Mae), CsvRow.Format(r.Rmse),
            CsvRow.Format(r.R2), CsvRow.Format(r.Coverage), CsvRow.Format(r.Width), CsvRow.Format(r.NTest), CsvRow.Format(r.FitSeconds),
        ]);

    /// <summary>Writes the paired comparisons to <paramref name="path"/>.</summary>
    public static void WriteComparisons(string path, IEnumerable<ComparisonRecord> records) =>
        Write(path, ComparisonColumns, records, r =>
        [
            r.Protocol, CsvRow.Format(r.K), r.Target, r.Model, r.Other, CsvRow.Format(r.Difference), CsvRow.Format(r.Lower), CsvRow.Format(r.Upper),
            r.Unit, CsvRow.Format(r.Rows), CsvRow.Format(r.Clusters), r.Verdict,
        ]);

    /// <summary>Reads paired comparisons, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A field does not read; the message names file, line and column.</exception>
    public static IReadOnlyList<ComparisonRecord> ReadComparisons(string path) =>
        Read(path, ComparisonColumns, ComparisonColumns.Length, r => new ComparisonRecord(
            r.Text("protocol"), r.Integer("k"), r.Text("target"), r.Text("model"), r.Text("other"), r.Number("difference"), r.Number("ci_lower"),
            r.Number("ci_upper"), r.Text("unit"), r.Integer("n_test"), r.Integer("clusters"), r.Text("verdict")));

    /// <summary>Reads predictions, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A field does not read; the message names file, line and column.</exception>
    public static IReadOnlyList<PredictionRecord> ReadPredictions(string path) =>
        Read(path, PredictionColumns, 11, r => new PredictionRecord(
            r.Text("row_id"), r.Text("host"), r.Text("dopant"), r.Text("target"), r.Text("split"), r.Integer("fold"), r.Number("y_true"),
            r.Number("y_pred"), r.Number("lower"), r.Number("upper"), r.Text("unit"), r.Text("protocol"), r.Text("model"))
        {
            Further = Further(r),
            Decision = r.Text("decision").Length == 0 ? null
                : new(r.Number("difference"), r.Number("difference_lower"), r.Number("difference_upper"), r.Text("decision")),
        });

    /// <summary>Reads hold-out curves, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A field does not read; the message names file, line and column.</exception>
    public static IReadOnlyList<CurveRecord> ReadCurve(string path) =>
        Read(path, CurveColumns, 11, r => new CurveRecord(
            r.Text("protocol"), r.Integer("k"), r.Integer("draw"), r.Text("target"), r.Number("mae"), r.Number("rmse"), r.Number("r2"),
            r.Number("coverage"), r.Number("width"), r.Integer("n_test"), r.Text("model"), r.Number("fraction"), r.Number("mae_group"),
            r.Number("mae_other")));

    /// <summary>Reads the model comparison, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A field does not read; the message names file, line and column.</exception>
    public static IReadOnlyList<BaselineRecord> ReadBaselines(string path) =>
        Read(path, BaselineColumns, BaselineColumns.Length, r => new BaselineRecord(
            r.Text("model"), r.Text("target"), r.Text("protocol"), r.Integer("k"), r.Integer("draw"), r.Number("mae"), r.Number("rmse"),
            r.Number("r2"), r.Number("coverage"), r.Number("width"), r.Integer("n_test"), r.Number("fit_seconds")));

    private static IReadOnlyList<FurtherBounds> Further(CsvRow row)
    {
        string[] alphas = [.. row.Columns.Where(c => c.StartsWith(LowerPrefix, StringComparison.Ordinal)).Select(c => c[LowerPrefix.Length..])];
        return alphas.Length == 0 ? [] : [.. alphas.Select(a =>
            new FurtherBounds(double.Parse(a, CultureInfo.InvariantCulture), row.Number(LowerPrefix + a), row.Number(UpperPrefix + a)))];
    }

    private static void Write<T>(string path, string[] header, IEnumerable<T> records, Func<T, string[]> fields) =>
        AtomicFile.WriteText(path, CsvText.Write(header, records.Select(fields)));

    private static List<T> Read<T>(string path, string[] columns, int required, Func<CsvRow, T> record)
    {
        var file = Path.GetFileName(path);
        Dictionary<string, int>? header = null;
        var records = new List<T>();
        using var text = new StreamReader(path);
        var reader = new CsvRecordReader(text);
        while (reader.Read())
        {
            var (line, fields) = (reader.Line, reader.Fields);
            if (reader.Fault is { } fault)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{file}:{line}:{fault.Column}: {fault.Message}"));
            }

            if (header is null)
            {
                header = fields.Select((name, index) => (name, index)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.index);
                var missing = columns.Take(required).Where(name => !header.ContainsKey(name)).ToList();
                if (missing.Count > 0)
                {
                    throw new InvalidDataException($"{file}:{line}: column(s) missing: {string.Join(", ", missing)}");
                }
            }
            else if (fields.Count < header.Count)
            {
                throw new InvalidDataException($"{file}:{line}: {fields.Count} fields, expected {header.Count}");
            }
            else
            {
                records.Add(record(new CsvRow(file, line, header, [.. fields])));
            }
        }

        return records;
    }
}
