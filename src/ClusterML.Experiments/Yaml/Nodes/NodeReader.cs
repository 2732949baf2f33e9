using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterML.Experiments.Yaml.Nodes;

/// <summary>Reads YAML events into nodes. All that is wrong becomes a problem; nothing of the parser leaks out.</summary>
internal sealed class NodeReader
{
    private const int DeepestNesting = 50;
    private readonly string _file;
    private readonly SourcePosition? _fixedPosition;
    private readonly List<ConfigProblem> _problems = [];
    private readonly List<(int First, int Last)> _textLines = [];
    private readonly IParser _parser;
    private int _depth;

    private NodeReader(string file, string text, SourcePosition? fixedPosition)
    {
        _file = file;
        _fixedPosition = fixedPosition;
        _parser = new Parser(new Scanner(new StringReader(text.TrimStart('\ufeff')), skipComments: true));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name in messages.</param>
    /// <param name="text">Its content.</param>
    /// <param name="fixedPosition">Where every node stands, for text that does not come from a file.</param>
    public static YamlSource Read(string file, string text, SourcePosition? fixedPosition = null)
    {
        var reader = new NodeReader(file, text, fixedPosition);
        ConfigNode? root = null;
        try
        {
            root = reader.ReadDocument();
            reader._problems.AddRange(TabProblems(text, int.MaxValue, reader));
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // The scanner answers some broken texts with other exceptions than its own, an InvalidOperationException among them.
            root = null;
            var mark = (broken as YamlException)?.Start ?? reader._parser.Current?.End ?? Mark.Empty;
            var tabs = TabProblems(text, (int)mark.Line + 1, reader);
            reader._problems.AddRange(tabs);
            if (tabs.Count == 0)
            {
                reader.Add(reader.PositionOf(mark), string.Empty, $"not valid YAML: {SyntaxReason.Of(broken, text, mark)}");
            }
        }

        return new YamlSource(file, root, reader._problems);
    }

    private ConfigNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return Empty();
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(string.Empty);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            Add(PositionOf(second.Start), string.Empty, "a second document starts here; a file holds one");
        }

        return root is ScalarNode scalar && _fixedPosition is null && CoreSchema.KindOf(scalar) == ScalarKind.Null ? Empty() : root;
    }

    /// <summary>A file must hold something; the value of an override may be null.</summary>
    private ScalarNode? Empty()
    {
        if (_fixedPosition is { } position)
        {
            return new ScalarNode(position, string.Empty, IsPlain: true);
        }

        Add(new SourcePosition(_file, 1, 1), string.Empty, "the file is empty; expected a mapping");
        return null;
    }

    private ConfigNode ReadNode(string path)
    {
        var start = _parser.Current ?? throw new YamlException("the text ends too early");
        var position = PositionOf(start.Start);
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            Add(position, path, $"anchors are not supported (&{anchored.Anchor.Value}); write the value out");
        }

        if (start is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            Add(position, path, $"tags are not supported ({tagged.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal)}); write the value without it");
        }

        switch (start)
        {
            case AnchorAlias alias:
                _parser.MoveNext();
                Add(position, path, $"aliases are not supported (*{alias.Value.Value}); write the value out");
                return new UnreadableNode(position);
            case Scalar scalar:
                _parser.MoveNext();
                _textLines.Add(((int)scalar.Start.Line, (int)scalar.End.Line));
                return new ScalarNode(position, scalar.Value, scalar.Style is ScalarStyle.Plain);
            case SequenceStart or MappingStart when _depth == DeepestNesting:
                throw new YamlException(start.Start, start.End, $"nested deeper than {DeepestNesting} levels");
            case SequenceStart or MappingStart:
                _depth++;
                ConfigNode collection = start is SequenceStart ? ReadSequence(position, path) : ReadMapping(position, path);
                _depth--;
                return collection;
            default:
                throw new YamlException(start.Start, start.End, "a value is missing");
        }
    }

    private SequenceNode ReadSequence(SourcePosition position, string path)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(NodePath.Index(path, items.Count)));
        }

        return new SequenceNode(position, items);
    }

    private MappingNode ReadMapping(SourcePosition position, string path)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<MappingEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(path) is not ScalarNode key)
            {
                Add(PositionOf(_parser.Current!.Start), path, "a key must be a name, not a list or a mapping");
                ReadNode(path);
                continue;
            }

            var keyPath = NodePath.Key(path, key.Text);
            var value = ReadNode(keyPath);
            if (entries.Find(e => e.Key == key.Text) is { } first)
            {
                Add(key.Position, keyPath, $"duplicate key (first at {At(first.KeyPosition)})");
                continue;
            }

            entries.Add(new MappingEntry(key.Text, key.Position, value is ScalarNode or UnreadableNode ? value : value with { Position = key.Position }));
        }

        return new MappingNode(position, entries);
    }

    private static string At(SourcePosition position) => position.Line == 0 ? position.File : $"line {position.Line}";

    /// <summary>Tabs in the indentation, up to a line; those inside scalars of several lines are text.</summary>
    private static List<ConfigProblem> TabProblems(string text, int lastLine, NodeReader reader)
    {
        var problems = new List<ConfigProblem>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && i < lastLine; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            var tab = lines[i].AsSpan(0, indent).IndexOf('\t');
            var isText = reader._textLines.Exists(t => t.First < i + 1 && i + 1 <= t.Last);
            if (tab >= 0 && !string.IsNullOrWhiteSpace(lines[i]) && !isText)
            {
                var position = reader._fixedPosition ?? new SourcePosition(reader._file, i + 1, tab + 1);
                problems.Add(new ConfigProblem(position, string.Empty, "a tab in the indentation; indent with spaces"));
            }
        }

        return problems;
    }

    private SourcePosition PositionOf(Mark mark) =>
        _fixedPosition ?? new SourcePosition(_file, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private void Add(SourcePosition position, string path, string message) =>
        _problems.Add(new ConfigProblem(position, path, message));
}
