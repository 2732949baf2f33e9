using ClusterML.Chemistry;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Engines.Vasp;
using ClusterML.Chemistry.Structures;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Labels;

/// <summary>A campaign as its config describes it: what is to be computed, by which engine, and where results go.</summary>
public sealed class LabelCampaign
{
    private const string DebianData = "/usr/share/cp2k";

    private LabelCampaign(LabelsConfig config, CampaignFolder folder, IReadOnlyList<PlannedCalculation> plan, IEngine? engine, VaspInputs? vasp)
    {
        Config = config;
        Folder = folder;
        Plan = plan;
        Engine = engine;
        Vasp = vasp;
    }

    /// <summary>The config.</summary>
    public LabelsConfig Config { get; }

    /// <summary>Where results go.</summary>
    public CampaignFolder Folder { get; }

    /// <summary>What is to be computed, in order.</summary>
    public IReadOnlyList<PlannedCalculation> Plan { get; }

    /// <summary>The engine that this program runs; null when it only writes inputs.</summary>
    public IEngine? Engine { get; }

    /// <summary>The writer of VASP inputs; null for other engines.</summary>
    public VaspInputs? Vasp { get; }

    /// <summary>The level of theory in a line.</summary>
    public string Method => Config.Engine switch
    {
        Cp2kEngineConfig cp2k => string.Join("; ", Config.Systems.Hosts
            .GroupBy(host => cp2k.Recipe.Method("(version as installed)", ClusterSystem.Parse($"{host}13")!, double.NaN))
            .Select(hosts => $"{hosts.Key} (hosts {string.Join(", ", hosts)})")),
        VaspEngineConfig { Recipe: var vasp } => FormattableString.Invariant(
            $"VASP PBE ENCUT {vasp.Cutoff} eV EDIFF {vasp.EnergyTolerance} EDIFFG {-vasp.MaxForce} SIGMA {vasp.Smearing} ISPIN {(vasp.SpinPolarised ? 2 : 1)}, clusters in boxes of {vasp.Box} A"),
        _ => Config.Engine.ToString(),
    };

    /// <summary>What the plan is likely to fail by, in sentences.</summary>
    public IReadOnlyList<string> Warnings => Config.Engine is Cp2kEngineConfig { Recipe: { Mixing: ScfMixing.Broyden } recipe }
        && Plan.Where(p => recipe.IsPolarised(p.System)).Select(p => p.System.Host.Symbol).Distinct().ToArray() is { Length: > 0 } hosts
            ? [$"clusters of {string.Join(", ", hosts)} are spin-polarised, and with mixing broyden such clusters have not been seen to converge: use density gapw with mixing diis, or take the hosts out of spin.hosts (docs/labels.md)"]
            : [];

    /// <summary>Edge of the box of a calculation, Angstrom; of a VASP atom, whose box is no cube, the longest.</summary>
    public double BoxOf(PlannedCalculation planned) => Config.Engine is not VaspEngineConfig { Recipe: var vasp } ? planned.Box
        : planned.System.Kind == SystemKind.FreeAtom ? VaspInputs.AtomBox.Max() : vasp.Box;

    /// <summary>The input files of a calculation by name; null while the calculation that it comes after is not done.</summary>
    public IReadOnlyDictionary<string, string>? Inputs(PlannedCalculation planned)
    {
        if (planned.Request(Folder) is not { } request)
        {
            return null;
        }

        return Vasp?.Write(request) ?? Engine!.Inputs(request, 0);
    }

    /// <summary>Reads a config and makes its plan. Nothing is started and nothing is written.</summary>
    /// <param name="configPath">The config.</param>
    /// <param name="sets">Overrides, <c>path=value</c>.</param>
    /// <exception cref="ConfigException">Anything is wrong; every problem is named.</exception>
    public static LabelCampaign Load(string configPath, IReadOnlyList<string> sets)
    {
        if (!File.Exists(configPath))
        {
            throw new ConfigException([new(configPath, 1, 1, string.Empty, "there is no such file")]);
        }

        var bound = ConfigBinder.Bind<LabelsConfig>(configPath, File.ReadAllText(configPath), overrides: sets);
        var config = bound.Value;
        var beside = Path.GetDirectoryName(Path.GetFullPath(configPath))!;
        var (engine, vasp, available) = EngineOf(config);
        var problems = new SystemProblems(bound, available).All().ToList();
        var geometries = Geometries(bound, beside, problems);
        if (problems.Count > 0)
        {
            throw new ConfigException(problems);
        }

        var campaign = new LabelCampaign(config, new CampaignFolder(Path.GetFullPath(config.Folder, beside)), CampaignPlan.Make(config.Systems, available, geometries), engine, vasp);
        return campaign.ForeignResults() is { Length: > 0 } foreign
            ? throw new ConfigException([bound.Positions.Problem("folder", foreign)])
            : campaign;
    }

