using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Rendering;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Says in one sentence each what a value breaks of its member's annotations.</summary>
internal static class AnnotationChecks
{
    /// <summary>The violations of <paramref name="value"/>; null breaks nothing but Required, which binding sees to.</summary>
    public static IEnumerable<string> Violations(MemberShape member, object? value)
    {
        if (value is null)
        {
            yield break;
        }

        if (value is string text && member.RefusesEmpty && string.IsNullOrWhiteSpace(text))
        {
            yield return "must not be empty";
            yield break;
        }

        foreach (var check in member.Checks.Where(c => c is not EachBetweenAttribute))
        {
            // The annotation lets any empty text pass; a pattern that is meant to would say so.
            var isEmptyMismatch = check is RegularExpressionAttribute pattern && value is "" && !Regex.IsMatch(string.Empty, $"^(?:{pattern.Pattern})$");
            if (isEmptyMismatch || !check.IsValid(value))
            {
                yield return HasOwnMessage(check)
                    ? check.FormatErrorMessage(member.Key)
                    : $"{Rule(check, member, value)}, found {Describe(value)}";
            }
        }
    }

    /// <summary>What single entries of a list break, with their index.</summary>
    public static IEnumerable<(int Index, string Message)> EntryViolations(MemberShape member, object? value) =>
        value is IEnumerable list and not string ? member.Checks.OfType<EachBetweenAttribute>().SelectMany(c => c.Violations(list)) : [];

    /// <summary>Whether the annotation was given a message; two of them report their default as if it were one.</summary>
    private static bool HasOwnMessage(ValidationAttribute check) => check.ErrorMessageResourceName is not null || check switch
    {
        AllowedValuesAttribute => check.ErrorMessage != new AllowedValuesAttribute().ErrorMessage,
        DeniedValuesAttribute => check.ErrorMessage != new DeniedValuesAttribute().ErrorMessage,
        _ => check.ErrorMessage is not null,
    };

    private static string Rule(ValidationAttribute check, MemberShape member, object value) => check switch
    {
        RangeAttribute { MinimumIsExclusive: false, MaximumIsExclusive: false } r => $"must be between {Text(r.Minimum)} and {Text(r.Maximum)}",
        RangeAttribute r => $"must be {(r.MinimumIsExclusive ? "above" : "at least")} {Text(r.Minimum)}"
            + $" and {(r.MaximumIsExclusive ? "below" : "at most")} {Text(r.Maximum)}",
        RegularExpressionAttribute r => $"must match {r.Pattern}",
        AllowedValuesAttribute { Values: [var only] } => $"must be {Text(only)}",
        AllowedValuesAttribute a => $"must be one of {string.Join(", ", a.Values.Select(Text))}",
        DeniedValuesAttribute d => $"must not be one of {string.Join(", ", d.Values.Select(Text))}",
        MinLengthAttribute m => $"must have at least {Things(m.Length, value)}",
        MaxLengthAttribute m => $"must have at most {Things(m.Length, value)}",
        LengthAttribute l => $"must have {l.MinimumLength} to {Things(l.MaximumLength, value)}",
        StringLengthAttribute s => $"must have {s.MinimumLength} to {Things(s.MaximumLength, value)}",
        _ => check.FormatErrorMessage(member.Key).TrimEnd('.'),
    };

    private static string Things(int count, object value) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(value is string ? "character" : count == 1 ? "entr" : "entrie")}")
        + (value is string ? (count == 1 ? string.Empty : "s") : count == 1 ? "y" : "s");

    private static string Describe(object value) => value switch
    {
        string text => Found.Quote(text),
        ICollection { Count: 0 } => "none",
        ICollection many => many.Count.ToString(CultureInfo.InvariantCulture),
        IEnumerable items => items.Cast<object?>().Count() is var n and > 0 ? n.ToString(CultureInfo.InvariantCulture) : "none",
        _ => Text(value),
    };

    private static string Text(object? value) => value is null ? "null" : ScalarText.Of(value, quote: false);
}
