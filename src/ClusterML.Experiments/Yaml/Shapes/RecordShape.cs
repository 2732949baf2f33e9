using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Yaml.Shapes;

/// <summary>The keys of a record and how an instance is made. Binder, renderer and schema read the same shape.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();
    private readonly ConstructorInfo _constructor;

    private RecordShape(Type type)
    {
        Type = type;
        _constructor = ConstructorOf(type);
        var parameters = _constructor.GetParameters();
        var blank = parameters.Length == 0 ? Invoke(_constructor, []) : null;
        Members =
        [
            .. PropertiesOf(type)
                .Select(p => (Property: p, Parameter: Array.Find(parameters, a => a.Name == p.Name)))
                .Where(m => m.Parameter is not null || m.Property.SetMethod is { IsPublic: true })
                .Select(m => Member(m.Property, m.Parameter, blank)),
        ];
    }

    /// <summary>The record.</summary>
    public Type Type { get; }

    /// <summary>Its keys: those of base records first, then in the order of declaration.</summary>
    public IReadOnlyList<MemberShape> Members { get; }

    /// <summary>What the record is for, or null.</summary>
    public string? Description => Type.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Description;

    /// <summary>The shape of <paramref name="type"/>.</summary>
    public static RecordShape Of(Type type) => Known.GetOrAdd(type, static t => new RecordShape(t));

    /// <summary>An instance with <paramref name="values"/>; what is not among them keeps its default.</summary>
    public object Create(IReadOnlyDictionary<MemberShape, object?> values)
    {
        var byName = values.ToDictionary(v => v.Key.Property.Name, v => v.Value);
        var parameters = _constructor.GetParameters();
        var arguments = parameters.Select(p => byName.TryGetValue(p.Name!, out var v) ? v : DefaultOf(p)).ToArray();
        var instance = Invoke(_constructor, arguments);
        foreach (var (member, value) in values)
        {
            if (!Array.Exists(parameters, p => p.Name == member.Property.Name))
            {
                member.Property.SetValue(instance, value);
            }
        }

        return instance;
    }

    private static ConstructorInfo ConstructorOf(Type type)
    {
        var open = type.GetConstructors()
            .Where(c => !(c.GetParameters() is [var only] && only.ParameterType == type))
            .OrderBy(c => c.GetParameters().Length)
            .ToArray();
        return open.Length == 0 ? throw new NotSupportedException($"{type} has no public constructor.")
            : open[0].GetParameters().Length == 0 ? open[0]
            : open[^1];
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(p => Depth(p.DeclaringType))
            .ThenBy(p => p.MetadataToken);

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static MemberShape Member(PropertyInfo property, ParameterInfo? parameter, object? blank)
    {
        var context = new NullabilityInfoContext();
        var shape = ValueShape.Of(property.PropertyType, context.Create(property));
        var attributes = property.GetCustomAttributes()
            .Concat(parameter?.GetCustomAttributes() ?? [])
            .Concat(property.GetCustomAttribute<SameAsAttribute>()?.Options.GetProperty(property.Name)?.GetCustomAttributes() ?? [])
            .ToArray();
        shape = shape with { AllowsOne = attributes.OfType<OneOrManyAttribute>().Any() };
        var hasDefault = blank is not null || (parameter is not null && (parameter.HasDefaultValue || shape.IsNullable));
        var value = blank is not null ? property.GetValue(blank) : parameter is not null ? DefaultOf(parameter) : null;
        var isRequired = property.IsDefined(typeof(RequiredMemberAttribute))
            || (parameter is not null && !hasDefault)
            || (blank is not null && value is null && (!shape.IsNullable || attributes.OfType<RequiredAttribute>().Any()));
        return new MemberShape(KeyNames.Of(property), property, shape, isRequired, hasDefault && !isRequired, isRequired ? null : value, attributes);
    }

    private static object? DefaultOf(ParameterInfo parameter) =>
        parameter.HasDefaultValue && parameter.DefaultValue is { } value
            ? Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value) : value
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;

    private static object Invoke(ConstructorInfo constructor, object?[] arguments)
    {
        try
        {
            return constructor.Invoke(arguments);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
