using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>
/// Evaluates JSON Schema 2020-12 as far as generated schemas use it. It refuses keywords that it does not know, so that
/// none is ignored in silence. Written from the specification, apart from the generator.
/// </summary>
internal sealed class SchemaEvaluator(JsonObject document)
{
    /// <summary>Whether <paramref name="value"/> fits the document.</summary>
    public bool Accepts(JsonNode? value) => Accepts(document, value);

    private bool Accepts(JsonObject schema, JsonNode? value) => schema.All(k => Keyword(schema, k.Key, k.Value!, value));

    private bool Keyword(JsonObject schema, string keyword, JsonNode argument, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        switch (keyword)
        {
            case "$schema" or "$defs" or "title" or "description" or "default":
                return true;
            case "$ref":
                return Accepts(document["$defs"]![argument.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value);
            case "type":
                return argument is JsonArray types ? types.Any(t => IsOf(t!.GetValue<string>(), value, kind)) : IsOf(argument.GetValue<string>(), value, kind);
            case "const":
                return JsonNode.DeepEquals(argument, value);
            case "enum":
                return argument.AsArray().Any(a => JsonNode.DeepEquals(a, value));
            case "not":
                return !Accepts(argument.AsObject(), value);
            case "anyOf":
                return argument.AsArray().Any(a => Accepts(a!.AsObject(), value));
            case "oneOf":
                return argument.AsArray().Count(a => Accepts(a!.AsObject(), value)) == 1;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                return kind != JsonValueKind.Number || InRange(keyword, Number(argument), Number(value!));
            case "pattern":
                return kind != JsonValueKind.String || Regex.IsMatch(value!.GetValue<string>(), argument.GetValue<string>());
            case "minLength":
                return kind != JsonValueKind.String || value!.GetValue<string>().Length >= argument.GetValue<int>();
            case "minItems":
                return value is not JsonArray atLeast || atLeast.Count >= argument.GetValue<int>();
            case "uniqueItems":
                return value is not JsonArray each || each.Select(i => i!.ToJsonString()).Distinct().Count() == each.Count;
            case "items":
                return value is not JsonArray items || items.All(i => Accepts(argument.AsObject(), i));
            case "required":
                return value is not JsonObject whole || argument.AsArray().All(k => whole.ContainsKey(k!.GetValue<string>()));
            case "properties":
                return value is not JsonObject keyed || keyed.All(e => argument[e.Key] is not JsonObject s || Accepts(s, e.Value));
            case "additionalProperties":
                return value is not JsonObject open || open.Where(e => schema["properties"]?[e.Key] is null)
                    .All(e => argument is JsonObject s && Accepts(s, e.Value));
            default:
                throw new NotSupportedException($"Keyword {keyword}.");
        }
    }

    private static bool IsOf(string type, JsonNode? value, JsonValueKind kind) => type switch
    {
        "null" => kind == JsonValueKind.Null,
        "string" => kind == JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "number" => kind == JsonValueKind.Number,
        "integer" => kind == JsonValueKind.Number && double.IsInteger(Number(value!)),
        "array" => kind == JsonValueKind.Array,
        "object" => kind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"Type {type}."),
    };

    private static bool InRange(string keyword, double limit, double value) => keyword switch
    {
        "minimum" => value >= limit,
        "maximum" => value <= limit,
        "exclusiveMinimum" => value > limit,
        _ => value < limit,
    };

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
}
