using ClusterML.Experiments.Yaml.Binding;
using ClusterML.Experiments.Yaml.Shapes;

namespace ClusterML.Experiments.Yaml;

/// <summary>Binds YAML files to immutable records, strictly, and reports every problem of a file in one go.</summary>
/// <remarks>
/// Keys are the lower_snake names of properties. Unknown and duplicate keys, missing required keys, wrong types, values
/// outside their annotations and numbers that are not finite are problems. Text is never taken for a number, nor a
/// number for text. A number written with a point or an exponent counts as an integer when it is whole, as in JSON Schema.
/// </remarks>
public static class ConfigBinder
{
    /// <summary>Binds a file to <typeparamref name="T"/>.</summary>
    /// <param name="source">The parsed file.</param>
    /// <param name="catalog">The steps that pipelines may name; needed where <typeparamref name="T"/> holds steps.</param>
    /// <param name="overrides">Overrides <c>a.b=v</c>, applied in order before binding.</param>
    /// <exception cref="ConfigException">The file has problems; it carries all of them.</exception>
    public static Bound<T> Bind<T>(YamlSource source, IOptionsCatalog? catalog = null, IReadOnlyList<string>? overrides = null)
        where T : class
    {
        var result = Check<T>(source, catalog, overrides);
        return result.Bound ?? throw new ConfigException(result.Problems);
    }

    /// <summary>Parses and binds a text.</summary>
    /// <exception cref="ConfigException">The text has problems; it carries all of them.</exception>
    public static Bound<T> Bind<T>(string file, string text, IOptionsCatalog? catalog = null, IReadOnlyList<string>? overrides = null)
        where T : class => Bind<T>(YamlSource.Parse(file, text), catalog, overrides);

    /// <summary>Binds a file to <typeparamref name="T"/> and returns problems instead of throwing them.</summary>
    public static BindResult<T> Check<T>(YamlSource source, IOptionsCatalog? catalog = null, IReadOnlyList<string>? overrides = null)
        where T : class
    {
        var patched = overrides is { Count: > 0 } ? Overrides.Apply(source, overrides) : source;
        var problems = new ProblemSink();
        problems.AddRange(patched.Problems);
        object? value = null;
        if (patched.Root is { } document && DocumentKind.Other(document, typeof(T)) is var (schema, message))
        {
            problems.Add(schema, "schema", message);
        }
        else if (patched.Root is { } root)
        {
            new NodeBinder(catalog, problems).TryBind(root, ValueShape.Of(typeof(T)), string.Empty, out value);
        }

        return problems.Count == 0
            ? new BindResult<T>(new Bound<T>((T)value!, new NodeMap(patched.File, patched.Root)), [])
            : new BindResult<T>(null, problems.InOrder());
    }
}
