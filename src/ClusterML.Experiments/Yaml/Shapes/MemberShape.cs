using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace ClusterML.Experiments.Yaml.Shapes;

/// <summary>One key of a record.</summary>
/// <param name="Key">The key in YAML.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Value">What its value may be.</param>
/// <param name="IsRequired">Whether it must be written.</param>
/// <param name="HasDefault">Whether its default is known.</param>
/// <param name="Default">Its default, where known.</param>
/// <param name="Attributes">Annotations of the property and of the constructor's parameter of the same name.</param>
internal sealed record MemberShape(
    string Key,
    PropertyInfo Property,
    ValueShape Value,
    bool IsRequired,
    bool HasDefault,
    object? Default,
    IReadOnlyList<Attribute> Attributes)
{
    /// <summary>What it is for, or null.</summary>
    public string? Description => Attributes.OfType<DescriptionAttribute>().FirstOrDefault()?.Description;

    /// <summary>Its checks, except Required, which binding sees to.</summary>
    public IEnumerable<ValidationAttribute> Checks => Attributes.OfType<ValidationAttribute>().Where(a => a is not RequiredAttribute);

    /// <summary>Whether an empty text is refused.</summary>
    public bool RefusesEmpty => Attributes.OfType<RequiredAttribute>().Any(a => !a.AllowEmptyStrings);
}
