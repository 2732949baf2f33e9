using System.Reflection;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Yaml.Shapes;

/// <summary>What a value may be.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Type">Its type, without Nullable.</param>
/// <param name="IsNullable">Whether null is a value of it.</param>
/// <param name="Element">What the items of a list or the values of a map may be; null for others.</param>
internal sealed record ValueShape(ValueKind Kind, Type Type, bool IsNullable, ValueShape? Element = null)
{
    /// <summary>Whether a list of one may be written as its only item.</summary>
    public bool AllowsOne { get; init; }

    /// <summary>The shape of a type that stands alone, not null.</summary>
    public static ValueShape Of(Type type) => Of(type, nullability: null);

    /// <summary>The shape of a type as a member declares it.</summary>
    /// <exception cref="NotSupportedException">The type cannot be written in YAML; a mistake in code.</exception>
    public static ValueShape Of(Type type, NullabilityInfo? nullability)
    {
        var bare = Nullable.GetUnderlyingType(type);
        var isNullable = bare is not null || nullability is { ReadState: NullabilityState.Nullable };
        bare ??= type;
        if (ElementOf(bare) is { } element)
        {
            var inner = bare.IsArray ? nullability?.ElementType : nullability?.GenericTypeArguments.LastOrDefault();
            return new ValueShape(element.Kind, bare, isNullable, Of(element.Type, inner));
        }

        return new ValueShape(KindOf(bare), bare, isNullable);
    }

    private static ValueKind KindOf(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => ValueKind.Enum,
        TypeCode.String => ValueKind.Text,
        TypeCode.Boolean => ValueKind.Boolean,
        TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
            or TypeCode.Int64 or TypeCode.UInt64 => ValueKind.Integer,
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => ValueKind.Number,
        _ when type == typeof(object) => ValueKind.Anything,
        _ when type == typeof(StepConfig) => ValueKind.Step,
        _ when UnionShape.Of(type) is not null => ValueKind.Union,
        _ when type is { IsClass: true, IsAbstract: false } && !type.IsArray && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
            => ValueKind.Record,
        _ => throw new NotSupportedException($"{type} cannot be written in YAML."),
    };

    private static (ValueKind Kind, Type Type)? ElementOf(Type type)
    {
        if (type is { IsArray: true } && type.GetArrayRank() == 1)
        {
            return (ValueKind.List, type.GetElementType()!);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var generic = type.GetGenericTypeDefinition();
        var arguments = type.GetGenericArguments();
        if (generic == typeof(IReadOnlyList<>) || generic == typeof(IReadOnlyCollection<>) || generic == typeof(IEnumerable<>)
            || generic == typeof(IList<>) || generic == typeof(List<>))
        {
            return (ValueKind.List, arguments[0]);
        }

        var isMap = generic == typeof(IReadOnlyDictionary<,>) || generic == typeof(IDictionary<,>) || generic == typeof(Dictionary<,>);
        return isMap && arguments[0] == typeof(string) ? (ValueKind.Map, arguments[1]) : null;
    }
}

/// <summary>Kinds of values.</summary>
internal enum ValueKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>One of a few names.</summary>
    Enum,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys chosen by the user, each with a value.</summary>
    Map,

    /// <summary>A record.</summary>
    Record,

    /// <summary>One of several records, chosen by a key.</summary>
    Union,

    /// <summary>A pipeline step: a record chosen by <c>type</c> from the catalog.</summary>
    Step,

    /// <summary>Whatever was written, by the core schema.</summary>
    Anything,
}
