using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Pipelines;
using ClusterML.Experiments.Yaml;
using ClusterML.Experiments.Yaml.Nodes;

namespace ClusterML.Experiments.Engine;

/// <summary>Reads a config with the pipelines it names and checks all of it before anything starts.</summary>
internal sealed class ExperimentLoader(StepRegistry registry, EngineOptions options)
{
    /// <summary>Loads an experiment.</summary>
    /// <param name="configPath">The config.</param>
    /// <param name="sets">Overrides, <c>path=value</c>.</param>
    /// <exception cref="ConfigException">Anything is wrong; every problem of the config and of its pipelines is named.</exception>
    public LoadedExperiment Load(string configPath, IReadOnlyList<string> sets)
    {
        if (!File.Exists(configPath))
        {
            throw new ConfigException([new(configPath, 1, 1, string.Empty, "there is no such file")]);
        }

        var text = YamlSource.Parse(configPath, File.ReadAllText(configPath));
        var full = Path.GetFullPath(configPath);
        var folder = Path.GetDirectoryName(full)!;
        var result = ConfigBinder.Check<ExperimentConfig>(text, registry, sets);
        if (result.Bound is not { } bound)
        {
            // The config has no form yet, but the pipelines it names can be checked all the same: all problems at once.
            throw new ConfigException([.. result.Problems, .. NamedPipelines(text, folder).SelectMany(p => p)]);
        }

        var problems = new List<ConfigProblem>();
        var models = Models(bound, folder, problems);
        var dataRoot = Path.GetFullPath(options.DataRoot ?? bound.Value.Data.Root, options.DataRoot is null ? folder : Environment.CurrentDirectory);
        var source = Source(bound.Value.Data.Table, "data.table", bound.Positions, folder, dataRoot, problems);
        var pretraining = Source((bound.Value.Backbone as PretrainBackboneConfig)?.Table, "backbone.table", bound.Positions, folder, dataRoot, problems);
        problems.AddRange(new ExperimentChecks(bound, registry, models, source, pretraining, folder).Problems());
        return problems.Count == 0
            ? new(full, bound, models, source, pretraining)
            : throw new ConfigException(problems);
    }

    private List<LoadedModel> Models(Bound<ExperimentConfig> bound, string folder, List<ConfigProblem> problems)
    {
        var config = bound.Value;
        var named = new List<(string Path, string Name, string Pipeline, int Seeds, bool IsMain)>();
        if (config.Model is { } main)
        {
            named.Add(("model", main.Name, main.Pipeline, 1, true));
        }

        named.AddRange(config.Baselines.Index().Where(b => b.Item.Pipeline is not null)
            .Select(b => (FormattableString.Invariant($"baselines[{b.Index}]"), b.Item.Name, b.Item.Pipeline!, b.Item.Seeds, false)));
        var models = new List<LoadedModel>();
        foreach (var (path, name, pipeline, seeds, isMain) in named)
        {
            var file = Path.GetFullPath(pipeline, folder);
            if (!File.Exists(file))
            {
                problems.Add(bound.Positions.Problem($"{path}.pipeline", $"there is no file {file}"));
                continue;
            }

            var result = CheckPipeline(file);
            problems.AddRange(result.Problems.Where(p => !problems.Contains(p)));
            if (result.Bound is { } loaded)
            {
                models.Add(new(name, file, loaded.Value, seeds, isMain) { Positions = loaded.Positions });
            }
        }

        foreach (var (i, baseline) in config.Baselines.Index().Where(b => b.Item.Predictions is not null))
        {
            var file = Path.GetFullPath(baseline.Predictions!, folder);
            if (!File.Exists(file))
            {
                problems.Add(bound.Positions.Problem(FormattableString.Invariant($"baselines[{i}].predictions"), $"there is no file {file}"));
                continue;
            }

            models.Add(new(baseline.Name, file, new PipelineConfig { Steps = [] }, 1, false) { PredictionsPath = file });
        }

        return models;
    }

    private BindResult<PipelineConfig> CheckPipeline(string file) =>
        ConfigBinder.Check<PipelineConfig>(YamlSource.Parse(Path.GetRelativePath(Environment.CurrentDirectory, file), File.ReadAllText(file)), registry);

    /// <summary>The problems of each pipeline that a config names anywhere under the key <c>pipeline</c>.</summary>
    private IEnumerable<IReadOnlyList<ConfigProblem>> NamedPipelines(YamlSource text, string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, position) in Scalars(text.Root, "pipeline").Select(s => (s.Text, s.Position)))
        {
            var file = Path.GetFullPath(name, folder);
            if (name.Length > 0 && seen.Add(file))
            {
                yield return File.Exists(file)
                    ? CheckPipeline(file).Problems
                    : [new ConfigProblem(position, "pipeline", $"there is no file {file}")];
            }
        }
    }

    private static IEnumerable<ScalarNode> Scalars(ConfigNode? node, string key) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(e => e is { Value: ScalarNode scalar } && e.Key == key ? [scalar] : Scalars(e.Value, key)),
        SequenceNode list => list.Items.SelectMany(item => Scalars(item, key)),
        _ => [],
    };

    private static TableSource? Source(TableConfig? table, string path, NodeMap positions, string folder, string dataRoot, List<ConfigProblem> problems)
    {
        if (table is null)
        {
            return null;
        }

        var source = TableSource.Of(table, folder, dataRoot);
        if (!source.Exists)
        {
            var key = table is DatasetTableConfig or X12tmTableConfig or DeclaredTableConfig ? "path" : "file";
            problems.Add(positions.Problem($"{path}.{key}", $"there is no {source.Path}; {source.Fetch}"));
        }

        return source;
    }
}
