using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Engine;

/// <summary>Checks that each pipeline's steps find the columns they read, before any of them is fitted.</summary>
internal static class SchemaCheck
{
    /// <summary>Refuses an experiment in which a step reads a column that no earlier step writes.</summary>
    /// <exception cref="ConfigException">The problems, one a pipeline, placed in the pipeline's file.</exception>
    public static void Require(LoadedExperiment experiment, StepRegistry registry)
    {
        var problems = new List<ConfigProblem>();
        var published = experiment.Config.Backbone is PublishedBackboneConfig backbone ? PublishedBackbones.FolderOf(backbone, experiment.ConfigFolder) : null;
        foreach (var model in experiment.Models.Where(m => m.PredictionsPath is null))
        {
            if (published is null && model.Pipeline.Steps.Any(s => registry.Get(s.Type).NeedsBackbone))
            {
                // Its width is known only once it is pretrained.
                continue;
            }

            var pipeline = PipelineFactory.Create(model.Pipeline, registry, experiment.Table, experiment.Seeds, model.Name, 0, published);
            var rows = experiment.Table.ToView([0]);
            if (pipeline.FirstMisfit(rows) is { } misfit)
            {
                problems.Add(new(Path.GetRelativePath(Environment.CurrentDirectory, model.PipelinePath), 1, 1, FormattableString.Invariant($"steps[{misfit.Step}]"), misfit.Reason));
                continue;
            }

            var intervals = experiment.Config.Intervals;
            if (pipeline.WhyNotOn(rows, intervals) is { } reason)
            {
                problems.Add(experiment.Positions.Problem("intervals", $"{model.Name}: {reason}. Under intervals.also, models that a method does not suit are left out"));
            }
            else if (model.IsMain)
            {
                problems.AddRange(intervals.Also.Index().Select(also => (also.Index, Reason: pipeline.WhyNotOn(rows, also.Item))).Where(also => also.Reason is not null)
                    .Select(also => experiment.Positions.Problem(FormattableString.Invariant($"intervals.also[{also.Index}]"), $"{model.Name}: {also.Reason}")));
            }
        }

        if (problems.Count > 0)
        {
            throw new ConfigException(problems);
        }
    }
}
