using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Yaml.Support;

/// <summary>Binds texts in tests.</summary>
internal static class Binding
{
    /// <summary>The problems of a text, one a line.</summary>
    public static string Problems<T>(string text, params string[] overrides)
        where T : class =>
        string.Join('\n', ConfigBinder.Check<T>(YamlSource.Parse("f.yaml", text), new SampleCatalog(), overrides).Problems);

    /// <summary>The record of a text without problems.</summary>
    public static T Value<T>(string text, params string[] overrides)
        where T : class => ConfigBinder.Bind<T>("f.yaml", text, new SampleCatalog(), overrides).Value;

    /// <summary>The folder of the repository.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ClusterML.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
            }

            return folder.FullName;
        }
    }
}
