using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Engine;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Learning.Conformal;
using ClusterML.Learning.Descriptors;

namespace ClusterML.Experiments.Audits;

/// <summary>The audit of one experiment: its table, the calculations behind it, its splits, and what its backbone saw.</summary>
internal sealed class ExperimentAudit(LoadedExperiment experiment, StepRegistry registry)
{
    private const string FitType = "fit";
    private readonly ExperimentConfig config = experiment.Config;

    /// <summary>Every finding, none of them accepted yet.</summary>
    /// <exception cref="DataException">A table cannot be read.</exception>
    public AuditReport Run()
    {
        var options = new AuditOptions { Identities = config.Audit.Identities };
        var pretraining = experiment.PretrainingSource is null ? null : experiment.Source is null ? experiment.Table : experiment.PretrainingSource.Load();
        if (experiment.Source is null)
        {
            return TableAudit.Run(experiment.Table, options).With(SupportAudit.Run(SupportOf(experiment.Table)));
        }

        var table = experiment.Table;
        var parts = new List<AuditReport>();
        if (Calculations is { } calculations)
        {
            parts.Add(X12tmAudit.Run(experiment.Source.Path, calculations, options));
        }

        var splits = ProtocolResolver.Resolve(config.Protocols, table, config.Intervals.FewestRows(), experiment.Seeds, experiment.ConfigFolder);
        parts.Add(SplitAudit.Run(table, [.. splits, OfFit(table)], FoldsOf, options));
        if (UsesBackbone)
        {
            parts.Add(pretraining is not null
                ? SupportAudit.Run(table, SupportOf(pretraining))
                : OfPublished(table, (PublishedBackboneConfig)config.Backbone!));
        }

        if (pretraining is not null)
        {
            parts.Add(OfPretraining(pretraining));
        }

        return TableAudit.Run(Described(table), options).With(parts);
    }

    /// <summary>Which calculations become rows; null where rows are not made from calculations.</summary>
    private X12tmOptions? Calculations => config.Data.Table switch
    {
        X12tmTableConfig x12tm => x12tm.Options,
        DatasetTableConfig dataset when experiment.Source!.IsComposition => dataset.Calculations ?? new(),
        _ => null,
    };

    private bool UsesBackbone => config.Backbone is not null && experiment.Models.Any(m => m.Pipeline.Steps.Any(s => registry.Get(s.Type).NeedsBackbone));

    private BackboneSupport SupportOf(DataTable pretraining) =>
        PretrainingRows.Of(pretraining, (PretrainBackboneConfig)config.Backbone!, experiment.Seeds).Support;

    private AuditReport OfPublished(DataTable table, PublishedBackboneConfig published)
    {
        var folder = PublishedBackbones.FolderOf(published, experiment.ConfigFolder);
        return BackboneSupportFile.TryRead(folder) is { } support ? SupportAudit.Run(table, support) : SupportAudit.Unknown(table, folder);
    }

    /// <summary>The findings of the pretraining table, told apart from those of the table.</summary>
    private static AuditReport OfPretraining(DataTable table)
    {
        var report = TableAudit.Run(table);
        return new(
            report.Table,
            report.Rows,
            report.Findings.Select(f => f with { What = $"pretraining table {table.Name}: {f.What}" }),
            report.Checks.Select(c => c with { Name = $"pretraining table: {c.Name}" }));
    }

    /// <summary>The table with the descriptors of its compositions, which are what models see.</summary>
    private static AuditTable Described(DataTable table)
    {
        var audited = AuditTable.Of(table);
        if (!table.IsComposition)
        {
            return audited;
        }

        // The first two are the counts, which are columns of the table.
        var (_, numbers) = BackboneSupport.Describe(table);
        return audited.WithColumns(PaperFeatures.ContinuousNames.Index().Where(n => audited.Find(n.Item) is null).Select(n =>
            AuditColumn.Of(n.Item, AuditColumnRole.Derived, [.. numbers.Select(row => (double)row[n.Index])])));
    }

    /// <summary>The model that predicts is fitted on all rows: nothing is tested, but its intervals have folds.</summary>
    private static ProtocolSplits OfFit(DataTable table) => new(FitType, FitType, null, null, [new(FitType, [.. Enumerable.Range(0, table.RowCount)], [])]);

    /// <summary>The folds that the intervals of a split are going to use: the same draw from the same stream.</summary>
    private int[] FoldsOf(ProtocolSplits protocol, EvaluationSplit split)
    {
        var seed = experiment.Seeds.Seed(protocol.Type == FitType ? "folds/fit" : $"folds/{protocol.Name}/{split.Name}");
        var random = new SeedStreams(seed).Generator("conformal folds");
        var rows = split.Train.Length;
        return config.Intervals.Type switch
        {
            IntervalMethod.Split or IntervalMethod.ConformalisedQuantile => ConformalEstimator.AssignSplit(rows, config.Intervals.CalibrationFraction, random),
            IntervalMethod.JackknifePlus or IntervalMethod.JackknifeMinmax => [.. Enumerable.Range(0, rows)],
            IntervalMethod.ConformalisedRidge => new int[rows],
            _ => CvPlusEstimator.AssignFolds(rows, config.Intervals.Folds, random),
        };
    }
}
