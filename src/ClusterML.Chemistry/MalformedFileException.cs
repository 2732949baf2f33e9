namespace ClusterML.Chemistry;

/// <summary>A file that cannot be understood: where, what is wrong, and where it can be said, what would be right.</summary>
public sealed class MalformedFileException(string file, int line, int column, string message, Exception? inner = null)
    : FormatException(message, inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Line from 1; 0 when no single line is to blame.</summary>
    public int Line { get; } = line;

    /// <summary>Character of the line from 1; 0 when no single one is to blame.</summary>
    public int Column { get; } = column;

    /// <summary><c>file:line:column: message</c>, without the parts that are not known.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => $"{File}: {Message}",
        (_, 0) => FormattableString.Invariant($"{File}:{Line}: {Message}"),
        _ => FormattableString.Invariant($"{File}:{Line}:{Column}: {Message}"),
    };
}
