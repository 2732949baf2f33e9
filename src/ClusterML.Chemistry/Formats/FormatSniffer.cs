namespace ClusterML.Chemistry.Formats;

/// <summary>Tells a format by the first bytes of a file whose name does not.</summary>
internal static class FormatSniffer
{
    private const int Taken = 4096;

    /// <summary>The format; the stream is back at its beginning.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">The name that the error gives.</param>
    /// <param name="known">What the error says would be right.</param>
    /// <exception cref="MalformedFileException">It is none that is known.</exception>
    public static StructureFormat Sniff(Stream stream, string path, string known)
    {
        var bytes = new byte[Taken];
        var length = stream.ReadAtLeast(bytes, Taken, throwOnEndOfStream: false);
        stream.Position = 0;
        if (bytes.AsSpan(0, length).StartsWith("SQLite format 3\0"u8))
        {
            return StructureFormat.AseDb;
        }

        using var reader = TextLines.Decode(new MemoryStream(bytes, 0, length));
        var lines = reader.ReadToEnd().TrimStart('\uFEFF').Split('\n');
        var first = lines[0].AsSpan().Trim();
        if (first is ['{' or '[', ..])
        {
            return StructureFormat.AseJson;
        }

        if (NumberText.TryInteger(first, out _) && lines.Length > 2 && Numbers(lines[2]) == 0)
        {
            return StructureFormat.Xyz;
        }

        return lines.Length > 5 && Numbers(lines[1]) is 1 or 3 && Numbers(lines[2]) >= 3 && Numbers(lines[3]) >= 3 && Numbers(lines[4]) >= 3
            ? StructureFormat.Poscar
            : throw new MalformedFileException(path, 0, 0, $"neither the name nor the content tells the format: {known}");
    }

    /// <summary>How many numbers begin the line.</summary>
    private static int Numbers(string line)
    {
        var words = new WordsOfLine(line);
        var count = 0;
        while (words.Next() && NumberText.TryReal(words.Word, out _))
        {
            count++;
        }

        return count;
    }
}
