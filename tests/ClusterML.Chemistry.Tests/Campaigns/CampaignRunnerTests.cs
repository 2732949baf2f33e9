using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Structures;
using ClusterML.Chemistry.Tests.Engines;

namespace ClusterML.Chemistry.Tests.Campaigns;

/// <summary>Campaigns of free atoms with the real CP2K: each takes a second or so.</summary>
public sealed class CampaignRunnerTests : IDisposable
{
    private readonly CampaignFolder folder = new(Directory.CreateTempSubdirectory("campaign-").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_Atoms_EndAsResultsThatAreNotRunAgain(int processes)
    {
        Cp2k.OrSkip();
        var (first, second) = (new Events(), new Events());

        await Run(["Pd", "Cu", "Zn"], Cp2k.Quick, first, processes);
        await Run(["Pd", "Cu", "Zn"], Cp2k.Quick, second, processes);

        Assert.Equal(["Cu_atom", "Pd_atom", "Zn_atom"], first.Done.Order(StringComparer.Ordinal));
        Assert.Empty(second.All);
        var palladium = folder.Result("Pd_atom")!;
        Assert.True(palladium.ScfConverged);
        Assert.Equal(64, palladium.InputSha256.Length);
        Assert.True(palladium.CpuSeconds > 0);
        Assert.False(palladium.IsPilot);
        Assert.Equal("UKS", palladium.Method.Spin);
    }

    [Fact]
    public async Task RunAsync_ScfFails_ClimbsTheLadderAndSaysSo()
    {
        Cp2k.OrSkip();
        var events = new Events();

        await Run(["Pd"], Cp2k.Quick with { Atoms = Cp2k.Quick.Atoms with { MaxScf = 1, Ladder = [1, 40] } }, events);

        Assert.Equal(2, events.All.Count(e => e.StartsWith("attempt failed Pd_atom: the SCF did not converge", StringComparison.Ordinal)));
        Assert.Equal("max_scf 40", folder.Result("Pd_atom")!.Settings);
    }

    [Fact]
    public async Task RunAsync_LadderUsedUp_IsRecordedWithReasonsAndNotTriedAgainUnlessAsked()
    {
        Cp2k.OrSkip();
        var hopeless = Cp2k.Quick with { Atoms = Cp2k.Quick.Atoms with { MaxScf = 1, Ladder = [1] } };
        var (first, second, third) = (new Events(), new Events(), new Events());

        await Run(["Pd"], hopeless, first);
        await Run(["Pd"], hopeless, second);
        await Run(["Pd"], Cp2k.Quick, third, retry: true);

        var failed = Assert.Single(first.All, e => e.StartsWith("failed", StringComparison.Ordinal));
        Assert.Equal("failed Pd_atom: the SCF did not converge", failed);
        Assert.Empty(second.All);
        Assert.Equal(["Pd_atom"], third.Done);
        Assert.Null(folder.Failure("Pd_atom"));
    }

    [Fact]
    public async Task RunAsync_EngineKilled_IsAFailedAttemptAndTheNextRungGoesOn()
    {
        Cp2k.OrSkip();
        var events = new Events { OnStarted = KillSoon };

        await Run(["W"], Cp2k.Quick with { Cutoff = 120, Atoms = Cp2k.Quick.Atoms with { Ladder = [40] } }, events, box: 7);

        Assert.Contains(events.All, e => e.StartsWith("attempt failed W_atom: the program ended with exit code 137", StringComparison.Ordinal));
        Assert.Equal(["W_atom"], events.Done);
    }

    [Fact]
    public async Task RunAsync_Cancelled_StopsTheEngineAndGoesOnLater()
    {
        Cp2k.OrSkip();
        using var stop = new CancellationTokenSource();
        var first = new Events { OnStarted = _ => stop.CancelAfter(TimeSpan.FromSeconds(1)) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(["W"], Cp2k.Quick with { Cutoff = 120 }, first, box: 7, cancellation: stop.Token));

        Assert.Null(folder.Result("W_atom"));
        var second = new Events();
        await Run(["W"], Cp2k.Quick with { Cutoff = 120 }, second, box: 7);
        Assert.Equal(["W_atom"], second.Done);
    }

    [Fact]
    public async Task RunAsync_EngineThatOutlivedItsProgram_IsWaitedFor()
    {
        Cp2k.OrSkip();
        var recipe = Cp2k.Quick with { Cutoff = 120 };
        IEngine engine = Cp2k.Engine(recipe);
        var request = Cp2k.Atom("W", 7);
        var work = Path.Combine(folder.WorkFolder("W_atom"), "rung-0");
        foreach (var (name, text) in engine.Inputs(request, 0))
        {
            Chemistry.Files.AtomicFile.WriteText(Path.Combine(work, name), text);
        }

        // What a program leaves behind that is killed while its engine runs: a process, and the note of its number.
        var orphan = new LocalExecutor(0).RunAsync(engine.Command(request), work, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        var events = new Events();
        await Run(["W"], recipe, events, box: 7);
        await orphan;

        Assert.Contains("adopted W_atom", events.All);
        Assert.Equal(["W_atom"], events.Done);
    }

    [Fact]
    public async Task RunAsync_EngineThatEndedWhileNobodyLooked_IsReadAndNotRunAgain()
    {
        Cp2k.OrSkip();
        await Run(["Pd"], Cp2k.Quick, new Events());
        File.Delete(folder.ResultFile("Pd_atom"));
        foreach (var note in new[] { "attempt.json", "process.json" })
        {
            File.Delete(Path.Combine(folder.WorkFolder("Pd_atom"), "rung-0", note));
        }

        var events = new Events();
        await Run(["Pd"], Cp2k.Quick, events);

        Assert.Equal(["done Pd_atom"], events.All);
        Assert.True(folder.Result("Pd_atom")!.ScfConverged);
    }

    [Fact]
    public async Task RunAsync_EngineAtWork_SaysWhichStepOfTheScfItIsAt()
    {
        Cp2k.OrSkip();
        var events = new Events();

        await Run(["Pd"], Cp2k.Quick with { Atoms = Cp2k.Quick.Atoms with { EpsScf = 1e-6 } }, events, box: 6);

        var output = File.ReadAllText(Path.Combine(folder.WorkFolder("Pd_atom"), "rung-0", "Pd_atom.out"));
        var steps = events.Heard.Select(h => Regex.Match(h.Doing ?? "", @"^SCF step (\d+) at (\S+) \(to 1\.0E-6\)$")).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value)).ToArray();
        Assert.NotEmpty(steps);
        Assert.Equal(steps.Order(), steps);
        Assert.All(steps, step => Assert.Matches($@"(?m)^ +{step} OT ", output));
        Assert.All(events.Heard, h => Assert.Equal("Pd_atom", h.Name));
    }