    /// <summary>How far the campaign is.</summary>
    /// <exception cref="MalformedFileException">A result or a failure is damaged.</exception>
    public CampaignStatus Status() => CampaignStatus.Of(Folder, Plan, Config.Engine is Cp2kEngineConfig { Recipe: var recipe } ? recipe.IsPolarised : null);

    /// <summary>Takes over results that another tool has made in this recipe, so that they are not computed again; what the campaign has already stays.</summary>
    /// <param name="folder">A dataset folder, or a folder of calculations, one JSON file each.</param>
    /// <returns>Names that were taken over, and what was passed over with the reason.</returns>
    /// <exception cref="Data.DataException">The folder cannot be read.</exception>
    public (IReadOnlyList<string> Adopted, IReadOnlyList<(string Name, string Reason)> PassedOver) Adopt(string folder)
    {
        var (adopted, passed) = (new List<string>(), new List<(string, string)>());
        var planned = Plan.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var calculation in Data.Energetics.CalculationFolder.ReadCandidates(folder).Calculations)
        {
            // The method first: of several recipes in one folder, what has been taken from one says nothing of the others.
            var reason = !planned.TryGetValue(calculation.Name, out var plan) ? "it is not in the plan"
                : Unfit(calculation, plan)
                ?? (File.Exists(Folder.ResultFile(calculation.Name)) ? "the campaign has a result of its own" : null);
            if (reason is not null)
            {
                passed.Add((calculation.PlacedName, reason));
                continue;
            }

            Chemistry.Files.AtomicFile.WriteBytes(Folder.ResultFile(calculation.Name), File.ReadAllBytes(calculation.File));
            adopted.Add(calculation.Name);
        }

