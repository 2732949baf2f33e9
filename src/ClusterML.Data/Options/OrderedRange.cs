using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data.Options;

/// <summary>Two options that are the ends of a range: the lower one must not be above the upper one.</summary>
public static class OrderedRange
{
    /// <summary>The violation, or nothing; for <see cref="IValidatableObject.Validate"/>.</summary>
    /// <param name="lowerName">Property of the lower end, which the problem is reported at.</param>
    /// <param name="lower">Its value.</param>
    /// <param name="upperName">Property of the upper end.</param>
    /// <param name="upper">Its value.</param>
    public static IEnumerable<ValidationResult> Check(string lowerName, double lower, string upperName, double upper) =>
        lower > upper ? [new(FormattableString.Invariant($"{lowerName} is above {upperName}: {lower} > {upper}"), [lowerName])] : [];
}