    [Fact]
    public async Task RunAsync_RetryOfTheSameRecipe_RunsTheEngineAgain()
    {
        Cp2k.OrSkip();
        var hopeless = Cp2k.Quick with { Atoms = Cp2k.Quick.Atoms with { MaxScf = 1 } };
        await Run(["Pd"], hopeless, new Events());

        var events = new Events();
        await Run(["Pd"], hopeless, events, retry: true);

        Assert.Equal("started Pd_atom", events.All[0]);
    }

    [Fact]
    public async Task RunAsync_NoSuchProgram_SaysWhichPackageHasIt()
    {
        var runner = Runner(["Pd"], new Cp2kEngine(Cp2k.Quick, "no-such-cp2k"), new Events(), 2, false, 5);

        var e = await Assert.ThrowsAsync<EngineNotFoundException>(() => runner.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("packages cp2k and cp2k-data", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_Folder_CountsWhatIsDoneFailedAndBlocked()
    {
        var plan = CampaignPlan.Make(new() { Hosts = ["Ti"], Dopants = ["Pt"] }, ["Ti", "Pt"], new Dictionary<string, Structure>());
        folder.WriteFailure(new("Ti12Pt_in", "", [new("the recipe", "the SCF did not converge", 3600)]));

        var status = CampaignStatus.Of(folder, plan);

        Assert.Equal((0, 1, 1), (status.Count(StateKind.Done), status.Count(StateKind.Failed), status.Count(StateKind.Blocked)));
        Assert.Equal("Ti12Pt_in has no result", status.Calculations.Single(c => c.Kind == StateKind.Blocked).Reason);
        Assert.Equal(1, status.CpuHours, 1e-9);
    }

    private void KillSoon(string name) => Task.Run(async () =>
    {
        await Task.Delay(500);
        var note = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.WorkFolder(name), "rung-0", "process.json")));
        using var engine = Process.GetProcessById(note.RootElement.GetProperty("Id").GetInt32());
        engine.Kill(entireProcessTree: true);
    });

    private Task Run(string[] symbols, Cp2kRecipe recipe, Events events, int processes = 1, bool retry = false, double box = 5, CancellationToken? cancellation = null) =>
        Runner(symbols, Cp2k.Engine(recipe), events, processes, retry, box).RunAsync(cancellation ?? TestContext.Current.CancellationToken);

    private CampaignRunner Runner(string[] symbols, Cp2kEngine engine, Events events, int processes, bool retry, double box)
    {
        var plan = symbols.Select(s => Cp2k.Atom(s, box)).Select(r => new PlannedCalculation
        {
            Name = r.Name,
            System = r.System,
            Start = r.Start,
            Relax = false,
            Box = r.Box,
            EstimatedMinutes = 1,
        }).ToArray();
        var options = new CampaignRunOptions { Processes = processes, RetryFailed = retry, AttemptLimit = TimeSpan.FromMinutes(5), Heartbeat = TimeSpan.FromMilliseconds(50) };
        return new(folder, plan, engine, new LocalExecutor(0), options, events);
    }

    private sealed class Events : ICampaignObserver
    {
        private readonly List<string> all = [];
        private readonly List<(string Name, TimeSpan Elapsed, string? Doing)> heard = [];
        private int started;

        /// <summary>Reports about engines at work.</summary>
        public IReadOnlyList<(string Name, TimeSpan Elapsed, string? Doing)> Heard => heard;

        public Action<string>? OnStarted { get; init; }

        public IReadOnlyList<string> All => all;

        public IEnumerable<string> Done => all.Where(e => e.StartsWith("done ", StringComparison.Ordinal)).Select(e => e[5..]);

        public void Started(string name, string settings, bool adopted)
        {
            Add($"{(adopted ? "adopted" : "started")} {name}");
            if (Interlocked.Increment(ref started) == 1)
            {
                OnStarted?.Invoke(name);
            }
        }

        public void Running(string name, TimeSpan elapsed, string? doing)
        {
            lock (heard)
            {
                heard.Add((name, elapsed, doing));
            }
        }

        public void AttemptFailed(string name, string reason) => Add($"attempt failed {name}: {reason}");

        public void Finished(string name, double wallSeconds) => Add($"done {name}");

        public void Failed(string name, string reason) => Add($"failed {name}: {reason}");

        private void Add(string text)
        {
            lock (all)
            {
                all.Add(text);
            }
        }
    }
}
