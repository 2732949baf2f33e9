namespace ClusterML.Chemistry.Files;

/// <summary>Keeps messages short when a damaged file puts a long text into them.</summary>
internal static class BoundedText
{
    private const int Longest = 500;

    /// <summary>The message, its middle left out where it is too long.</summary>
    public static string Of(string message) =>
        message.Length <= Longest ? message : $"{message.AsSpan(0, Longest / 2)} ... {message.AsSpan(message.Length - (Longest / 2))}";
}
