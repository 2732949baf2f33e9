using System.Collections;
using ClusterML.Data.Errors;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Binds nodes to values. Goes on after a problem, so that one pass finds all of them.</summary>
internal sealed class NodeBinder(IOptionsCatalog? catalog, ProblemSink problems)
{
    private readonly RecordBinding _records = new(problems);

    /// <summary>The value of <paramref name="node"/>; false when it has problems.</summary>
    public bool TryBind(ConfigNode node, ValueShape shape, string path, out object? value)
    {
        value = null;
        if (node is UnreadableNode)
        {
            return false;
        }

        if (IsNull(node) && shape.Kind != ValueKind.Anything)
        {
            return shape.IsNullable || problems.Add(node, path, $"expected {Article(shape)}, found {Found.In(node)}");
        }

        switch (shape.Kind)
        {
            case ValueKind.List:
                return TryBindList(node, shape, path, out value);
            case ValueKind.Map:
                return TryBindMap(node, shape, path, out value);
            case ValueKind.Record:
                return AsMapping(node, shape, path) is { } record
                    && _records.TryBind(this, record, shape.Type, path, chosenBy: null, out value);
            case ValueKind.Union:
                return TryBindUnion(node, shape, path, out value);
            case ValueKind.Step:
                return TryBindStep(node, shape, path, out value);
            case ValueKind.Anything:
                return TryBindAnything(node, path, out value);
            default:
                return ScalarBinding.TryBind(node, shape, out value, out var message) || problems.Add(node, path, message);
        }
    }

    private bool TryBindList(ConfigNode node, ValueShape shape, string path, out object? value)
    {
        value = null;
        if (node is ScalarNode && shape.AllowsOne)
        {
            var one = TryBind(node, shape.Element!, path, out var only);
            value = one ? Collected([only], shape) : null;
            return one;
        }

        if (node is not SequenceNode sequence)
        {
            var hint = node is ScalarNode scalar && scalar.Text.Length > 0 ? $" (write [{scalar.Text}])" : string.Empty;
            return problems.Add(node, path, $"expected a list, found {Found.In(node)}{hint}");
        }

        var items = new object?[sequence.Items.Count];
        var isGood = true;
        for (var i = 0; i < items.Length; i++)
        {
            isGood &= TryBind(sequence.Items[i], shape.Element!, NodePath.Index(path, i), out items[i]);
        }

        value = isGood ? Collected(items, shape) : null;
        return isGood;
    }

    private bool TryBindMap(ConfigNode node, ValueShape shape, string path, out object? value)
    {
        value = null;
        if (AsMapping(node, shape, path) is not { } mapping)
        {
            return false;
        }

        var map = (IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(typeof(string), shape.Type.GetGenericArguments()[1]))!;
        var isGood = true;
        foreach (var entry in mapping.Entries)
        {
            if (TryBind(entry.Value, shape.Element!, NodePath.Key(path, entry.Key), out var bound))
            {
                map[entry.Key] = bound;
            }
            else
            {
                isGood = false;
            }
        }

        value = isGood ? map : null;
        return isGood;
    }

    private bool TryBindUnion(ConfigNode node, ValueShape shape, string path, out object? value)
    {
        value = null;
        var union = UnionShape.Of(shape.Type)!;
        return AsMapping(node, shape, path) is { } mapping
            && TryReadType(mapping, union.Key, union.Names, path) is { } name
            && _records.TryBind(this, mapping, union.Find(name)!, path, (union.Key, name), out value);
    }

    private bool TryBindStep(ConfigNode node, ValueShape shape, string path, out object? value)
    {
        value = null;
        if (catalog is null)
        {
            throw new InvalidOperationException("Pipeline steps are bound through a catalog, and none was given.");
        }

        if (AsMapping(node, shape, path) is not { } mapping || TryReadType(mapping, "type", catalog.Types, path) is not { } name
            || !catalog.TryGet(name, out var optionsType)
            || !_records.TryBind(this, mapping, optionsType, path, ("type", name), out var options))
        {
            return false;
        }

        value = new StepConfig(name, options!);
        return true;
    }

    /// <summary>The name under the choosing key; null after a problem.</summary>
    private string? TryReadType(MappingNode mapping, string key, IReadOnlyCollection<string> names, string path)
    {
        var keyPath = NodePath.Key(path, key);
        if (mapping.Find(key) is not { } entry)
        {
            problems.Add(mapping, path, $"missing required key {key} (one of: {string.Join(", ", names)})");
            return null;
        }

        if (entry.Value is UnreadableNode)
        {
            return null;
        }

        if (entry.Value is not ScalarNode scalar || CoreSchema.KindOf(scalar) != ScalarKind.Text)
        {
            problems.Add(entry.Value, keyPath, $"expected one of {string.Join(", ", names)}, found {Found.In(entry.Value)}");
            return null;
        }

        if (!names.Contains(scalar.Text))
        {
            problems.Add(scalar, keyPath, $"unknown type {Found.Quote(scalar.Text)} {TypeHint(scalar.Text, names)}");
            return null;
        }

        return scalar.Text;
    }

    private static string TypeHint(string found, IReadOnlyCollection<string> names)
    {
        var list = $"one of: {string.Join(", ", names)}";
        return NearestName.Of(found, names) is { } near ? $"(did you mean {near}? {list})" : $"({list})";
    }

    private bool TryBindAnything(ConfigNode node, string path, out object? value)
    {
        var text = (node as ScalarNode)?.Text ?? string.Empty;
        var shape = node switch
        {
            SequenceNode => ValueShape.Of(typeof(IReadOnlyList<object>)),
            MappingNode => ValueShape.Of(typeof(IReadOnlyDictionary<string, object>)),
            ScalarNode scalar => CoreSchema.KindOf(scalar) switch
            {
                ScalarKind.Null => null,
                ScalarKind.Boolean => ValueShape.Of(typeof(bool)),
                ScalarKind.Integer when CoreSchema.Integer(text) is var n && n >= long.MinValue && n <= long.MaxValue =>
                    ValueShape.Of(typeof(long)),
                ScalarKind.Text => ValueShape.Of(typeof(string)),
                _ => ValueShape.Of(typeof(double)),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
        value = null;
        return shape is null || TryBind(node, shape, path, out value);
    }

    private MappingNode? AsMapping(ConfigNode node, ValueShape shape, string path)
    {
        if (node is not MappingNode)
        {
            problems.Add(node, path, $"expected {Article(shape)}, found {Found.In(node)}");
        }

        return node as MappingNode;
    }

    private static bool IsNull(ConfigNode node) => node is ScalarNode scalar && CoreSchema.KindOf(scalar) == ScalarKind.Null;

    private static string Article(ValueShape shape) => shape.Kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Boolean => "true or false",
        ValueKind.Integer => "an integer",
        ValueKind.Number => "a number",
        ValueKind.Enum => $"one of {string.Join(", ", KeyNames.ValuesOf(shape.Type))}",
        ValueKind.List => "a list",
        ValueKind.Union or ValueKind.Step => "a mapping with a type",
        _ => "a mapping",
    };

    private static object Collected(object?[] items, ValueShape shape)
    {
        var element = shape.Type.IsArray ? shape.Type.GetElementType()! : shape.Type.GetGenericArguments()[0];
        var array = Array.CreateInstance(element, items.Length);
        Array.Copy(items, array, items.Length);
        return shape.Type.IsAssignableFrom(array.GetType())
            ? array
            : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
    }
}
