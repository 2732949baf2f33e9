using Microsoft.ML;

namespace ClusterML.Learning.Steps;

/// <summary>Estimators fitted one after the other, each on the output of those before it.</summary>
/// <remarks>Unlike ML.NET's own chain its fitted form has a state: each step is written under the name of its type.</remarks>
/// <param name="steps">Registered type and estimator of each step, in order; at least one.</param>
public sealed class StepSequenceEstimator(IReadOnlyList<(string Type, IEstimator<ITransformer> Estimator)> steps)
    : IEstimator<StepSequenceTransformer>
{
    private readonly IReadOnlyList<(string Type, IEstimator<ITransformer> Estimator)> steps =
        steps.Count > 0 ? steps : throw new ArgumentException("a sequence needs at least one step", nameof(steps));

    /// <inheritdoc/>
    public StepSequenceTransformer Fit(IDataView input)
    {
        using var unowned = new UnownedTransformers();
        var fitted = new List<(string, ITransformer)>();
        foreach (var (type, estimator) in steps)
        {
            var transformer = unowned.Hold(estimator.Fit(input));
            fitted.Add((type, transformer));
            input = transformer.Transform(input);
        }

        return unowned.Release(new StepSequenceTransformer(fitted));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        steps.Aggregate(inputSchema, (shape, step) => step.Estimator.GetOutputSchema(shape));
}
