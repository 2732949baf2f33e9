using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ClusterML.Experiments.Yaml.Nodes;

/// <summary>What a plain scalar means, by the core schema of YAML 1.2: <c>No</c>, <c>on</c> and <c>yes</c> are text.</summary>
/// <remarks>Source: YAML 1.2.2, section 10.3.2, "Tag resolution".</remarks>
internal static partial class CoreSchema
{
    /// <summary>The kind of a scalar; quoted scalars are always text.</summary>
    public static ScalarKind KindOf(ScalarNode scalar) => scalar.IsPlain ? KindOf(scalar.Text) : ScalarKind.Text;

    /// <summary>The kind of a plain scalar.</summary>
    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when IntegerPattern().IsMatch(plain) => ScalarKind.Integer,
        _ when FloatPattern().IsMatch(plain) => ScalarKind.Number,
        _ when NotFinitePattern().IsMatch(plain) => ScalarKind.NotFinite,
        _ => ScalarKind.Text,
    };

    /// <summary>The value of an integer scalar, decimal, <c>0o</c> octal or <c>0x</c> hexadecimal.</summary>
    public static BigInteger Integer(string plain)
    {
        if (plain.StartsWith("0o", StringComparison.Ordinal))
        {
            return plain[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'));
        }

        return plain.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.Parse("0" + plain[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : BigInteger.Parse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The value of an integer or number scalar; infinite where a double cannot hold it.</summary>
    public static double Number(string plain) => KindOf(plain) == ScalarKind.Integer
        ? (double)Integer(plain)
        : double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex NotFinitePattern();
}

/// <summary>What a scalar is.</summary>
internal enum ScalarKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Null, or nothing at all.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number without point and exponent.</summary>
    Integer,

    /// <summary>A number with point or exponent.</summary>
    Number,

    /// <summary>An infinity or not a number.</summary>
    NotFinite,
}
