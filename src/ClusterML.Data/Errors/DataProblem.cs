using ClusterML.Chemistry.Files;

namespace ClusterML.Data;

/// <summary>One thing that is wrong with data, and where.</summary>
/// <param name="File">The file; empty when the data came from memory.</param>
/// <param name="Line">Line of the file from 1 (the header is line 1); 0 when no single line is to blame.</param>
/// <param name="Column">Field of the line from 1; 0 when no single field is to blame.</param>
/// <param name="Message">What is wrong and, where it can be said, what would be right.</param>
public sealed record DataProblem(string File, int Line, int Column, string Message)
{
    private const int MaxLength = 600;

    /// <summary>What is wrong and, where it can be said, what would be right. A damaged file can make a text of any length: its middle is left out.</summary>
    public string Message { get; init; } = BoundedText.Of(Message, MaxLength);

    /// <summary><c>file:line:column: message</c>, without the parts that are not known.</summary>
    public override string ToString()
    {
        var place = (File, Line, Column) switch
        {
            ("", _, _) => "",
            (_, 0, _) => $"{File}: ",
            (_, _, 0) => FormattableString.Invariant($"{File}:{Line}: "),
            _ => FormattableString.Invariant($"{File}:{Line}:{Column}: "),
        };
        return place + Message;
    }
}
