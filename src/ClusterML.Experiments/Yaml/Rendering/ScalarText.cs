using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Rendering;

/// <summary>Writes scalars so that they read back as they were.</summary>
internal static partial class ScalarText
{
    /// <summary>The text of a value: numbers in their shortest exact form, text in quotes only where it needs them.</summary>
    public static string Of(object? value, bool quote = true) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        string s => quote ? Quoted(s) : s,
        Enum e => quote ? Quoted(KeyNames.Of(e)) : KeyNames.Of(e),
        double d => Number(d.ToString("R", CultureInfo.InvariantCulture)),
        float f => Number(f.ToString("R", CultureInfo.InvariantCulture)),
        IFormattable n => n.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is not a scalar.", nameof(value)),
    };

    /// <summary>Text, in double quotes unless it is plainly text to every reader, those of YAML 1.1 included.</summary>
    public static string Quoted(string text) =>
        PlainPattern().IsMatch(text) && CoreSchema.KindOf(text) == ScalarKind.Text && !OldBooleanPattern().IsMatch(text)
            ? text
            : Escaped(text);

    private static string Number(string shortest) => ExponentPattern().Replace(shortest, "e$1$2");

    private static string Escaped(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    // A name, a path, a sentence without punctuation of YAML; no number, date or time in any version of it.
    [GeneratedRegex(@"^(?![-+.]?[0-9][0-9_.+eE-]*\z)(?!0[xob])[A-Za-z0-9_./][A-Za-z0-9_./()@+;-]*( [A-Za-z0-9_./()@+;-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"^(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OldBooleanPattern();

    [GeneratedRegex(@"E([-+]?)0*([0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExponentPattern();
}
