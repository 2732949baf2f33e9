using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>One entry of the registry: what a <c>type:</c> in a pipeline file stands for.</summary>
public sealed record StepDefinition
{
    private StepDefinition()
    {
    }

    /// <summary>The name in pipeline files.</summary>
    public required string Type { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Its immutable options record.</summary>
    public required Type OptionsType { get; init; }

    /// <summary>Makes the estimator.</summary>
    public required Func<StepContext, object, IEstimator<ITransformer>> Create { get; init; }

    /// <summary>Makes the fitted transformer again from its saved state.</summary>
    public required Func<StepState, ITransformer> Restore { get; init; }

    /// <summary>Whether fitting reads the rows. What does not is computed once for a whole table. Default: true.</summary>
    public bool LearnsFromRows { get; init; } = true;

    /// <summary>Whether it writes the column <c>prediction</c>. Default: false.</summary>
    public bool Predicts { get; init; }

    /// <summary>Whether it needs the experiment's frozen network. Default: false.</summary>
    public bool NeedsBackbone { get; init; }

    /// <summary>Whether it reads host and dopant. Default: false.</summary>
    public bool NeedsComposition { get; init; }

    /// <summary>Whether it reads the declared columns of a csv table. Default: false.</summary>
    public bool NeedsPlainTable { get; init; }

    /// <summary>An entry with its options typed.</summary>
    public static StepDefinition Of<TOptions>(
        string type,
        string summary,
        Func<StepContext, TOptions, IEstimator<ITransformer>> create,
        Func<StepState, ITransformer> restore)
        where TOptions : class => new()
        {
            Type = type,
            Summary = summary,
            OptionsType = typeof(TOptions),
            Create = (context, options) => create(context, (TOptions)options),
            Restore = restore,
        };
}
