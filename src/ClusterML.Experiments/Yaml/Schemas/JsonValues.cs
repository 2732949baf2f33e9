using System.Collections;
using System.Text.Json.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Schemas;

/// <summary>Values as JSON: scalars, enum values by name, lists, maps and records.</summary>
internal static class JsonValues
{
    /// <summary>The JSON of a value.</summary>
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        Enum name => JsonValue.Create(KeyNames.Of(name)),
        bool flag => JsonValue.Create(flag),
        ulong large => JsonValue.Create(large),
        float single => JsonValue.Create(single),
        double number => double.IsInteger(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number),
        decimal exact => JsonValue.Create(exact),
        IConvertible integer => JsonValue.Create(integer.ToInt64(System.Globalization.CultureInfo.InvariantCulture)),
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(k => KeyValuePair.Create(k, Of(map[k])))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        _ => new JsonObject(RecordShape.Of(value.GetType()).Members.Select(m => KeyValuePair.Create(m.Key, Of(m.Property.GetValue(value))))),
    };
}
