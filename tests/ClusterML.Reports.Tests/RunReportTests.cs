using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterML.Data.Audits;
using ClusterML.Experiments.Runs;
using YamlDotNet.RepresentationModel;

namespace ClusterML.Reports.Tests;

public sealed partial class RunReportTests
{
    // Where set, folders are kept there to look at.
    private static readonly string? Keep = Environment.GetEnvironmentVariable("CLUSTERML_KEEP_REPORTS");

    [Theory]
    [InlineData("x12tm")]
    [InlineData("x12tm-small")]
    [InlineData("segregation")]
    [InlineData("hostile")]
    public void Write_AnyRun_FilesAreThereAndValid(string kind)
    {
        using var run = Make(kind);

        var files = RunReport.Write(run.Folder);

        Assert.Equal([RunReport.ReportFile, RunReport.CardFile], files.Take(2));
        Assert.Contains(files, f => f.StartsWith("figures/predictions-", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var path = Path.Combine(run.Folder, file);
            Assert.True(File.Exists(path), file);
            if (file.EndsWith(".svg", StringComparison.Ordinal))
            {
                Assert.Equal("svg", XDocument.Load(path).Root!.Name.LocalName);
                Assert.Contains(file[..^4] + ".png", files);
            }
            else if (file.EndsWith(".png", StringComparison.Ordinal))
            {
                var bytes = File.ReadAllBytes(path);
                Assert.Equal<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], bytes[..8]);
                Assert.True(bytes.Length > 5000, file);
            }
        }

        Assert.DoesNotContain(Directory.GetFiles(run.Folder, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(Path.Combine(run.Folder, RunReport.ReportFile)).Length, 1000, 3_000_000);
        KeepCopy(run.Folder, kind);
    }

    [Fact]
    public void Write_AcceptedFinding_StandsInCardAndReport()
    {
        using var run = SyntheticRun.X12tm();
        var report = new AuditReport(
            "x12tm",
            120,
            [
                Finding.Of(FindingKinds.UntrainedToken, "18 of 56 continuous columns had one value", columns: ["melting_point_abs_diff"]),
                Finding.Of(FindingKinds.PilotRows, "calculations of the <trial> phase", Enumerable.Range(0, 8).Select(i => new FindingRow($"Ti12X{i}"))),
            ],
            [new("duplicate rows"), new("weights", "rows have no weights")]);
        File.WriteAllText(Path.Combine(run.Folder, AuditReportFile.FileName), AuditReportFile.ToJson(report.Accept([new("untrained_token")])));

        RunReport.Write(run.Folder);

        var (card, html) = (run.Read(RunReport.CardFile), run.Read(RunReport.ReportFile));
        Assert.Contains("## Audit of the data\n\nBefore anything was trained the data were audited. Checks made: 1. Findings: severe: 1 (1 accepted), warnings: 1, notes: 0.", card, StringComparison.Ordinal);
        Assert.Contains("| untrained_token | 18 of 56 continuous columns had one value | The weights of such a token", card, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"audit\">Audit</h2>", html, StringComparison.Ordinal);
        Assert.Contains("calculations of the &lt;trial&gt; phase", html, StringComparison.Ordinal);
        Assert.Contains("Ti12X5 and 2 more", html, StringComparison.Ordinal);
        Assert.Contains("rows have no weights", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RunWithoutAnAudit_SaysSo()
    {
        using var run = SyntheticRun.X12tm();

        RunReport.Write(run.Folder);

        Assert.Contains("Not on record: this run was made before experiments were audited.", run.Read(RunReport.CardFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Page_LoadsNothingFromElsewhereAndIdsDiffer()
    {
        using var run = SyntheticRun.X12tm();
        RunReport.Write(run.Folder);

        var html = run.Read(RunReport.ReportFile);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(href|src)=""https?:", html);
        var ids = Ids().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var reference in References().Matches(html).Select(m => m.Groups[1].Value))
        {
            Assert.Contains(reference, ids);
        }
    }

    [Fact]
    public void Write_Twice_SameBytes()
    {
        using var run = SyntheticRun.X12tm(12);
        var files = RunReport.Write(run.Folder);
        var first = files.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(run.Folder, f)));

        RunReport.Write(run.Folder);

        foreach (var (file, bytes) in first)
        {
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(run.Folder, file)));
        }
    }

