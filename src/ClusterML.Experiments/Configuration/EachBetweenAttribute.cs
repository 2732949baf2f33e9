using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ClusterML.Experiments.Configuration;

/// <summary>Every number of a list lies strictly between two bounds, and none is there twice.</summary>
/// <param name="minimum">Excluded lower bound.</param>
/// <param name="maximum">Excluded upper bound.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachBetweenAttribute(double minimum, double maximum) : ValidationAttribute
{
    /// <summary>Excluded lower bound.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Excluded upper bound.</summary>
    public double Maximum { get; } = maximum;

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is not IEnumerable list || (list.Cast<double>().ToList() is var numbers
            && numbers.TrueForAll(n => n > Minimum && n < Maximum) && numbers.Distinct().Count() == numbers.Count);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: each value must be above {Minimum} and below {Maximum}, and none there twice");
}
