using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;

namespace ClusterML.Experiments.Yaml.Shapes;

/// <summary>Names of keys and values in YAML: the lower_snake form of the names in code.</summary>
internal static class KeyNames
{
    /// <summary><c>NBlocks</c> is <c>n_blocks</c>, <c>X12tm</c> is <c>x12tm</c>, <c>MaeR2</c> is <c>mae_r2</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // A word starts at a capital after a small letter or digit, and at the last capital of a run: N|Blocks.
            var starts = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The key of a property.</summary>
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? Snake(property.Name);

    /// <summary>The name of an enum value.</summary>
    public static string Of(Type type, string member) =>
        type.GetField(member)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? Snake(member);

    /// <summary>The name of an enum value.</summary>
    public static string Of(object value) => Of(value.GetType(), value.ToString()!);

    /// <summary>The names of an enum's values, in the order of declaration.</summary>
    public static IReadOnlyList<string> ValuesOf(Type type) => [.. Enum.GetNames(type).Select(n => Of(type, n))];
}
