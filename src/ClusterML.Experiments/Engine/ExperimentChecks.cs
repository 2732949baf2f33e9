using ClusterML.Data;
using ClusterML.Data.Audits;
using ClusterML.Data.Audits.Identities;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Evaluation;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;
using ClusterML.Experiments.Yaml.Shapes;
using ClusterML.Learning.Conformal;

namespace ClusterML.Experiments.Engine;

/// <summary>What a config must fulfil beyond the form of each value; every problem is placed where it was written.</summary>
internal sealed class ExperimentChecks(
    Bound<ExperimentConfig> bound, StepRegistry registry, IReadOnlyList<LoadedModel> models, TableSource? source, TableSource? pretraining, string folder)
{
    private readonly ExperimentConfig config = bound.Value;

    /// <summary>Every problem.</summary>
    public IEnumerable<ConfigProblem> Problems() =>
        [.. Purpose(), .. Names(), .. Protocols(), .. Intervals(), .. Sealed(), .. Pipelines(), .. Columns(config.Data.Table, source, "data.table"), .. Columns((config.Backbone as PretrainBackboneConfig)?.Table, pretraining, "backbone.table"), .. Backbone(), .. NetworkChecks.Problems(bound, models, folder), .. Audit()];

    private IEnumerable<ConfigProblem> Purpose()
    {
        if (config.Model is not null && config.Data.Table is null)
        {
            yield return Problem("data", "table: missing; a model needs rows");
        }

        if (config.Model is null && config.Data.Table is not null)
        {
            yield return Problem("data.table", "there is no model to evaluate on it; add model, or leave data.table out to pretrain a backbone only");
        }

        if (config.Model is null && config.Backbone is not PretrainBackboneConfig)
        {
            yield return Problem(string.Empty, "nothing to do: give model, or a backbone of type pretrain");
        }

        if (config.Model is null && config.Baselines.Count > 0)
        {
            yield return Problem("baselines", "baselines stand beside a model: give model");
        }

        if (config.Model is not null && config.Protocols.Count == 0)
        {
            yield return Problem(string.Empty, "protocols: missing; say how the model is evaluated");
        }
    }

    private IEnumerable<ConfigProblem> Names()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (config.Model is { } model)
        {
            seen.Add(model.Name);
        }

        for (var i = 0; i < config.Baselines.Count; i++)
        {
            if (!seen.Add(config.Baselines[i].Name))
            {
                yield return Problem($"baselines[{i}].name", $"another model is called {config.Baselines[i].Name} already");
            }
        }

        var protocols = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < config.Protocols.Count; i++)
        {
            if (!protocols.Add(config.Protocols[i].Name))
            {
                yield return Problem($"protocols[{i}].name", $"another protocol is called {config.Protocols[i].Name} already");
            }
        }
    }

    private IEnumerable<ConfigProblem> Protocols()
    {
        for (var i = 0; i < config.Protocols.Count; i++)
        {
            if (config.Protocols[i] is HoldOutFractionConfig hold && hold.To > hold.From)
            {
                yield return Problem($"protocols[{i}].to", "must not be above from: the held-out fraction falls");
            }

            var column = config.Protocols[i] switch
            {
                LeaveOneGroupOutConfig leave => leave.Column,
                HoldOutFractionConfig hold2 => hold2.Column,
                AdaptationConfig adapt => adapt.Column,
                KFoldConfig fold => fold.Column,
                _ => null,
            };
            var derived = source is { IsComposition: true } && config.Protocols[i] is LeaveOneGroupOutConfig or KFoldConfig ? GroupColumns.Derived : [];
            if (column is not null && source is { Exists: true } && !source.GroupColumns.Concat(derived).Contains(column))
            {
                yield return Problem($"protocols[{i}].column", $"the table has no group column {column}; it has {string.Join(", ", source.GroupColumns.Concat(derived))}");
            }

            if (config.Protocols[i] is AdaptationConfig { Labels: var labels } && labels.Any(k => k < 0))
            {
                yield return Problem($"protocols[{i}].labels", "a number of labels is 0 or more");
            }

            if (config.Protocols[i] is ListedConfig listed && !File.Exists(Path.GetFullPath(listed.Path, folder)))
            {
                yield return Problem($"protocols[{i}].path", $"there is no file {Path.GetFullPath(listed.Path, folder)}; clusterml data split makes one");
            }
        }
    }

    private IEnumerable<ConfigProblem> Intervals()
    {
        IReadOnlyList<(string Path, IntervalMethodConfig Method)> methods =
        [
            ("intervals", config.Intervals),
            .. config.Intervals.Also.Select((m, i) => (FormattableString.Invariant($"intervals.also[{i}]"), m)),
        ];
        foreach (var (path, method) in methods)
        {
            var groups = method.GroupsOrDefault();
            var allowed = method.Type switch
            {
                IntervalMethod.FastCvPlus => new[] { GroupKind.None, GroupKind.MixedMondrian },
                IntervalMethod.ConformalisedRidge or IntervalMethod.ConformalisedQuantile => [GroupKind.None, GroupKind.Column],
                _ => Enum.GetValues<GroupKind>(),
            };
            if (!allowed.Contains(groups))
            {
                yield return Problem($"{path}.groups", $"{KeyNames.Of(method.Type)} knows the groups {string.Join(", ", allowed.Select(g => KeyNames.Of(g)))}; found {KeyNames.Of(groups)}");
            }

            var byColumn = groups == GroupKind.Column && allowed.Contains(groups);
            if (byColumn && string.IsNullOrWhiteSpace(method.GroupColumn))
            {
                yield return Problem($"{path}.group_column", "groups: column needs the name of the column");
            }
            else if (byColumn && source is { Exists: true } && !source.GroupColumns.Contains(method.GroupColumn!))
            {
                yield return Problem($"{path}.group_column", $"the table has no group column {method.GroupColumn}; it has {string.Join(", ", source.GroupColumns)}");
            }

            var scored = method.Type is not (IntervalMethod.FastCvPlus or IntervalMethod.ConformalisedRidge or IntervalMethod.ConformalisedQuantile);
            if (method.Score == IntervalScore.Normalised && !scored)
            {
                yield return Problem($"{path}.score", $"{KeyNames.Of(method.Type)} does not normalise scores; use split, cv_plus, cv_minmax, jackknife_plus or jackknife_minmax");
            }

            if (method.Type == IntervalMethod.FastCvPlus && method.SmallGroup != GroupPolicy.Marginal)
            {
                yield return Problem($"{path}.small_group", "fast_cv_plus falls back to all rows (marginal); use another method for this policy");
            }
        }
    }

    private IEnumerable<ConfigProblem> Sealed()
    {
        if (config.Data.Sealed is { } hidden && source is { Exists: true, IsKnown: true } && !source.GroupColumns.Contains(hidden.Column))
        {
            yield return Problem("data.sealed.column", $"the table has no group column {hidden.Column}; it has {string.Join(", ", source.GroupColumns)}");
        }

        if (config.Data.Sealed is not null && config.Model is null)
        {
            yield return Problem("data.sealed", "sealed rows are for a model to be scored on, and there is none");
        }
    }

    private IEnumerable<ConfigProblem> Pipelines()
    {
        foreach (var model in models.Where(m => m.PredictionsPath is null))
        {
            var path = model.IsMain ? "model.pipeline" : $"baselines[{config.Baselines.Index().First(b => b.Item.Name == model.Name).Index}].pipeline";
            var steps = model.Pipeline.Steps.Select(s => registry.Get(s.Type)).ToList();
            if (!steps[^1].Predicts)
            {
                yield return Problem(path, $"the last step of {Path.GetFileName(model.PipelinePath)} is {steps[^1].Type}, which does not predict; end with one of {string.Join(", ", registry.Predicting)}");
            }

            if (steps.SkipLast(1).FirstOrDefault(s => s.Predicts) is { } early)
            {
                yield return Problem(path, $"{early.Type} predicts and must be the last step of {Path.GetFileName(model.PipelinePath)}");
            }

            foreach (var candidate in model.Pipeline.Steps.Select(s => s.Options).OfType<NestedSelectionStepOptions>().SelectMany(s => s.Candidates))
            {
                var inner = candidate.Steps.Select(s => registry.Get(s.Type)).ToList();
                if (!inner[^1].Predicts || inner.SkipLast(1).Any(s => s.Predicts))
                {
                    yield return Problem(path, $"candidate {candidate.Name} in {Path.GetFileName(model.PipelinePath)} must end with a step that predicts, and have no other; such are {string.Join(", ", registry.Predicting)}");
                }

                if (inner.FirstOrDefault(s => s.NeedsBackbone) is { } frozen)
                {
                    yield return Problem(path, $"candidate {candidate.Name} in {Path.GetFileName(model.PipelinePath)} has {frozen.Type}, which learns nothing from rows: put it before nested_selection");
                }
            }

            foreach (var ensemble in model.Pipeline.Steps.Select(s => s.Options).OfType<BaggingStepOptions>())
            {
                var inner = ensemble.Steps.Select(s => registry.Get(s.Type)).ToList();
                if (!inner[^1].Predicts || inner.SkipLast(1).Any(s => s.Predicts))
                {
                    yield return Problem(path, $"the members of bagging in {Path.GetFileName(model.PipelinePath)} must end with a step that predicts, and have no other; such are {string.Join(", ", registry.Predicting)}");
                }

                if (inner.FirstOrDefault(s => s.NeedsBackbone) is { } pretrained)
                {
                    yield return Problem(path, $"the members of bagging in {Path.GetFileName(model.PipelinePath)} have {pretrained.Type}, which reads the experiment's backbone: such a step stands before bagging");
                }
            }

            if (config.Backbone is null && steps.FirstOrDefault(s => s.NeedsBackbone) is { } step)
            {
                yield return Problem(path, $"{step.Type} in {Path.GetFileName(model.PipelinePath)} needs a backbone, and the experiment has none");
            }

            if (source is { IsComposition: false } && steps.FirstOrDefault(s => s.NeedsComposition) is { } chemical)
            {
                yield return Problem(path, $"{chemical.Type} in {Path.GetFileName(model.PipelinePath)} reads host and dopant, which a csv table does not have; use table_descriptors");
            }

            if (source is { IsKnown: true, IsComposition: true } && steps.FirstOrDefault(s => s.NeedsPlainTable) is { } plain)
            {
                yield return Problem(path, $"{plain.Type} in {Path.GetFileName(model.PipelinePath)} reads declared csv columns; use composition_descriptors for compositions");
            }
        }
    }

    private IEnumerable<ConfigProblem> Columns(TableConfig? table, TableSource? rows, string path)
    {
        if (table is DatasetTableConfig { Calculations: not null } && rows is { IsComposition: false })
        {
            yield return Problem($"{path}.calculations", "the dataset is a table and has no calculations to choose from; leave the key out");
        }

        if (rows?.Columns is not { } columns)
        {
            yield break;
        }

        // A dataset declares its columns in a file of its own; the config only names the folder.
        var place = table is DeclaredTableConfig ? $"{path}.columns" : $"{path}.path";
        if (columns.All(c => c.Role != ColumnRole.Target))
        {
            yield return Problem(place, "no column has the role target");
        }

        if (!columns.Any(c => c.Role is ColumnRole.Categorical or ColumnRole.Numeric))
        {
            yield return Problem(place, "no column is a feature: give at least one the role categorical or numeric");
        }

        if (table is not DeclaredTableConfig)
        {
            yield break;
        }

        foreach (var twice in columns.Index().GroupBy(c => c.Item.Name).Where(g => g.Count() > 1))
        {
            yield return Problem($"{place}[{twice.Last().Index}].name", $"column {twice.Key} is declared twice");
        }

        foreach (var role in new[] { ColumnRole.Id, ColumnRole.Weight })
        {
            if (columns.Index().Where(c => c.Item.Role == role).Skip(1).FirstOrDefault() is { Item: { } second, Index: var at })
            {
                yield return Problem($"{place}[{at}].role", $"{second.Name} is the second column with the role {role.ToString().ToLowerInvariant()}; there can be one");
            }
        }
    }

    private IEnumerable<ConfigProblem> Backbone()
    {
        if (config.Backbone is PublishedBackboneConfig published && PublishedBackbones.Problem(published, folder) is { } missing)
        {
            yield return Problem(missing.Key, missing.Message);
        }

        if (pretraining is { IsComposition: false })
        {
            yield return Problem("backbone.table", "a backbone is pretrained on compositions: use x12tm, qcd_unary or segregation; a csv table can train an ft_transformer step");
        }

        if (config.Backbone is PretrainBackboneConfig { Network: var network } && network.DToken % network.NHeads != 0)
        {
            yield return Problem("backbone.network.d_token", $"{network.DToken} is not a multiple of n_heads ({network.NHeads})");
        }
    }

    private IEnumerable<ConfigProblem> Audit()
    {
        foreach (var (i, entry) in config.Audit.Accept.Index())
        {
            var code = Acceptance.Parse(entry).Code;
            if (FindingKinds.Find(code) is null)
            {
                yield return Problem($"audit.accept[{i}]", FindingKinds.Unknown(code));
            }
        }

        foreach (var (i, text) in config.Audit.Identities.Index())
        {
            IdentitySyntaxException? wrong = null;
            try
            {
                _ = Identity.Parse(text);
            }
            catch (IdentitySyntaxException e)
            {
                wrong = e;
            }

            if (wrong is not null)
            {
                yield return Problem($"audit.identities[{i}]", FormattableString.Invariant($"at character {wrong.Column}: {wrong.Problem}"));
            }
        }
    }

    private ConfigProblem Problem(string path, string message) => bound.Positions.Problem(path, message);
}
