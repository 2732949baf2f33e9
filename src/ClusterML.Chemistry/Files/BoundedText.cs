namespace ClusterML.Chemistry.Files;

/// <summary>Keeps messages short when a damaged file puts a long text into them.</summary>
public static class BoundedText
{
    private const int Longest = 500;

    /// <summary>The message, its middle left out where it is too long.</summary>
    /// <param name="message">The message.</param>
    /// <param name="longest">Letters that are kept of one that is longer.</param>
    public static string Of(string message, int longest = Longest) =>
        message.Length <= longest ? message : $"{message.AsSpan(0, longest / 2)} ... {message.AsSpan(message.Length - (longest / 2))}";
}