    [Fact]
    public void Write_Numbers_AreThoseOfTheTables()
    {
        using var run = SyntheticRun.X12tm();
        RunReport.Write(run.Folder);
        var html = run.Read(RunReport.ReportFile);
        var card = run.Read(RunReport.CardFile);
        var folder = RunFolder.Load(run.Folder);

        var groups = folder.Baselines.GroupBy(b => (b.Protocol, b.Target, b.Model)).ToList();
        Assert.NotEmpty(groups);
        foreach (var group in groups)
        {
            var mae = group.Average(b => b.Mae);
            var row = Rows(html).Single(r => r.Count == 10 && r[0].Text == group.Key.Target && r[1].Text == group.Key.Model);
            Assert.Equal(mae, row[2].Value);
            Assert.Equal(group.Average(b => b.Rmse), row[3].Value);
            Assert.Equal(group.Average(b => b.R2), row[4].Value);
            Assert.Equal(group.Average(b => b.Coverage), row[5].Value);
            Assert.Equal(group.Average(b => b.Width), row[6].Value);
            var text = mae.ToString("F3", CultureInfo.InvariantCulture);
            Assert.StartsWith(text, row[2].Text, StringComparison.Ordinal);
            Assert.Contains($"| {group.Key.Target} | all splits | {group.Key.Model} | {text} |", card, StringComparison.Ordinal);
        }

        // The points that the tables of the curve show.
        foreach (var record in folder.Curve.Where(c => c.K == 0))
        {
            var row = Rows(html).Single(r => r.Count == 11 && r[0].Text == record.Target && r[1].Text == "k = 0 (x = 1.00)" && r[2].Text == record.Model);
            Assert.Equal(record.Mae, row[3].Value);
            Assert.Equal(record.Coverage, row[6].Value);
        }
    }

    [Fact]
    public void Write_ModelIndex_IsYamlWithTheNumbersOfTheTables()
    {
        using var run = SyntheticRun.X12tm();
        RunReport.Write(run.Folder);
        var card = run.Read(RunReport.CardFile);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(card.Split("---\n")[1]));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;

