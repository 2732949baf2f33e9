using ClusterML.Reports.Summary;

namespace ClusterML.Reports.Cards;

/// <summary><c>MODEL_CARD.md</c>: every number comes from the run folder, and what was not measured says so.</summary>
internal static class ModelCard
{
    private const int MostReasons = 20;

    internal static string Render(RunSummary run)
    {
        var card = new Markdown();
        FrontMatter.Append(card, run);
        card.Heading(1, $"{run.MainModel ?? "Backbone"} – {run.Metrics.Experiment}");
        if (run.Metrics.Description is { Length: > 0 } description)
        {
            card.Paragraph(description);
        }

        Details(card, run);
        Uses(card, run);
        Data(card, run);
        Audit(card, run);
        Training(card, run);
        Evaluation.Append(card, run);
        Sealed(card, run);
        if (run.MainModel is not null)
        {
            card.Heading(2, "Intervals and what they guarantee");
            card.Paragraph(Statements.IntervalMethod(run.Config)).Paragraph(Statements.Guarantee(run.Config)).Paragraph(Statements.UnseenGroup);
            card.Table(GuaranteeRows.Header, GuaranteeRows.Of(run), GuaranteeRows.Note(run));
        }

        Domain(card, run);
        Limitations(card, run);
        Usage(card, run);
        return card.ToString();
    }

    private static void Details(Markdown card, RunSummary run)
    {
        card.Heading(2, "Details");
        card.Item("Model", run.MainModel ?? "none: this run only made a backbone");
        card.Item("Run", run.Folder.Name);
        card.Item("Pipeline", run.Config.Pipeline ?? "not on record");
        card.Item("Seed", run.Config.Seed is { } seed ? NumberText.Whole(seed) : "not on record");
        card.Item("Files that the numbers come from", string.Join(", ", RunFiles.Sources(run.Folder.Path).Select(f => $"{f.Name} ({f.Sha256[..12]})")));
    }

    private static void Uses(Markdown card, RunSummary run)
    {
        var data = run.Data;
        var targets = string.Join(", ", data.Targets.Select(t => t.Name));
        card.Heading(2, "Intended use");
        card.Paragraph(run.MainModel is null
            ? $"Frozen embeddings for models that are fitted on few labels; it was pretrained on the table {data.Table} and predicts nothing by itself."
            : $"Estimates of {(targets.Length > 0 ? targets : "the targets")} with intervals for rows like those of the table {data.Table}: to decide "
            + "which calculations to run next, not to replace them.");
        card.Heading(2, "Out of scope");
        card.Paragraph(run.IsComposition
            ? "Other system families, sizes, structures or levels of theory than those of the table; elements that the table lacks; decisions about safety; any use "
                + "in which an estimate without a check by calculation or experiment does harm."
            : "Rows from another source or with values outside the range of the table; decisions about safety; any use in which an unchecked estimate does harm.");
    }

    private static void Data(Markdown card, RunSummary run)
    {
        var data = run.Data;
        var decimals = NumberText.DecimalsFor(data.Targets.Select(t => t.StandardDeviation));
        card.Heading(2, "Data");
        card.Paragraph($"Table {data.Table}: {data.Rows} rows, content hash {data.Hash}. {data.LeftOut.Count} row(s) of the source were left out.");
        foreach (var note in data.Notes)
        {
            card.Paragraph(note);
        }

        var reasons = data.LeftOut.GroupBy(r => r.Reason).ToList();
        if (reasons.Count > MostReasons)
        {
            card.Paragraph("Each of them is listed in report.html with its reason.");
        }
        else if (reasons.Count > 0)
        {
            card.Table(["reason for leaving out", "rows"], [.. reasons.Select(g => new[] { g.Key, NumberText.Whole(g.Count()) })], string.Empty);
        }

        card.Heading(3, "Targets");
        card.Table(
            ["target", "unit", "mean", "standard deviation", "definition"],
            [
                .. data.Targets.Select(t => new[]
                {
                    t.Name, t.Unit, NumberText.Fixed(t.Mean, decimals), NumberText.Fixed(t.StandardDeviation, decimals),
                    Statements.TargetDefinition(run.Config.TableType, t.Name) ?? "as in the table",
                }),
            ],
            "The table has no target.");
    }

    private static void Audit(Markdown card, RunSummary run)
    {
        card.Heading(2, "Audit of the data");
        if (run.Audit is not { } audit)
        {
            card.Paragraph(AuditSummary.Missing);
            return;
        }

        card.Paragraph(audit.Counts);
        if (audit.Accepted.Count > 0)
        {
            card.Table(AuditSummary.AcceptedHeader, audit.Accepted, string.Empty);
        }

        card.Paragraph("audit.json lists every finding with its rows, and report.html shows them.");
    }

