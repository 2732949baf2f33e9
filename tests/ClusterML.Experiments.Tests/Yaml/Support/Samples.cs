using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>A record with a member of every kind.</summary>
public sealed record Sample
{
    [Description("Attention heads.")]
    [Range(1, 64)]
    public int NHeads { get; init; } = 8;

    public long? Rows { get; init; }

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 0.5;

    public float? Weight { get; init; }

    public bool Fast { get; init; }

    [Required]
    public string Title { get; init; } = "untitled";

    public string? Note { get; init; }

    [RegularExpression("[a-z]+")]
    public string Code { get; init; } = "abc";

    [AllowedValues("a", "b")]
    public string Letter { get; init; } = "a";

    public SampleColor Color { get; init; } = SampleColor.DeepBlue;

    public SampleColor? OtherColor { get; init; }

    [MinLength(1)]
    public IReadOnlyList<double> Factors { get; init; } = [2, 1];

    public IReadOnlyList<string> Names { get; init; } = [];

    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    public SamplePoint? Point { get; init; }

    public SampleChoice? Choice { get; init; }

    public IReadOnlyList<SampleChoice> Choices { get; init; } = [];

    public IReadOnlyList<object> Any { get; init; } = [];
}

public enum SampleColor
{
    Red,
    DeepBlue,
    None,
}

/// <summary>A positional record with a cross-check.</summary>
public sealed record SamplePoint(int X12tm, [Range(0, 10)] double R2 = 1, string? Label = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (R2 > X12tm)
        {
            yield return new ValidationResult("R2 must not exceed X12tm", [nameof(R2)]);
        }
    }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SampleCircle), "circle")]
[JsonDerivedType(typeof(SampleSquare), "square")]
public abstract record SampleChoice
{
    public required string Name { get; init; }
}

public sealed record SampleCircle : SampleChoice
{
    public double Radius { get; init; } = 1;
}

public sealed record SampleSquare : SampleChoice
{
    public required double Side { get; init; }
}

/// <summary>Options of a step that holds steps itself.</summary>
public sealed record SampleWrapOptions
{
    public IReadOnlyList<ClusterML.Experiments.Configuration.StepConfig> Inner { get; init; } = [];
}

public sealed record SampleRidgeOptions
{
    [Description("Penalties to choose from.")]
    [MinLength(1)]
    public IReadOnlyList<double> Lambdas { get; init; } = [0.1, 1, 10];

    public required string Column { get; init; }
}

/// <summary>A registry of two steps.</summary>
public sealed class SampleCatalog : IOptionsCatalog
{
    public IReadOnlyCollection<string> Types => ["ridge", "wrap"];

    public bool TryGet(string type, [NotNullWhen(true)] out Type? optionsType)
    {
        optionsType = type switch { "ridge" => typeof(SampleRidgeOptions), "wrap" => typeof(SampleWrapOptions), _ => null };
        return optionsType is not null;
    }
}
