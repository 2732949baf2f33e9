using ClusterML.Chemistry.Formats;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Formats;

/// <summary>Reads texts in tests.</summary>
internal static class Refused
{
    /// <summary>Every structure of a text.</summary>
    public static List<Structure> All(string text, StructureFormat? format) => [.. StructureFile.Read(new StringReader(text), format, "file")];

    /// <summary>The one structure of a text.</summary>
    public static Structure One(string text, StructureFormat? format) => Assert.Single(All(text, format));

    /// <summary>The text is refused at a place with words in the message.</summary>
    public static void At(int line, int column, string words, string text, StructureFormat? format)
    {
        var e = Assert.Throws<MalformedFileException>(() => All(text, format));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal(("file", line, column), (e.File, e.Line, e.Column));
    }
}
