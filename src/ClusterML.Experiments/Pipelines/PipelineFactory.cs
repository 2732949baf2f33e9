using ClusterML.Data;
using ClusterML.Data.Randomness;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Pipelines;

/// <summary>Makes the estimators of a pipeline for one table, one model and one repetition.</summary>
internal static class PipelineFactory
{
    /// <summary>The pipeline with a context for each of its steps.</summary>
    /// <param name="config">The pipeline file.</param>
    /// <param name="registry">The steps that exist.</param>
    /// <param name="table">The table; only its columns matter.</param>
    /// <param name="seeds">The experiment's streams.</param>
    /// <param name="model">Name of the model; part of the name of its streams.</param>
    /// <param name="repetition">Which of the model's seeds.</param>
    /// <param name="backboneFolder">Folder of the frozen network, or null.</param>
    public static ModelPipeline Create(
        PipelineConfig config, StepRegistry registry, DataTable table, SeedStreams seeds, string model, int repetition, string? backboneFolder) =>
        new(config, registry, seeds.Seed(ModelStream(model, repetition)), new StepContext
        {
            Seed = 0,
            CategoricalColumns = table.CategoricalColumns,
            NumericColumns = table.NumericColumns,
            WeightColumn = table.Weights is null ? null : "weight",
            BackboneFolder = backboneFolder,
        });

    /// <summary>Name of the random stream of one repetition of a model.</summary>
    internal static string ModelStream(string model, int repetition) => FormattableString.Invariant($"model/{model}/{repetition}");
}
