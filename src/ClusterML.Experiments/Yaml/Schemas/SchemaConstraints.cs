using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Binding;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Schemas;

/// <summary>Turns a member's annotations into keywords of JSON Schema.</summary>
internal static class SchemaConstraints
{
    /// <summary>Adds the keywords of <paramref name="member"/>.</summary>
    public static void AddTo(JsonObject schema, MemberShape member)
    {
        var isText = member.Value.Kind == ValueKind.Text;
        if (isText && member.RefusesEmpty && !member.Checks.OfType<AllowedValuesAttribute>().Any())
        {
            // The binder refuses blank text too.
            schema["pattern"] = @"\S";
        }

        if (member.Value.Kind == ValueKind.Integer && !member.Checks.OfType<RangeAttribute>().Any())
        {
            var (low, high) = ScalarBinding.IntegerRange(member.Value.Type);
            schema["minimum"] = low < 0 ? (long)low : (ulong)low;
            schema["maximum"] = high <= long.MaxValue ? (long)high : (ulong)high;
        }

        foreach (var check in member.Checks)
        {
            switch (check)
            {
                case RangeAttribute range:
                    schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = JsonValues.Of(range.Minimum);
                    schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = JsonValues.Of(range.Maximum);
                    break;
                case RegularExpressionAttribute pattern:
                    schema["pattern"] = Whole(pattern.Pattern);
                    break;
                case AllowedValuesAttribute allowed:
                    schema["enum"] = new JsonArray([.. allowed.Values.Select(JsonValues.Of)]);
                    break;
                case DeniedValuesAttribute denied:
                    schema["not"] = new JsonObject { ["enum"] = new JsonArray([.. denied.Values.Select(JsonValues.Of)]) };
                    break;
                case EachBetweenAttribute each when schema["items"] is JsonObject item:
                    item[double.IsFinite(each.Least) ? "minimum" : "exclusiveMinimum"] = double.IsFinite(each.Least) ? each.Least : each.Minimum;
                    item["exclusiveMaximum"] = each.Maximum;
                    schema["uniqueItems"] = true;
                    break;
                case MinLengthAttribute least:
                    schema[isText ? "minLength" : "minItems"] = least.Length;
                    break;
                case MaxLengthAttribute most:
                    schema[isText ? "maxLength" : "maxItems"] = most.Length;
                    break;
                case LengthAttribute both:
                    schema[isText ? "minLength" : "minItems"] = both.MinimumLength;
                    schema[isText ? "maxLength" : "maxItems"] = both.MaximumLength;
                    break;
                case StringLengthAttribute text:
                    schema["minLength"] = text.MinimumLength;
                    schema["maxLength"] = text.MaximumLength;
                    break;
            }
        }
    }

    /// <summary>The annotation matches whole values, the keyword any part of them.</summary>
    private static string Whole(string pattern) =>
        pattern.StartsWith('^') && pattern.EndsWith('$') && !pattern.Contains('|', StringComparison.Ordinal) ? pattern : $"^(?:{pattern})$";
}
