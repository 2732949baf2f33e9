using System.Text;
using System.Xml;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Imports.Vasp;

/// <summary>The way through the elements, and what stands in them.</summary>
internal sealed partial class VasprunReader
{
    private List<List<string>> Rows()
    {
        var rows = new List<List<string>>();
        Descendants("rc", () =>
        {
            rows.Add([]);
            Children(_ => rows[^1].Add(Text()));
        });
        return rows;
    }

    private List<double[]> Vectors(int length)
    {
        var vectors = new List<double[]>();
        Children(name =>
        {
            if (name == "v")
            {
                vectors.Add(Numbers(Text(), length, "a vector"));
            }
        });
        return vectors;
    }

    private double[] Numbers(string text, int count, string what)
    {
        var words = OutputLines.Words(text);
        return count < 0 || words.Length == count
            ? Array.ConvertAll(words, word => Real(word, what))
            : throw Wrong($"{what} should have {count} numbers, not {words.Length}");
    }

    private double Real(string text, string what) =>
        OutputLines.TryReal(text.AsSpan().Trim(), out var value) ? value : throw Wrong($"{what} should be a number, not \"{text.Trim()}\"");

    private string? Attribute(string name) => reader.GetAttribute(name);

    /// <summary>Calls <paramref name="child"/> at each child element; what it does not read is passed over.</summary>
    private void Children(Action<string> child)
    {
        var depth = reader.Depth;
        Within(() =>
        {
            if (reader.Depth == depth + 1)
            {
                child(reader.Name);
            }
        });
    }

    /// <summary>Calls <paramref name="found"/> at each element of this name inside the current one.</summary>
    private void Descendants(string name, Action found) => Within(() =>
    {
        if (reader.Name == name)
        {
            found();
        }
    });

    private void Within(Action element)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                element();
            }
        }
    }

    /// <summary>The text of the current element, which the reader then stands at the end of.</summary>
    private string Text()
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }

    private MalformedFileException Wrong(string message)
    {
        var at = (IXmlLineInfo)reader;
        return new(path, at.LineNumber, at.LinePosition, BoundedText.Of(message));
    }
}
