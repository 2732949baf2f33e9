using System.Text.RegularExpressions;
using ClusterML.Data;
using ClusterML.Experiments.Configuration;

namespace ClusterML.Experiments.Yaml.Starters;

/// <summary>Writes commented experiments to start from. What it writes binds without problems.</summary>
public static partial class StarterConfig
{
    /// <summary>A commented starter experiment.</summary>
    /// <param name="name">Its name: small letters, digits and dashes.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="options">The paths it names.</param>
    /// <returns>The text of the file.</returns>
    /// <exception cref="ArgumentException">The name would not be accepted.</exception>
    public static string Experiment(string name, StarterKind kind, StarterOptions? options = null)
    {
        CheckName(name);
        var paths = options ?? new StarterOptions();
        var (config, about) = kind switch
        {
            StarterKind.X12tm => (X12tm(name, paths), "Formation energies of X12TM clusters, dopant inside or on the surface."),
            StarterKind.Segregation => (Segregation(name, paths), "Surface segregation energies of host-dopant pairs."),
            StarterKind.Pretrain => (Pretrain(name, paths), "Pretrains a backbone on unary clusters. It has no model: it trains, writes the run folder and stops."),
            StarterKind.Csv => (Csv(name, paths), "A model of a csv table. Name your file and its columns below."),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return Render(config, paths, [about], new Dictionary<string, string>());
    }

    /// <summary>A commented experiment over a csv table, with the roles of its columns guessed from a sample.</summary>
    /// <param name="csvPath">The file, relative to where the experiment will be.</param>
    /// <param name="header">The headers of its columns.</param>
    /// <param name="rows">Sample rows, fields in the order of the headers; the more, the better the guesses.</param>
    /// <param name="name">Name of the experiment; that of the file by default.</param>
    /// <param name="options">The paths it names.</param>
    /// <returns>The text of the file; a comment on each column says what was seen and guessed.</returns>
    /// <exception cref="ArgumentException">No column can be used, or the name would not be accepted.</exception>
    public static string FromTable(
        string csvPath,
        IReadOnlyList<string> header,
        IReadOnlyList<IReadOnlyList<string>> rows,
        string? name = null,
        StarterOptions? options = null)
    {
        var title = name ?? NameOf(csvPath);
        CheckName(title);
        var paths = options ?? new StarterOptions();
        var guesses = ColumnGuess.Of(header, rows);
        var used = guesses.Where(g => g.Role is not null).ToList();
        if (used.Count == 0)
        {
            throw new ArgumentException($"{csvPath} has no column that could be used.", nameof(header));
        }

        // A category is not a group until it is listed as one.
        if (used.Find(g => g is { Role: CsvRole.Categorical, IsText: true }) is { } group)
        {
            used.Add(group with { Role = CsvRole.Group, Reason = "listed again as a group, so that a protocol can leave each of its values out" });
        }

        var columns = used.Select(g => new CsvColumnConfig { Name = g.Name, Role = g.Role!.Value, Unit = g.Unit }).ToArray();
        var notes = used.Select((g, i) => KeyValuePair.Create($"data.table.columns[{i}]", $"{g.Observed}; {g.Reason}")).ToDictionary();
        List<string> about =
        [
            $"Written from {rows.Count} sample rows of {csvPath}.",
            "CHECK THE COLUMNS: their roles and units are guesses; each says what was seen.",
            .. guesses.Where(g => g.Role is null).Select(g => $"Left out: column \"{g.Name}\" ({g.Observed})."),
        ];
        if (!used.Exists(g => g.Role == CsvRole.Target))
        {
            about.Add("NO TARGET: no column of numbers was seen. Give one column the role target.");
        }

        return Render(Csv(title, paths, csvPath, columns), paths, about, notes);
    }

    private static string Render(ExperimentConfig config, StarterOptions paths, IReadOnlyList<string> about, IReadOnlyDictionary<string, string> notes) =>
        ConfigRenderer.Render(config, new RenderOptions
        {
            SchemaFile = paths.SchemaFile,
            Header = [.. about, "Every key with its default; keys that keep their default may be left out.", "Check it with: clusterml validate FILE    Run it with: clusterml run FILE"],
            Comments = true,
            Notes = notes,
        });

    private static ExperimentConfig X12tm(string name, StarterOptions paths) => new()
    {
        Name = name,
        Description = "Formation energies of X12TM clusters from a frozen FT-Transformer and Ridge",
        Data = new DataConfig { Root = paths.DataRoot, Table = new X12tmTableConfig { Path = paths.CalculationsFolder } },
        Backbone = new PublishedBackboneConfig { Path = paths.BackboneFolder },
        Model = Model("ft_ridge", "ft-ridge.yaml", paths),
        Protocols =
        [
            new LeaveOneGroupOutConfig { Name = "leave_one_dopant_out", Column = "dopant" },
            new HoldOutFractionConfig { Name = "fe_transfer", Value = "Fe" },
        ],
        Baselines = CompositionBaselines(paths),
    };

    private static ExperimentConfig Segregation(string name, StarterOptions paths) => new()
    {
        Name = name,
        Description = "Surface segregation energies, each host left out in turn",
        Data = new DataConfig { Root = paths.DataRoot, Table = new SegregationTableConfig() },
        Backbone = new PublishedBackboneConfig { Path = paths.BackboneFolder },
        Model = Model("ft_ridge", "ft-ridge.yaml", paths),
        Protocols = [new LeaveOneGroupOutConfig { Name = "leave_one_host_out", Column = "host" }],
        Baselines = CompositionBaselines(paths),
    };

    private static ExperimentConfig Pretrain(string name, StarterOptions paths) => new()
    {
        Name = name,
        Description = "FT-Transformer pretrained on unary clusters of the Quantum Cluster Database",
        Data = new DataConfig { Root = paths.DataRoot },
        Backbone = new PretrainBackboneConfig { Table = new QcdUnaryTableConfig() },
    };

    private static ExperimentConfig Csv(string name, StarterOptions paths) => Csv(name, paths, "rows.csv",
    [
        new CsvColumnConfig { Name = "id", Role = CsvRole.Id },
        new CsvColumnConfig { Name = "material", Role = CsvRole.Categorical },
        new CsvColumnConfig { Name = "temperature", Role = CsvRole.Numeric, Unit = "K" },
        new CsvColumnConfig { Name = "energy", Role = CsvRole.Target, Unit = "eV" },
        new CsvColumnConfig { Name = "material", Role = CsvRole.Group },
    ]);

    private static ExperimentConfig Csv(string name, StarterOptions paths, string path, IReadOnlyList<CsvColumnConfig> columns)
    {
        var folds = new KFoldConfig { Name = "random_folds" };
        var group = columns.FirstOrDefault(c => c.Role == CsvRole.Group)?.Name;
        return new ExperimentConfig
        {
            Name = name,
            Description = "Ridge on the columns of a table",
            Data = new DataConfig { Root = paths.DataRoot, Table = new CsvTableConfig { Path = path, Columns = columns } },
            Model = Model("ridge", "table-ridge.yaml", paths),
            Protocols = group is null ? [folds] : [new LeaveOneGroupOutConfig { Name = "leave_one_group_out", Column = group }, folds],
            Baselines = [Baseline("mean", "mean.yaml", paths)],
        };
    }

    private static BaselineConfig[] CompositionBaselines(StarterOptions paths) =>
    [
        Baseline("mean", "mean.yaml", paths),
        Baseline("host_dopant_additive", "host-dopant-additive.yaml", paths),
        Baseline("ridge_raw", "ridge-raw.yaml", paths),
    ];

    private static ModelConfig Model(string name, string file, StarterOptions paths) => new() { Name = name, Pipeline = $"{paths.PipelinesFolder}/{file}" };

    private static BaselineConfig Baseline(string name, string file, StarterOptions paths) => new() { Name = name, Pipeline = $"{paths.PipelinesFolder}/{file}" };

    private static string NameOf(string csvPath)
    {
        var name = OtherLetters().Replace(Path.GetFileNameWithoutExtension(csvPath).ToLowerInvariant(), "-").Trim('-');
        return name.Length == 0 ? "table" : name;
    }

    private static void CheckName(string name)
    {
        if (!ExperimentName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" cannot name an experiment: use small letters, digits and dashes, such as my-experiment.", nameof(name));
        }
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex OtherLetters();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExperimentName();
}
