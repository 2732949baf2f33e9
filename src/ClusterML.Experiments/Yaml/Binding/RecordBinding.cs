using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using ClusterML.Data.Errors;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Binds a mapping to a record: its keys, their values, their annotations, and the record as a whole.</summary>
internal sealed class RecordBinding(ProblemSink problems)
{
    /// <summary>The record; false when the mapping has problems.</summary>
    /// <param name="binder">Binds the values.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="type">The record.</param>
    /// <param name="path">The mapping's path.</param>
    /// <param name="chosenBy">The key that chose the record and its value, where one did.</param>
    /// <param name="value">The record.</param>
    public bool TryBind(
        NodeBinder binder, MappingNode mapping, Type type, string path, (string Key, string Name)? chosenBy, out object? value)
    {
        value = null;
        var shape = RecordShape.Of(type);
        var before = problems.Count;
        var values = new Dictionary<MemberShape, object?>();
        foreach (var entry in mapping.Entries.Where(e => e.Key != chosenBy?.Key))
        {
            var entryPath = NodePath.Key(path, entry.Key);
            if (shape.Members.FirstOrDefault(m => m.Key == entry.Key) is not { } member)
            {
                problems.Add(entry.KeyPosition, entryPath, UnknownKey(entry.Key, shape, mapping, chosenBy));
            }
            else if (binder.TryBind(entry.Value, member.Value, entryPath, out var bound))
            {
                values[member] = bound;
                foreach (var violation in AnnotationChecks.Violations(member, bound))
                {
                    problems.Add(entry.Value, entryPath, violation);
                }

                foreach (var (index, message) in AnnotationChecks.EntryViolations(member, bound))
                {
                    // A list of one may be written without brackets; it has no entries to point at then.
                    _ = entry.Value is SequenceNode list
                        ? problems.Add(list.Items[index], NodePath.Index(entryPath, index), message)
                        : problems.Add(entry.Value, entryPath, message);
                }
            }
        }

        foreach (var member in shape.Members.Where(m => m.IsRequired && mapping.Find(m.Key) is null))
        {
            problems.Add(mapping, path, $"missing required key {member.Key}{Purpose(member)}");
        }

        return problems.Count == before && TryCreate(shape, values, mapping, path, out value);
    }

    private static string UnknownKey(string key, RecordShape shape, MappingNode mapping, (string Key, string Name)? chosenBy)
    {
        // Keys already written are not what was meant; those still free are.
        string[] keys = chosenBy is { } chosen ? [chosen.Key, .. shape.Members.Select(m => m.Key)] : [.. shape.Members.Select(m => m.Key)];
        var free = keys.Where(k => mapping.Find(k) is null).ToArray();
        var hint = NearestName.Of(key, free) is { } near ? $"(did you mean {near}?)" : NearestName.Hint(key, keys);
        return $"unknown key {hint}";
    }

    private static string Purpose(MemberShape member) =>
        member.Description is { } text ? $": {char.ToLowerInvariant(text[0])}{text[1..].TrimEnd('.')}" : string.Empty;

    private bool TryCreate(
        RecordShape shape, IReadOnlyDictionary<MemberShape, object?> values, MappingNode mapping, string path, out object? value)
    {
        value = null;
        try
        {
            value = shape.Create(values);
        }
        catch (Exception refused) when (refused is ArgumentException or ValidationException)
        {
            return problems.Add(mapping, path, refused.Message);
        }

        var before = problems.Count;
        var context = new ValidationContext(value);
        foreach (var check in shape.Type.GetCustomAttributes<ValidationAttribute>())
        {
            Report(check.GetValidationResult(value, context), shape, mapping, path);
        }

        foreach (var result in (value as IValidatableObject)?.Validate(context) ?? [])
        {
            Report(result, shape, mapping, path);
        }

        return problems.Count == before;
    }

    private void Report(ValidationResult? result, RecordShape shape, MappingNode mapping, string path)
    {
        if (result == ValidationResult.Success || result is null)
        {
            return;
        }

        var member = shape.Members.FirstOrDefault(m => m.Property.Name == result.MemberNames.FirstOrDefault());
        var node = member is null ? mapping : mapping.Find(member.Key)?.Value ?? mapping;
        problems.Add(node, member is null ? path : NodePath.Key(path, member.Key), InKeys(result.ErrorMessage ?? "invalid", shape));
    }

    /// <summary>Records speak of their properties; who writes YAML knows them by their keys.</summary>
    private static string InKeys(string message, RecordShape shape) => shape.Members.Aggregate(
        message, (text, m) => Regex.Replace(text, $@"\b{m.Property.Name}\b", m.Key, RegexOptions.CultureInvariant));
}
