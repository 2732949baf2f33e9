using System.CommandLine;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Terminal;

namespace ClusterML.Cli.Verbs;

/// <summary>A verb over one config with <c>--set</c> overrides.</summary>
internal abstract class ConfigVerb : Verb
{
    private readonly Argument<string> _config = new("CONFIG") { Description = "The experiment, a YAML file." };
    private readonly Option<string[]> _sets = SetOption();

    protected ConfigVerb(Session session, string name, string description, params IReadOnlyList<string> examples)
        : base(name, description, examples)
    {
        Session = session;
        Add(_config);
        Add(_sets);
        SetAction(Execute);
    }

    protected Session Session { get; }

    /// <summary><c>--set PATH=VALUE</c>.</summary>
    internal static Option<string[]> SetOption()
    {
        var sets = new Option<string[]>("--set")
        {
            Description = "Override one value of the config; may be repeated.",
            HelpName = "PATH=VALUE",
            DefaultValueFactory = _ => [],
        };
        sets.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=') <= 0))
            {
                result.AddError($"--set {token.Value}: expected PATH=VALUE");
            }
        });
        return sets;
    }

    /// <summary>Says in the help what the config is of, where it is not an experiment.</summary>
    protected void Describe(string config) => _config.Description = config;

    protected abstract int Execute(ParseResult result);

    /// <summary>The folder that was named in place of a config; null when it is none.</summary>
    protected string? Folder(ParseResult result) =>
        Session.FullPath(result.GetRequiredValue(_config)) is var full && Directory.Exists(full) ? full : null;

    // The path stays as the user wrote it: messages about the file should read the same way.
    protected ConfigSource Config(ParseResult result)
    {
        var path = result.GetRequiredValue(_config);
        InputPath.OfKind(InputPath.File(Session, path), path, "a config (.yaml)", ".yaml", ".yml", ".json", string.Empty);
        return new ConfigSource(path, result.GetValue(_sets) ?? []);
    }
}
