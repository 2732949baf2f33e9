using ClusterML.Learning.Steps;
using Microsoft.ML;

namespace ClusterML.Experiments.Pipelines;

/// <summary>One entry of the registry: what a <c>type:</c> in a pipeline file stands for.</summary>
/// <param name="Type">The name in pipeline files.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="OptionsType">Its immutable options record.</param>
/// <param name="LearnsFromRows">Whether fitting reads the rows. What does not is computed once for a whole table.</param>
/// <param name="Predicts">Whether it writes the column <c>prediction</c>.</param>
/// <param name="Create">Makes the estimator.</param>
/// <param name="Restore">Makes the fitted transformer again from its saved state.</param>
public sealed record StepDefinition(
    string Type,
    string Summary,
    Type OptionsType,
    bool LearnsFromRows,
    bool Predicts,
    Func<StepContext, object, IEstimator<ITransformer>> Create,
    Func<StepContext, object, StepState, ITransformer> Restore);