        Assert.Equal("tabular-regression", ((YamlScalarNode)root["pipeline_tag"]).Value);
        var results = (YamlSequenceNode)root["model-index"][0]["results"];
        var mae = results.Where(r => r["dataset"]["config"].ToString() == "leave-dopant-out" && r["task"]["name"].ToString() == "e_form_out")
            .Select(r => double.Parse(r["metrics"][0]["value"].ToString(), CultureInfo.InvariantCulture)).Single();
        Assert.Equal(RunFolder.Load(run.Folder).Baselines.Single(b => b.Model == "ft_ridge" && b.Target == "e_form_out").Mae, mae);
        Assert.Equal(RunFolder.Load(run.Folder).Metrics!.Data!.Hash, results[0]["dataset"]["revision"].ToString());
    }

    [Fact]
    public void Write_ModelWorseThanABaseline_SaysSo()
    {
        using var run = SyntheticRun.Segregation();
        RunReport.Write(run.Folder);
        var folder = RunFolder.Load(run.Folder);
        var ofHosts = folder.Baselines.Where(b => b.Protocol == "leave-host-out").ToList();
        var main = ofHosts.Single(b => b.Model == "ft_ridge").Mae;
        var best = ofHosts.Where(b => b.Model != "ft_ridge").MinBy(b => b.Mae)!;
        Assert.True(best.Mae < main);

        var expected = string.Create(CultureInfo.InvariantCulture, $"ft_ridge is not better than {best.Model}: MAE {main:F3} vs {best.Mae:F3} eV.");
        Assert.Contains(expected, run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains(expected, run.Read(RunReport.CardFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesWithMarkup_AreEscapedEverywhere()
    {
        using var run = SyntheticRun.Hostile();

        var files = RunReport.Write(run.Folder);

        foreach (var file in files.Where(f => !f.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("<script", run.Read(file), StringComparison.OrdinalIgnoreCase);
            Assert.Matches("^[a-zA-Z0-9_./-]+$", file);
        }

        Assert.DoesNotContain("<b>", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.DoesNotContain("`code`", run.Read(RunReport.CardFile).Replace("\\`", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UnmeasuredProtocol_SaysWhy()
    {
        using var run = SyntheticRun.X12tm(3);
        RunReport.Write(run.Folder);

        foreach (var file in new[] { RunReport.ReportFile, RunReport.CardFile })
        {
            Assert.Contains("not measured: 3 of 12 Fe pairs", run.Read(file), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(run.Folder, "figures")), f => Path.GetFileName(f).StartsWith("curve-", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_RandomFolds_AreNamedOptimistic()
    {
        using var run = SyntheticRun.Segregation();
        RunReport.Write(run.Folder);

        Assert.Contains("optimistic where rows share groups", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains("optimistic where rows share groups", run.Read(RunReport.CardFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoBaselines_SaysThatNothingWasCompared()
    {
        using var run = SyntheticRun.X12tm(baselines: false);
        RunReport.Write(run.Folder);

        Assert.Contains("no baseline was run, so whether it beats one is not measured", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OnlyMetrics_ReportsABackbone()
    {
        using var run = SyntheticRun.X12tm(3);
        var metrics = RunFolder.Load(run.Folder).Metrics! with { MainModel = null, Protocols = [], Metrics = [] };
        foreach (var file in Directory.GetFiles(run.Folder))
        {
            File.Delete(file);
        }

        RunMetricsFile.Write(Path.Combine(run.Folder, RunMetricsFile.FileName), metrics);

        var files = RunReport.Write(run.Folder);

        Assert.Equal(4, files.Count);
        foreach (var file in files.Take(2))
        {
            Assert.DoesNotContain("Fast CV+", run.Read(file), StringComparison.Ordinal);
        }

        Assert.Contains(
            "The backbone reached a validation MAE of 0.331 eV on 214 rows. No model was evaluated in this run.", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoConfig_SaysThatSettingsAreNotOnRecord()
    {
        using var run = SyntheticRun.Hostile();
        RunReport.Write(run.Folder);

        Assert.Contains("alpha = not on record", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains("The aimed-at coverage is not on record", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OpenedSealedRows_StandInTheCardWithEveryOpening()
    {
        using var run = SyntheticRun.X12tm(4);
        var path = Path.Combine(run.Folder, RunMetricsFile.FileName);
        SealedOpening Opening(int day, string version, double mae) => new(
            new(2020, 1, day, 10, 30, 0, TimeSpan.Zero), "study", "ft_ridge", version.PadRight(64, '0'), "rows", 8, [new("e_form_in", "eV", mae, 2 * mae, 0.875)]);
        SealedOpening[] openings = [Opening(1, "aaaa", 0.123), Opening(2, "bbbb", 0.456)];
        RunMetricsFile.Write(path, RunMetricsFile.Read(path) with { Sealed = new("host", ["Fe"], 8, openings, openings[1]) });

        RunReport.Write(run.Folder);

        var card = run.Read(RunReport.CardFile);
        Assert.Contains("8 rows (host: Fe) were kept from training, protocols and selection. They were opened 2 time(s), by 2 version(s) of the model.", card, StringComparison.Ordinal);
        var rows = card.Split('\n').Where(l => l.Contains("2020-01-0", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("0.123", rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("yes", rows[0], StringComparison.Ordinal);
        Assert.Contains("0.456", rows[1], StringComparison.Ordinal);
        Assert.Contains("yes", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LeadWithinTheIntervals_IsNotSold()
    {
        using var run = SyntheticRun.X12tm(4);
        var path = Path.Combine(run.Folder, RunMetricsFile.FileName);
        var metrics = RunMetricsFile.Read(path);
        RunMetricsFile.Write(path, metrics with { Metrics = [.. metrics.Metrics.Select(m => m with { CiLower = 0.1, CiUpper = 3.0 })] });

        RunReport.Write(run.Folder);

        Assert.Contains("is better than lightgbm", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains("Their 95 % intervals overlap: the difference may be chance.", run.Read(RunReport.CardFile), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"lead better\"", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IntervalOfTheCoverage_IsTheOneOnRecordOrNone()
    {
        using var run = SyntheticRun.Segregation();
        var path = Path.Combine(run.Folder, RunMetricsFile.FileName);
        MetricRecord Coverage(string model, double? lower, double? upper) =>
            new("coverage", model, "e_seg", "leave-host-out", "all", 0.9, "1", 552, lower, upper, RunTables.BaselinesFile);
        RunMetricsFile.Write(path, RunMetricsFile.Read(path) with { Metrics = [Coverage("mean", 0.7123, 0.9876), Coverage("random_backbone", null, null)] });

        RunReport.Write(run.Folder);

        var rows = run.Read(RunReport.CardFile).Split('\n').Where(l => l.StartsWith("| e_seg | all splits |", StringComparison.Ordinal)).Take(7).ToList();
        Assert.Contains(" | 0.71 to 0.99 | ", rows.Single(r => r.Contains("| mean |", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(" to ", rows.Single(r => r.Contains("| random_backbone |", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_InfiniteWidths_AreNamedAndNoSuccess()
    {
        using var run = SyntheticRun.X12tm(12);
        var (baselines, curve, predictions) = (Path.Combine(run.Folder, RunTables.BaselinesFile), Path.Combine(run.Folder, RunTables.CurveFile), Path.Combine(run.Folder, RunTables.PredictionsFile));
        RunTables.WriteBaselines(baselines, [.. RunTables.ReadBaselines(baselines).Select(b => b with { Width = double.PositiveInfinity, Coverage = 1.0 })]);
        RunTables.WriteCurve(curve, [.. RunTables.ReadCurve(curve).Select(c => c.K < 3 ? c with { Width = double.PositiveInfinity, Coverage = 1.0 } : c)]);
        RunTables.WritePredictions(
            predictions, [.. RunTables.ReadPredictions(predictions).Select(p => p with { Lower = double.NegativeInfinity, Upper = double.PositiveInfinity })]);

        RunReport.Write(run.Folder);

        foreach (var file in new[] { RunReport.ReportFile, RunReport.CardFile })
        {
            Assert.Contains("Intervals of ft_ridge are infinite here, on too few training rows: its coverage is no success.", run.Read(file), StringComparison.Ordinal);
            Assert.Contains("it holds every value whatever the model says", run.Read(file), StringComparison.Ordinal);
        }

        Assert.Contains("<td class=\"num\" data-value=\"Infinity\">infinite</td>", run.Read(RunReport.ReportFile), StringComparison.Ordinal);
        Assert.Contains("coverage of the intervals, some of them infinite", run.Read(RunReport.CardFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Intervals_SayWhichModelsHaveOutliersAndWhatFewRowsGive()
    {
        using var run = SyntheticRun.X12tm(3);
        RunReport.Write(run.Folder);

        foreach (var file in new[] { RunReport.ReportFile, RunReport.CardFile })
        {
            Assert.Contains("models without such columns have terciles only", run.Read(file), StringComparison.Ordinal);
            Assert.Contains("the half-width is infinite: with alpha = 0.1, on fewer than 9 training rows", run.Read(file), StringComparison.Ordinal);
            Assert.DoesNotContain("its coverage is no success", run.Read(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_NoMetrics_IsRefused()
    {
        using var run = SyntheticRun.X12tm(3);
        File.Delete(Path.Combine(run.Folder, RunMetricsFile.FileName));

        var problem = Assert.Throws<InvalidDataException>(() => RunReport.Write(run.Folder));
        Assert.Contains("metrics.json is missing", problem.Message, StringComparison.Ordinal);
    }

    private static SyntheticRun Make(string kind) => kind switch
    {
        "x12tm" => SyntheticRun.X12tm(),
        "x12tm-small" => SyntheticRun.X12tm(3),
        "segregation" => SyntheticRun.Segregation(),
        _ => SyntheticRun.Hostile(),
    };

    private static void KeepCopy(string folder, string kind)
    {
        if (Keep is null)
        {
            return;
        }

        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Keep, kind, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    private static IEnumerable<List<(string Text, double? Value)>> Rows(string html) =>
        TableRows().Matches(html).Select(row => Cells().Matches(row.Value)
            .Select(c => (
                System.Net.WebUtility.HtmlDecode(c.Groups[2].Value),
                c.Groups[1].Success ? double.Parse(c.Groups[1].Value, CultureInfo.InvariantCulture) : (double?)null))
            .ToList());

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex TableRows();

    [GeneratedRegex("<td(?: class=\"[^\"]*\")?(?: data-value=\"([^\"]*)\")?>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("\\sid=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("(?:href=\"#|url\\(#)([^\")]*)")]
    private static partial Regex References();
}
