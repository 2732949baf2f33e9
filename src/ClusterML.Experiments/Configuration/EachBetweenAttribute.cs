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

    /// <summary>Smallest value that is taken; the excluded lower bound alone by default.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is not IEnumerable list || !Violations(list).Any();

    /// <summary>What is wrong with which entry, counted from 0.</summary>
    public IEnumerable<(int Index, string Message)> Violations(IEnumerable list)
    {
        var seen = new HashSet<double>();
        foreach (var (i, number) in list.Cast<double>().Index())
        {
            if (!(number > Minimum && number < Maximum))
            {
                yield return (i, string.Create(CultureInfo.InvariantCulture, $"must be above {Minimum} and below {Maximum}, found {number}"));
            }
            else if (number < Least)
            {
                yield return (i, string.Create(CultureInfo.InvariantCulture, $"must be at least {Least}, found {number}"));
            }
            else if (!seen.Add(number))
            {
                yield return (i, string.Create(CultureInfo.InvariantCulture, $"{number} is there twice"));
            }
        }
    }

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: each value must be above {Minimum} and below {Maximum}, and none there twice");
}
