using System.Collections;
using System.Text;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Rendering;

/// <summary>Writes one document: mappings and lists of mappings in blocks, lists of scalars on one line.</summary>
internal sealed class YamlWriter(RenderOptions options)
{
    private const int CommentWidth = 110;
    private readonly StringBuilder _text = new();
    private readonly HashSet<(Type?, string)> _commented = [];

    /// <summary>The document.</summary>
    public string Write(object config)
    {
        if (options.SchemaFile is { } schema)
        {
            _text.Append("# yaml-language-server: $schema=").Append(schema).Append('\n');
        }

        foreach (var line in options.Header)
        {
            Comment(line, 0);
        }

        WriteEntries(EntriesOf(config, declared: config.GetType()), 0, string.Empty, dashed: false);
        return _text.ToString();
    }

    /// <summary>The keys of a record, with what they are for; the choosing key comes first.</summary>
    private static List<Entry> EntriesOf(object config, Type declared)
    {
        var entries = new List<Entry>();
        if (config is StepConfig step)
        {
            entries.Add(new Entry("type", step.Type, ValueShape.Of(typeof(string)), null));
            config = step.Options;
        }
        else if (UnionShape.Of(declared) is { } union)
        {
            entries.Add(new Entry(union.Key, union.NameOf(config.GetType()), ValueShape.Of(typeof(string)), null));
        }

        entries.AddRange(RecordShape.Of(config.GetType()).Members
            .Select(m => new Entry(m.Key, m.Property.GetValue(config), m.Value, m)));
        return entries;
    }

    private void WriteEntries(IReadOnlyList<Entry> entries, int indent, string path, bool dashed)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var entryPath = NodePath.Key(path, entry.Key);
            var isDashed = dashed && i == 0;
            WriteComments(entry, isDashed ? indent - 2 : indent, entryPath);
            _text.Append(' ', isDashed ? indent - 2 : indent).Append(isDashed ? "- " : string.Empty)
                .Append(ScalarText.Quoted(entry.Key)).Append(':');
            WriteValue(entry.Value, entry.Shape, indent, entryPath);
        }
    }

    /// <summary>The value after its key: on the same line where it fits one, else in a block below.</summary>
    private void WriteValue(object? value, ValueShape shape, int indent, string path)
    {
        switch (value)
        {
            case IDictionary map when map.Count > 0:
                _text.Append('\n');
                WriteEntries(MapEntries(map, shape), indent + 2, path, dashed: false);
                break;
            case IDictionary:
                _text.Append(" {}\n");
                break;
            case IEnumerable list and not string:
                WriteList([.. list.Cast<object?>()], shape.Element ?? ValueShape.Of(typeof(object)), indent, path);
                break;
            case not null when shape.Kind is ValueKind.Record or ValueKind.Union or ValueKind.Step:
                var entries = EntriesOf(value, shape.Type);
                _text.Append(entries.Count == 0 ? " {}\n" : "\n");
                WriteEntries(entries, indent + 2, path, dashed: false);
                break;
            default:
                _text.Append(' ').Append(ScalarText.Of(value)).Append('\n');
                break;
        }
    }

    private void WriteList(IReadOnlyList<object?> items, ValueShape element, int indent, string path)
    {
        if (items.All(i => i is null or string or ValueType or Enum))
        {
            _text.Append(" [").AppendJoin(", ", items.Select(i => ScalarText.Of(i))).Append("]\n");
            return;
        }

        _text.Append('\n');
        for (var i = 0; i < items.Count; i++)
        {
            var itemPath = NodePath.Index(path, i);
            Note(itemPath, indent + 2);
            var entries = items[i] switch
            {
                IDictionary map => MapEntries(map, element),
                { } record when element.Kind is ValueKind.Record or ValueKind.Union or ValueKind.Step => EntriesOf(record, element.Type),
                _ => null,
            };
            if (entries is { Count: > 0 })
            {
                WriteEntries(entries, indent + 4, itemPath, dashed: true);
            }
            else
            {
                _text.Append(' ', indent + 2).Append('-');
                WriteValue(items[i], element, indent + 2, itemPath);
            }
        }
    }

    private static List<Entry> MapEntries(IDictionary map, ValueShape shape) =>
        [.. map.Keys.Cast<string>().Select(k => new Entry(k, map[k], shape.Element ?? ValueShape.Of(typeof(object)), null))];

    private void WriteComments(Entry entry, int indent, string path)
    {
        if (options.Comments && entry.Member is { Description: { } description } member
            && _commented.Add((member.Property.DeclaringType, member.Key)))
        {
            Comment(description + Choices(member.Value), indent);
        }

        Note(path, indent);
    }

    private static string Choices(ValueShape shape) => shape.Kind switch
    {
        ValueKind.Enum => $" One of: {string.Join(", ", KeyNames.ValuesOf(shape.Type))}.",
        ValueKind.Union => $" Types: {string.Join(", ", UnionShape.Of(shape.Type)!.Names)}.",
        ValueKind.List when shape.Element!.Kind == ValueKind.Union => Choices(shape.Element),
        _ => string.Empty,
    };

    private void Note(string path, int indent)
    {
        if (options.Notes.TryGetValue(path, out var note))
        {
            Comment(note, indent);
        }
    }

    private void Comment(string text, int indent)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && indent + line.Length + word.Length > CommentWidth)
                {
                    Flush(line, indent);
                }

                line.Append(line.Length == 0 ? string.Empty : " ").Append(word);
            }

            Flush(line, indent);
        }
    }

    private void Flush(StringBuilder line, int indent)
    {
        _text.Append(' ', indent).Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
        line.Clear();
    }

    private sealed record Entry(string Key, object? Value, ValueShape Shape, MemberShape? Member);
}
