using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Schemas;

/// <summary>One schema document: records as definitions, referred to wherever they are used.</summary>
internal sealed class SchemaDocument(IOptionsCatalog? catalog)
{
    /// <summary>How schemas are written to files.</summary>
    public static readonly JsonSerializerOptions TextOptions = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, JsonObject?> _definitions = new(StringComparer.Ordinal);

    /// <summary>The document of <paramref name="type"/>.</summary>
    public JsonObject Generate(Type type)
    {
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        var root = ValueShape.Of(type).Kind == ValueKind.Record ? RecordSchema(type, chosenBy: null) : ValueSchema(ValueShape.Of(type));
        foreach (var (key, value) in root.ToArray())
        {
            root.Remove(key);
            document[key] = value;
        }

        var definitions = new JsonObject();
        foreach (var (name, definition) in _definitions)
        {
            definitions[name] = definition;
        }

        if (definitions.Count > 0)
        {
            document["$defs"] = definitions;
        }

        return document;
    }

    private JsonObject ValueSchema(ValueShape shape)
    {
        var schema = shape.Kind switch
        {
            ValueKind.Text => Typed("string"),
            ValueKind.Boolean => Typed("boolean"),
            ValueKind.Integer => Typed("integer"),
            ValueKind.Number => Typed("number"),
            ValueKind.Enum => new JsonObject { ["enum"] = Strings(KeyNames.ValuesOf(shape.Type)) },
            ValueKind.List => new JsonObject { ["type"] = "array", ["items"] = ValueSchema(shape.Element!) },
            ValueKind.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = ValueSchema(shape.Element!) },
            ValueKind.Record => Reference(DefinitionName(shape.Type), () => RecordSchema(shape.Type, chosenBy: null)),
            ValueKind.Union => Reference(DefinitionName(shape.Type), () => UnionSchema(shape.Type)),
            ValueKind.Step => Reference("step", StepSchema),
            _ => [],
        };
        return shape.IsNullable ? OrNull(schema) : schema;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            return schema;
        }

        if (schema["enum"] is JsonArray values)
        {
            values.Add((JsonNode?)null);
            return schema;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(schema, Typed("null")) };
    }

    private JsonObject RecordSchema(Type type, (string Key, string Name)? chosenBy)
    {
        var shape = RecordShape.Of(type);
        var schema = new JsonObject { ["title"] = Title(type) };
        if (shape.Description is { } description)
        {
            schema["description"] = description;
        }

        schema["type"] = "object";
        var properties = new JsonObject();
        var required = new List<string>();
        if (chosenBy is { } chosen)
        {
            properties[chosen.Key] = new JsonObject { ["const"] = chosen.Name };
            required.Add(chosen.Key);
        }

        foreach (var member in shape.Members)
        {
            properties[member.Key] = MemberSchema(member);
        }

        required.AddRange(shape.Members.Where(m => m.IsRequired).Select(m => m.Key));
        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = Strings(required);
        }

        schema["additionalProperties"] = false;
        return schema;
    }

    private JsonObject MemberSchema(MemberShape member)
    {
        var value = ValueSchema(member.Value);
        var schema = new JsonObject();
        if (member.Description is { } description)
        {
            schema["description"] = description;
        }

        foreach (var (key, part) in value.ToArray())
        {
            value.Remove(key);
            schema[key] = part;
        }

        SchemaConstraints.AddTo(schema, member);
        if (member.Value.AllowsOne)
        {
            AllowOne(schema);
        }

        // Defaults of records stand at their own keys.
        if (member.HasDefault && (member.Default is null || member.Value.Kind is not (ValueKind.Record or ValueKind.Union or ValueKind.Step)))
        {
            schema["default"] = JsonValues.Of(member.Default);
        }

        return schema;
    }

    /// <summary>The list, or its only item: what constrains the list moves beside it.</summary>
    private static void AllowOne(JsonObject schema)
    {
        var list = new JsonObject();
        foreach (var (key, part) in schema.Where(p => p.Key is not ("description" or "default")).ToArray())
        {
            schema.Remove(key);
            list[key] = part;
        }

        schema["anyOf"] = new JsonArray(list["items"]!.DeepClone(), list);
    }

    private JsonObject UnionSchema(Type type)
    {
        var union = UnionShape.Of(type)!;
        return OneOf(Title(type), type.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Description, union.Key, union.Cases.Select(c =>
            Reference($"{DefinitionName(type)}.{c.Name}", () => RecordSchema(c.Type, (union.Key, c.Name)))));
    }

    private JsonObject StepSchema()
    {
        var steps = catalog ?? throw new InvalidOperationException("Schemas of pipeline steps need a catalog, and none was given.");
        return OneOf("Step", "One step of a pipeline.", "type", steps.Types.Select(name =>
            steps.TryGet(name, out var options)
                ? Reference($"step.{name}", () => RecordSchema(options, ("type", name)))
                : throw new InvalidOperationException($"The catalog lists {name} and does not know it.")));
    }

    private static JsonObject OneOf(string title, string? description, string key, IEnumerable<JsonObject> cases)
    {
        var schema = new JsonObject { ["title"] = title };
        if (description is not null)
        {
            schema["description"] = description;
        }

        schema["type"] = "object";
        schema["required"] = Strings([key]);
        schema["oneOf"] = new JsonArray([.. cases]);
        return schema;
    }

    private JsonObject Reference(string name, Func<JsonObject> define)
    {
        // The name is taken before it is defined: a record may hold records of its own type.
        if (_definitions.TryAdd(name, null))
        {
            _definitions[name] = define();
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private static string DefinitionName(Type type) => KeyNames.Snake(type.Name);

    private static string Title(Type type)
    {
        var words = KeyNames.Snake(type.Name).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
}
