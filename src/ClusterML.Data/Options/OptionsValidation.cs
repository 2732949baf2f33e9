using System.ComponentModel.DataAnnotations;

namespace ClusterML.Data.Options;

/// <summary>Checks an options record against its annotations and reports every violation in one message.</summary>
public static class OptionsValidation
{
    /// <summary>All violations of <paramref name="options"/>, one sentence each; empty when it is valid.</summary>
    public static IReadOnlyList<string> Violations(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(r => r.ErrorMessage ?? $"{string.Join(", ", r.MemberNames)}: invalid")];
    }

    /// <summary>Returns <paramref name="options"/> when valid.</summary>
    /// <exception cref="ValidationException">It is not; the message names the record and lists every violation.</exception>
    public static T Checked<T>(this T options)
        where T : class
    {
        var violations = Violations(options);
        return violations.Count == 0
            ? options
            : throw new ValidationException($"{typeof(T).Name} is invalid: {string.Join("; ", violations)}");
    }
}
