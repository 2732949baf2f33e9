using System.Text.RegularExpressions;

namespace ClusterML.Chemistry.Files;

/// <summary>Bare NaN and Infinity, which some writers put into JSON.</summary>
public static partial class BareNumbers
{
    /// <summary>The text with them in quotes, so that it is JSON; what stands inside strings is left alone.</summary>
    public static string Quoted(string json) =>
        Tokens().Replace(json, token => token.Value[0] == '"' ? token.Value : $"\"{token.Value}\"");

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|-?Infinity|NaN", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
