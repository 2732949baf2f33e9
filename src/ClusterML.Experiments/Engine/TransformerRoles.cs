using ClusterML.Experiments.Pipelines;

namespace ClusterML.Experiments.Engine;

/// <summary>What the transformer is in a model.</summary>
internal enum TransformerRole
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A pretrained one, or one trained on the rows at hand.</summary>
    Pretrained,

    /// <summary>The same network without what pretraining taught it: random weights, or shuffled targets.</summary>
    Control,
}

/// <summary>Reads the role of the transformer from a model's pipeline.</summary>
internal static class TransformerRoles
{
    internal static TransformerRole Of(LoadedModel model)
    {
        var steps = model.Pipeline.Steps.Concat(model.Pipeline.Steps.Select(s => s.Options).OfType<BaggingStepOptions>().SelectMany(b => b.Steps)).ToList();
        var embeddings = steps.Select(s => s.Options).OfType<FtEmbeddingOptions>().ToList();
        return embeddings.Any(e => e.Weights == FtEmbeddingWeights.Backbone) || steps.Any(s => s.Options is FtTransformerStepOptions)
            ? TransformerRole.Pretrained
            : embeddings.Count > 0 ? TransformerRole.Control : TransformerRole.None;
    }
}
