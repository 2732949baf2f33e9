using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines;

namespace ClusterML.Chemistry.Tests.Campaigns;

/// <summary>An engine and executor without a program: what a run leaves is decided by a test. For the logic of the queue only.</summary>
internal sealed class FakeEngine(Func<FakeRun, EngineOutcome> outcome, int rungs = 1, int continuations = 0) : IEngine, IExecutor
{
    private readonly Lock gate = new();
    private readonly List<FakeRun> runs = [];

    /// <summary>The runs in the order in which they were started.</summary>
    public IReadOnlyList<FakeRun> Runs => runs;

    /// <summary>Called when a run starts.</summary>
    public Func<FakeRun, CancellationToken, Task> OnRun { get; init; } = (_, _) => Task.CompletedTask;

    public string Name => "fake";

    public int Continuations => continuations;

    public int Rungs(CalculationRequest request) => rungs;

    public string Describe(CalculationRequest request, int rung) => $"rung {rung}";

    public bool ContinuesGeometry(CalculationRequest request, int rung) => true;

    public IReadOnlyList<string> Handover(CalculationRequest request) => ["orbitals"];

    public bool IsScratch(string fileName) => fileName == "orbitals";

    public IReadOnlyDictionary<string, string> Inputs(CalculationRequest request, int rung) => new Dictionary<string, string>
    {
        ["input"] = FormattableString.Invariant($"{request.Name}|{rung}|{request.Start.Position(0)[0]}|{request.Continues}|{request.HasOrbitals}"),
    };

    public EngineCommand Command(CalculationRequest request) => new("fake", [], new Dictionary<string, string>());

    public EngineOutcome Read(CalculationRequest request, string folder) =>
        File.Exists(Path.Combine(folder, "output")) ? outcome(Run(folder)) : new(false, null, "there is no output", 0);

    public string Doing(CalculationRequest request, string folder) => $"at work in {Path.GetFileName(folder)}";

    public async Task<Execution> RunAsync(EngineCommand command, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        var run = Run(folder);
        lock (gate)
        {
            runs.Add(run);
        }

        await OnRun(run, cancellation);
        File.WriteAllText(Path.Combine(folder, "output"), "");
        File.WriteAllText(Path.Combine(folder, "orbitals"), run.Folder);
        return new(0, false, 2, 1);
    }

    public Task<Execution>? TryAdopt(string folder, TimeSpan limit, CancellationToken cancellation) => null;

    private static FakeRun Run(string folder)
    {
        var words = File.ReadAllText(Path.Combine(folder, "input")).Split('|');
        var orbitals = Path.Combine(folder, "orbitals");
        return new(
            words[0], int.Parse(words[1]), double.Parse(words[2]), words[3] == "True", words[4] == "True",
            Path.GetFileName(folder), File.Exists(orbitals) ? File.ReadAllText(orbitals) : "");
    }
}

/// <summary>One run as its input says it.</summary>
internal sealed record FakeRun(string Name, int Rung, double X, bool Continues, bool HasOrbitals, string Folder, string Orbitals);
