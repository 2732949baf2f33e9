using System.Globalization;
using System.Numerics;
using ClusterML.Data.Errors;
using ClusterML.Experiments.Yaml.Nodes;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml.Binding;

/// <summary>Binds scalars: text, booleans, integers, numbers and enum values.</summary>
internal static class ScalarBinding
{
    /// <summary>The value of a scalar; false and a message when it is not what is expected.</summary>
    public static bool TryBind(ConfigNode node, ValueShape shape, out object? value, out string message)
    {
        value = null;
        message = string.Empty;
        var scalar = node as ScalarNode;
        var kind = scalar is null ? ScalarKind.Null : CoreSchema.KindOf(scalar);
        switch (shape.Kind)
        {
            case ValueKind.Text when scalar is not null && kind == ScalarKind.Text:
                value = scalar.Text;
                return true;
            case ValueKind.Text:
                var quoting = scalar is not null && kind != ScalarKind.Null ? $" (in quotes it would be text: \"{scalar.Text}\")" : string.Empty;
                message = Expected("text", node, quoting);
                return false;
            case ValueKind.Boolean when kind == ScalarKind.Boolean:
                value = scalar!.Text[0] is 't' or 'T';
                return true;
            case ValueKind.Boolean:
                message = Expected("true or false", node, BooleanHint(scalar, kind));
                return false;
            case ValueKind.Integer:
                return TryInteger(node, scalar, kind, shape.Type, out value, out message);
            case ValueKind.Number:
                return TryNumber(node, scalar, kind, shape.Type, out value, out message);
            case ValueKind.Enum:
                return TryEnum(node, scalar, kind, shape.Type, out value, out message);
            default:
                throw new ArgumentOutOfRangeException(nameof(shape));
        }
    }

    private static bool TryInteger(ConfigNode node, ScalarNode? scalar, ScalarKind kind, Type type, out object? value, out string message)
    {
        value = null;
        BigInteger? number = kind switch
        {
            ScalarKind.Integer => CoreSchema.Integer(scalar!.Text),
            ScalarKind.Number when CoreSchema.Number(scalar!.Text) is var d && double.IsInteger(d) => new BigInteger(d),
            _ => null,
        };
        if (number is not { } n)
        {
            message = Expected("an integer", node, QuotesHint(scalar, kind));
            return false;
        }

        var (low, high) = IntegerRange(type);
        if (n < low || n > high)
        {
            message = $"must be between {low} and {high}, found {scalar!.Text}";
            return false;
        }

        value = Convert.ChangeType(n < 0 ? (long)n : (object)(ulong)n, type, CultureInfo.InvariantCulture);
        message = string.Empty;
        return true;
    }

    private static bool TryNumber(ConfigNode node, ScalarNode? scalar, ScalarKind kind, Type type, out object? value, out string message)
    {
        value = null;
        if (kind == ScalarKind.NotFinite)
        {
            message = $"expected a finite number, found {scalar!.Text}";
            return false;
        }

        if (kind is not (ScalarKind.Integer or ScalarKind.Number))
        {
            message = Expected("a number", node, QuotesHint(scalar, kind));
            return false;
        }

        var number = CoreSchema.Number(scalar!.Text);
        var isTooLarge = type == typeof(float) ? !float.IsFinite((float)number)
            : type == typeof(decimal) ? Math.Abs(number) > (double)decimal.MaxValue
            : !double.IsFinite(number);
        if (isTooLarge)
        {
            message = $"expected a finite number, found {scalar.Text}, which is too large";
            return false;
        }

        value = Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        message = string.Empty;
        return true;
    }

    private static bool TryEnum(ConfigNode node, ScalarNode? scalar, ScalarKind kind, Type type, out object? value, out string message)
    {
        value = null;
        var names = KeyNames.ValuesOf(type);
        if (scalar is not null && kind == ScalarKind.Text && names.Contains(scalar.Text))
        {
            value = Enum.Parse(type, Enum.GetNames(type).First(n => KeyNames.Of(type, n) == scalar.Text));
            message = string.Empty;
            return true;
        }

        var near = kind == ScalarKind.Text ? NearestName.Of(scalar!.Text, names) : null;
        message = Expected($"one of {string.Join(", ", names)}", node, near is null ? string.Empty : $" (did you mean {near}?)");
        return false;
    }

    /// <summary>The least and the greatest value of an integer type.</summary>
    public static (BigInteger Low, BigInteger High) IntegerRange(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static string Expected(string what, ConfigNode node, string hint) => $"expected {what}, found {Found.In(node)}{hint}";

    private static string QuotesHint(ScalarNode? scalar, ScalarKind kind) =>
        kind == ScalarKind.Text && !scalar!.IsPlain && CoreSchema.KindOf(scalar.Text) is ScalarKind.Integer or ScalarKind.Number
            ? " (leave out the quotes)"
            : string.Empty;

    private static string BooleanHint(ScalarNode? scalar, ScalarKind kind) => kind != ScalarKind.Text
        ? string.Empty
        : scalar!.Text.ToUpperInvariant() switch
        {
            "YES" or "ON" or "Y" => " (did you mean true?)",
            "NO" or "OFF" or "N" => " (did you mean false?)",
            "TRUE" or "FALSE" => " (leave out the quotes)",
            _ => string.Empty,
        };
}