    private static void Training(Markdown card, RunSummary run)
    {
        card.Heading(2, "Training procedure");
        if (run.Metrics.Backbone is not { } backbone)
        {
            card.Paragraph("No pretrained backbone. The pipeline was fitted on the training rows of each split; scaling, penalties and bins were fitted there, too.");
            return;
        }

        var mae = backbone.ValidationMae is { } value
            ? NumberText.WithUnit(NumberText.Fixed(value, NumberText.DecimalsFor([value])), backbone.Unit)
            : NumberText.NotMeasured;
        var frozen = run.MainModel is null ? string.Empty : "; its weights were kept fixed while the rest of the pipeline was fitted on the training rows of each split";
        card.Item("Backbone", backbone.Origin + frozen);
        card.Item("Hash of its weights", backbone.WeightsHash);
        card.Item("Rows", $"{backbone.TrainingRows} for training, {backbone.ValidationRows} for validation");
        card.Item("Epoch kept", NumberText.Whole(backbone.BestEpoch));
        card.Item("Validation MAE", mae);
    }

    private static void Sealed(Markdown card, RunSummary run)
    {
        if (run.Metrics.Sealed is not { } hidden)
        {
            return;
        }

        card.Heading(2, "Sealed hold-out");
        card.Paragraph($"{hidden.Rows} rows ({hidden.Column}: {string.Join(", ", hidden.Values)}) were kept from training, protocols and selection. They were opened "
            + $"{hidden.Openings.Count} time(s), by {hidden.Openings.Select(o => o.ModelVersion).Distinct().Count()} version(s) of the model. "
            + (hidden.Current is null ? "The model of this run was not scored on them." : "The model of this run is the marked one."));
        card.Table(
            ["opened (UTC)", "model", "version", "rows", "target", "MAE", "RMSE", "coverage", "unit", "this run"],
            [
                .. hidden.Openings.SelectMany(o => o.Scores.Select(s => new[]
                {
                    o.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), o.Model, o.ModelVersion[..12], NumberText.Whole(o.Rows), s.Target,
                    NumberText.Fixed(s.Mae, 3), NumberText.Fixed(s.Rmse, 3), NumberText.Fixed(s.Coverage, 2), s.Unit, o == hidden.Current || o.Time == hidden.Current?.Time ? "yes" : string.Empty,
                })),
            ],
            "They have not been opened.");
    }

    private static void Domain(Markdown card, RunSummary run)
    {
        card.Heading(2, "Domain");
        if (run.Data.Groups.Count == 0)
        {
            card.Paragraph("The table names no groups; nothing is on record about what was seen beside the columns themselves.");
            return;
        }

        card.Paragraph("Values that the table has, and so the model was trained on; anything else is unseen:");
        foreach (var (column, values) in run.Data.Groups.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            card.Item($"{column} ({values.Count})", values.Count == 0 ? "none" : string.Join(", ", values));
        }
    }

    private static void Limitations(Markdown card, RunSummary run)
    {
        card.Heading(2, "Limitations");
        foreach (var headline in Headline.For(run))
        {
            if (headline.Better != true)
            {
                card.Line("- " + Markdown.Escape(headline.Text));
            }
        }

        foreach (var protocol in run.Protocols.Where(p => p.IsOptimistic && p.Status.Measured))
        {
            card.Line("- " + Markdown.Escape($"{protocol.Name} is optimistic where rows share groups: it says nothing about a new group."));
        }

        if (run.MainModel is not null)
        {
            card.Line("- " + Markdown.Escape(Statements.UnseenGroup));
            card.Line("- " + Markdown.Escape($"The whole table has {run.Data.Rows} rows; the intervals in the tables say how much that settles."));
        }

    }

    private static void Usage(Markdown card, RunSummary run)
    {
        card.Heading(2, "How to use");
        if (run.MainModel is null)
        {
            card.Paragraph("Name the folder model/ beside this card as the published backbone of an experiment (backbone: type: published, path: ...).");
            Citation(card, run);
            return;
        }

        card.Line("```");
        if (run.IsComposition)
        {
            // Element symbols only: anything else from a file stays out of a line that people paste into a shell.
            card.Line($"clusterml predict model --host {Symbol("host", "Ti")} --dopant {Symbol("dopant", "Fe")}");
        }

        card.Line("clusterml predict model --input rows.csv");
        card.Line("```");
        card.Line();
        card.Paragraph("Run in the run folder; model is the folder model/ beside this card. Predictions come with their lower and upper bounds and units.");
        if (Statements.ModelFiles(run.Folder.Model) is { } files)
        {
            card.Paragraph(files);
        }

        Citation(card, run);

        string Symbol(string column, string otherwise) =>
            run.Data.Groups.TryGetValue(column, out var values)
                ? values.FirstOrDefault(v => v.Length is 1 or 2 && v.All(char.IsAsciiLetter)) ?? otherwise
                : otherwise;
    }

    private static void Citation(Markdown card, RunSummary run)
    {
        card.Heading(2, "Citation");
        card.Paragraph($"Cite the run ({run.Folder.Name}), the data ({run.Data.Table}, hash {run.Data.Hash}) with its source, and ClusterML.");
    }
}
