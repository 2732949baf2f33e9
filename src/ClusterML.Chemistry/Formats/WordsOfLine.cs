namespace ClusterML.Chemistry.Formats;

/// <summary>The words of a line, one after the other, with the columns where they begin.</summary>
internal ref struct WordsOfLine(ReadOnlySpan<char> line)
{
    private readonly ReadOnlySpan<char> line = line;
    private int position;

    /// <summary>The word that <see cref="Next"/> found.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Column from 1 of that word; after the last one, of the end of the line.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>Goes on to the next word; false at the end of the line.</summary>
    public bool Next()
    {
        while (position < line.Length && char.IsWhiteSpace(line[position]))
        {
            position++;
        }

        var start = position;
        Column = start + 1;
        while (position < line.Length && !char.IsWhiteSpace(line[position]))
        {
            position++;
        }

        Word = line[start..position];
        return position > start;
    }
}
