using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ClusterML.Experiments.Yaml.Shapes;

/// <summary>Alternatives of a type, chosen by a key, as its JsonPolymorphic and JsonDerivedType annotations say.</summary>
/// <param name="Key">The key that chooses, <c>type</c> unless annotated otherwise.</param>
/// <param name="Cases">The alternatives, in the order of declaration.</param>
internal sealed record UnionShape(string Key, IReadOnlyList<(string Name, Type Type)> Cases)
{
    private static readonly ConcurrentDictionary<Type, UnionShape?> Known = new();

    /// <summary>The names of the alternatives.</summary>
    public IReadOnlyList<string> Names => [.. Cases.Select(c => c.Name)];

    /// <summary>The alternatives of <paramref name="type"/>, or null when it has none.</summary>
    public static UnionShape? Of(Type type) => Known.GetOrAdd(type, static t =>
    {
        var cases = t.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Where(a => a.TypeDiscriminator is string)
            .Select(a => ((string)a.TypeDiscriminator!, a.DerivedType))
            .ToArray();
        var key = t.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false)?.TypeDiscriminatorPropertyName ?? "type";
        return cases.Length == 0 ? null : new UnionShape(key, cases);
    });

    /// <summary>The alternative called <paramref name="name"/>, or null.</summary>
    public Type? Find(string name) => Cases.FirstOrDefault(c => c.Name == name).Type;

    /// <summary>The name of the alternative that <paramref name="type"/> is.</summary>
    public string NameOf(Type type) => Cases.First(c => c.Type == type).Name;
}