        return (adopted, passed);
    }

    /// <summary>What is wrong where results in the folder were made in another way than the config asks now; empty where none were.</summary>
    private string ForeignResults()
    {
        if (Config.Engine is not Cp2kEngineConfig { Recipe: var recipe })
        {
            return "";
        }

        var foreign = Plan.Select(p => (p.Name, Reason: Result(p) is { } result ? Foreign(recipe, result, p) : null)).Where(f => f.Reason is not null).ToArray();
        return foreign.Length == 0 ? "" : string.Concat(
            FormattableString.Invariant($"{foreign.Length} of the results in {Folder.Root} were not made as this config asks: "),
            string.Join("; ", foreign.Take(3).Select(f => $"{f.Name}: {f.Reason}")),
            foreign.Length > 3 ? " and so on" : "",
            "; give the campaign another folder, or restore its recipe");
    }

    private Calculation? Result(PlannedCalculation planned)
    {
        try
        {
            return Folder.Result(planned.Name);
        }
        catch (MalformedFileException)
        {
            // Whoever needs it says so.
            return null;
        }
    }

    private string? Unfit(Calculation calculation, PlannedCalculation planned) => Config.Engine is not Cp2kEngineConfig { Recipe: var recipe }
        ? "the engine of the campaign is not run by this program"
        : Foreign(recipe, calculation, planned) ?? calculation.EnergyFault ?? (planned.Relax ? calculation.GeometryFault(recipe.MaxForce) : null);

    /// <summary>How a calculation differs from what the recipe makes of the system; null when it does not.</summary>
    private string? Foreign(Cp2kRecipe recipe, Calculation calculation, PlannedCalculation planned)
    {
        var code = calculation.Method.Code.Split(' ');
        var asked = MethodDescription.Parse(recipe.Method(code[^1], calculation.System, calculation.Method.Box));
        bool Same(MethodFingerprint wanted) => calculation.System.Kind switch
        {
            SystemKind.FreeAtom => wanted.CoversAtom(calculation.Method),
            SystemKind.FrozenX12 => wanted.CoversSinglePoint(calculation.Method),
            _ => wanted == MethodFingerprint.OfCluster(calculation.Method),
        };
        MethodFingerprint Of(string host) => MethodFingerprint.OfCluster(MethodDescription.Parse(recipe.Method(code[^1], ClusterSystem.Parse($"{host}13")!, planned.Box)));

        // A free atom is the reference of every host.
        var isOfRecipe = calculation.System.Kind == SystemKind.FreeAtom ? Config.Systems.Hosts.All(host => Same(Of(host))) : Same(MethodFingerprint.OfCluster(asked));
        return !isOfRecipe ? $"it has another method: {calculation.Method}"
            : !double.IsNaN(calculation.Method.Box) && Math.Abs(calculation.Method.Box - planned.Box) > 1e-6
                ? FormattableString.Invariant($"its box is {calculation.Method.Box} Angstrom, not {planned.Box}") : null;
    }

    /// <summary>Runs what is not done yet.</summary>
    /// <param name="processes">Engine processes at the same time; null: as the config says.</param>
    /// <param name="retryFailed">Whether calculations whose ladder was used up are tried again.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="cancellation">Asks to stop; the same call goes on later.</param>
    /// <exception cref="EngineNotFoundException">The engine is not installed.</exception>
    public Task RunAsync(int? processes, bool retryFailed, ICampaignObserver observer, CancellationToken cancellation)
    {
        var engine = Engine ?? throw new InvalidOperationException("this engine is not run by the program");
        var options = new CampaignRunOptions
        {
            Processes = processes ?? Config.Run.Processes,
            AttemptLimit = TimeSpan.FromHours(Config.Run.AttemptHours),
            Heartbeat = TimeSpan.FromMinutes(Config.Run.HeartbeatMinutes),
            RetryFailed = retryFailed,
        };
        return new CampaignRunner(Folder, Plan, engine, new LocalExecutor(Config.Run.Niceness), options, observer).RunAsync(cancellation);
    }

    private static (IEngine? Engine, VaspInputs? Vasp, IReadOnlyList<string> Available) EngineOf(LabelsConfig config) => config.Engine switch
    {
        Cp2kEngineConfig cp2k => (
            new Cp2kEngine(cp2k.Recipe, cp2k.Program, DataFolder(cp2k.Data), config.Run.Threads), null, [.. GthElement.All.Select(e => e.Symbol)]),
        VaspEngineConfig vasp => (null, new VaspInputs(vasp.Recipe), VaspInputs.Elements),
        _ => throw new NotSupportedException($"no engine for {config.Engine.GetType().Name}"),
    };

    private static string DataFolder(string configured) =>
        configured.Length > 0 ? configured
        : Environment.GetEnvironmentVariable("CP2K_DATA_DIR") is { Length: > 0 } set ? set
        : Directory.Exists(DebianData) ? DebianData
        : string.Empty;

    private static Dictionary<string, Structure> Geometries(Bound<LabelsConfig> bound, string beside, List<ConfigProblem> problems)
    {
        var found = new Dictionary<string, Structure>(StringComparer.Ordinal);
        if (bound.Value.Geometries is not { } path)
        {
            return found;
        }

        var folder = Path.GetFullPath(path, beside);
        if (!Directory.Exists(folder))
        {
            problems.Add(bound.Positions.Problem("geometries", $"there is no folder {folder}"));
            return found;
        }

        bool IsPolarised(Calculation calculation) => bound.Value.Engine is Cp2kEngineConfig cp2k && cp2k.Recipe.IsPolarised(calculation.System);
        var spins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in CalculationFiles.In(folder))
        {
            try
            {
                // A polarised cluster is larger than the restricted one; of several recipes, one that treats spin alike is nearest.
                if (CalculationFile.Read(file) is { Positions.Count: > 0, ScfConverged: true } calculation
                    && !(calculation.Method.Spin == "RKS" && IsPolarised(calculation))
                    && (!spins.TryGetValue(calculation.Name, out var earlier) || (earlier != "RKS" && calculation.Method.Spin == "RKS")))
                {
                    spins[calculation.Name] = calculation.Method.Spin;
                    found[calculation.Name] = calculation.Geometry();
                }
            }
            catch (MalformedFileException e)
            {
                problems.Add(new(e.File, e.Line, e.Column, string.Empty, e.Message));
            }
        }

        return found;
    }
}
