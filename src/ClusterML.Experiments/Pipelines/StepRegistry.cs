using System.Diagnostics.CodeAnalysis;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Pipelines;

/// <summary>The steps that pipeline files can name.</summary>
public sealed class StepRegistry : IOptionsCatalog
{
    private readonly Dictionary<string, StepDefinition> steps;

    /// <summary>A registry of the given steps.</summary>
    public StepRegistry(IEnumerable<StepDefinition> steps)
    {
        this.steps = steps.ToDictionary(s => s.Type, StringComparer.Ordinal);
        Types = [.. this.steps.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every step of this project.</summary>
    public static StepRegistry Default { get; } = new([.. FeatureSteps.All, .. TrainerSteps.All, .. ComparisonSteps.All, .. TransferSteps.All, .. SelectionSteps.All]);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Types { get; }

    /// <summary>Types that end a pipeline.</summary>
    public IReadOnlyList<string> Predicting => [.. Types.Where(t => steps[t].Predicts)];

    /// <summary>The step of this type.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public StepDefinition Get(string type) => steps[type];

    /// <inheritdoc/>
    public bool TryGet(string type, [NotNullWhen(true)] out Type? optionsType)
    {
        optionsType = steps.TryGetValue(type, out var step) ? step.OptionsType : null;
        return optionsType is not null;
    }
}
