using System.Globalization;
using System.Text;
using ClusterML.Chemistry.Files;
using ClusterML.Cli.Engine;
using ClusterML.Cli.Tables;
using ClusterML.Cli.Terminal;
using ClusterML.Data;
using ClusterML.Data.Datasets;

namespace ClusterML.Cli.Starter;

/// <summary>The files of a new experiment: config, pipeline, and the schemas that editors check them with.</summary>
internal sealed class StarterFiles(Session session, string name, string folder)
{
    public string ConfigPath { get; } = Path.Combine(folder, "configs", $"{name}.yaml");

    /// <summary>The files of a kind of experiment, by path.</summary>
    public IReadOnlyDictionary<string, string> FromTemplate(string kind)
    {
        var files = new Dictionary<string, string> { [ConfigPath] = Template($"{kind}.yaml") };
        if (kind != "pretrain")
        {
            files[PipelinePath] = Template($"{kind}.pipeline.yaml");
        }

        return files;
    }

    /// <summary>The files of an experiment on a csv table, column roles guessed from its cells.</summary>
    public IReadOnlyDictionary<string, string> FromTable(string path, string shownAs, IReadOnlyList<string> targets)
    {
        var columns = Guess(InputTable.Read(path, shownAs), shownAs, targets);
        var relative = Path.GetRelativePath(Path.GetDirectoryName(ConfigPath)!, path).Replace('\\', '/');
        return new Dictionary<string, string>
        {
            [ConfigPath] = Template("csv.yaml")
                .Replace("@TABLE@", Quoted(relative), StringComparison.Ordinal)
                .Replace("@COLUMNS@", ColumnLines(columns), StringComparison.Ordinal),
            [PipelinePath] = Template("csv.pipeline.yaml").Replace("@STEPS@", StepLines(columns), StringComparison.Ordinal),
        };
    }

    /// <summary>Writes <paramref name="files"/> and the schemas; refuses to replace a config or a pipeline.</summary>
    public void Write(IReadOnlyDictionary<string, string> files)
    {
        var existing = files.Keys.Where(File.Exists).ToList();
        if (existing.Count > 0)
        {
            throw new CommandFailure(ExitCodes.Failed, [.. existing.Select(f => new Problem("exists already; choose another name or folder", f))]);
        }

        var all = new Dictionary<string, string>(files);
        foreach (var kind in new[] { "experiment", "pipeline" })
        {
            var schema = Path.Combine(folder, "schemas", $"{kind}.schema.json");
            if (!File.Exists(schema))
            {
                all[schema] = session.Engine.Schema(kind).TrimEnd() + "\n";
            }
        }

        foreach (var (path, content) in all)
        {
            AtomicFile.WriteText(path, content);
        }
    }

    private static IReadOnlyList<ColumnGuess> Guess(InputTable table, string shownAs, IReadOnlyList<string> targets) => Guard.Run(() =>
        ColumnGuess.Of(shownAs, [.. table.Header.Select(h => h.Text)], [.. table.Header.Select((_, c) => table.Rows.Select(r => r[c].Text).ToArray())], targets));

    private string PipelinePath => Path.Combine(folder, "pipelines", $"{name}.yaml");

    private static string ColumnLines(IReadOnlyList<ColumnGuess> columns)
    {
        var lines = new StringBuilder();
        foreach (var column in columns)
        {
            lines.Append(CultureInfo.InvariantCulture, $"      - name: {Quoted(column.Name)}\n        role: {DatasetFile.NameOf(column.Role)} # {column.Reason}\n");
        }

        return lines.ToString().TrimEnd('\n');
    }

    // A step over columns that the table does not have would be refused.
    private static string StepLines(IReadOnlyList<ColumnGuess> columns)
    {
        var lines = new List<string>();
        var features = new List<string>();
        if (columns.Any(c => c.Role == ColumnRole.Numeric))
        {
            lines.Add("  - type: robust_scaling # by median and interquartile range of the training rows");
            features.Add("scaled");
        }

        if (columns.Any(c => c.Role == ColumnRole.Categorical))
        {
            lines.Add("  - type: one_hot");
            features.Add("one_hot");
        }

        lines.Add("  - type: ridge");
        lines.Add($"    features: [{string.Join(", ", features)}]");
        return string.Join('\n', lines);
    }

    // A name such as "no" or "1.0" must stay text.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private string Template(string file)
    {
        using var stream = typeof(StarterFiles).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"the template {file} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("@NAME@", name, StringComparison.Ordinal);
    }
}
