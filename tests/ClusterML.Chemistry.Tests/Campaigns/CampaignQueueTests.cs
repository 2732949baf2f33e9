using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Structures;

namespace ClusterML.Chemistry.Tests.Campaigns;

/// <summary>The logic of queue and ladder, without a program; <see cref="CampaignRunnerTests"/> has the real one.</summary>
public sealed class CampaignQueueTests : IDisposable
{
    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K cutoff 300 Ry";
    private readonly CampaignFolder folder = new(Directory.CreateTempSubdirectory("queue-").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    [Fact]
    public async Task RunAsync_RelaxationShortOfItsThreshold_GoesOnFromItsLastGeometryOnTheSameRung()
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X + 1, run.X < 2 ? "not yet" : null), rungs: 2, continuations: 2);

        await Run(engine, Plan("Ti13"));

        Assert.Equal(
            [("rung-0", 0.0, false, ""), ("rung-0-2", 1.0, true, "rung-0"), ("rung-0-3", 2.0, true, "rung-0-2")],
            engine.Runs.Select(r => (r.Folder, r.X, r.Continues, r.Orbitals)));
        Assert.Equal("", folder.Result("Ti13")!.Settings);
        Assert.Equal(3, folder.Result("Ti13")!.CpuSeconds);
        Assert.Empty(Directory.EnumerateFiles(folder.WorkFolder("Ti13"), "orbitals", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task RunAsync_BoundOfGoingOn_ThenTheNextRung()
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X + 1, run.Rung == 0 ? "not yet" : null), rungs: 2, continuations: 1);

        await Run(engine, Plan("Ti13"));

        Assert.Equal(["rung-0", "rung-0-2", "rung-1"], engine.Runs.Select(r => r.Folder));
        Assert.Equal("rung 1", folder.Result("Ti13")!.Settings);
    }

    [Fact]
    public async Task RunAsync_ScfThatFailed_IsNotGoneOnFrom()
    {
        var engine = new FakeEngine(
            run => run.Rung == 0 ? Outcome(run.Name, 7, "the SCF did not converge", converged: false) : Outcome(run.Name, run.X, null), rungs: 2, continuations: 3);

        await Run(engine, Plan("Ti13"));

        Assert.Equal([(0, 0.0, false), (1, 0.0, false)], engine.Runs.Select(r => (r.Rung, r.X, r.HasOrbitals)));
    }

    [Fact]
    public async Task RunAsync_FaultThatNoRungMends_FailsAtOnce()
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, "the grid is too coarse") with { IsFinal = true }, rungs: 3, continuations: 2);

        await Run(engine, Plan("Ti13"));

        Assert.Equal("rung-0", Assert.Single(engine.Runs).Folder);
        Assert.Contains("the grid is too coarse", folder.Failure("Ti13")!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RelaxationThatGoesOn_BeginsWithTheOrbitalsAndGeometryOfTheLastSoundRun()
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X + 1, run.Continues ? null : "too large"), continuations: 1);

        await Run(engine, Plan("Fe13"));

        Assert.Equal([("rung-0", 0.0, false, ""), ("rung-0-2", 1.0, true, "rung-0")], engine.Runs.Select(r => (r.Folder, r.X, r.HasOrbitals, r.Orbitals)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1]")]
    public async Task RunAsync_DamagedRecords_AreDoneAgainFromWhatTheOutputSays(string damage)
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, null));
        await Run(engine, Plan("Ti13"));
        File.Delete(folder.ResultFile("Ti13"));
        var work = folder.RunFolder("Ti13", 0, 0);
        File.WriteAllText(Path.Combine(work, "attempt.json"), damage);
        File.WriteAllText(Path.Combine(work, "process.json"), damage);
        Assert.Null(new LocalExecutor(0).TryAdopt(work, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        await Run(engine, Plan("Ti13"));

        Assert.Single(engine.Runs);
        Assert.NotNull(folder.Result("Ti13"));
    }

    [Fact]
    public async Task RunAsync_Processes_AreBoundedAndNothingRunsTwice()
    {
        var (now, most) = (0, 0);
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, null))
        {
            OnRun = async (_, cancellation) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Delay(20, cancellation);
                Interlocked.Decrement(ref now);
            },
        };
        var plan = Plan("Ti13", "Zr13", "Hf13", "Fe13", "Sc13", "Cu13");

        await Task.WhenAll(Run(engine, plan, processes: 2), Run(engine, plan, processes: 1));

        Assert.InRange(most, 1, 3);
        Assert.Equal(plan.Select(p => p.Name).Order(StringComparer.Ordinal), engine.Runs.Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RunAsync_FinishedNeighbour_IsTheFirstGuessOfTheNextDopantAndIsRecorded()
    {
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, null));
        var options = new CampaignOptions { Hosts = ["Ti"], Dopants = ["Pt", "Pd"], References = [], FrozenHosts = false };
        var plan = CampaignPlan.Make(options, ["Ti", "Pt", "Pd"], new Dictionary<string, Structure>());

        await Run(engine, plan);

        Assert.Equal(("ideal", "Ti13"), (folder.Result("Ti13")!.StartGeometry, folder.Result("Ti12Pt_in")!.StartGeometry));
        Assert.Equal("Ti12Pt_in", folder.Result("Ti12Pd_in")!.StartGeometry);
        Assert.Equal("Ti12Pt_out", folder.Result("Ti12Pd_out")!.StartGeometry);
        var start = folder.Start("Ti12Pd_in")!.Value.Start;
        Assert.Equal(1, start.Elements.Count(e => e.Symbol == "Pd"));
    }

    [Fact]
    public void Make_Turns_GiveFeTwoPairsEachAndValidationComesLater()
    {
        var options = new CampaignOptions
        {
            Hosts = ["Ti", "Zr", "Hf", "Fe"],
            Turns = ["Ti", "Fe", "Zr", "Fe", "Hf"],
            Dopants = ["Pt", "Ni", "Nb"],
            Validation = ["Cu"],
            References = [],
            FrozenHosts = false,
        };
        var names = CampaignPlan.Make(options, ["Ti", "Zr", "Hf", "Fe", "Pt", "Ni", "Nb", "Cu"], new Dictionary<string, Structure>()).Select(p => p.Name).ToArray();

        var pairs = names.Where(n => n.EndsWith("_in", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["Ti12Pt_in", "Fe12Pt_in", "Zr12Pt_in", "Fe12Ni_in", "Hf12Pt_in", "Ti12Ni_in"], pairs[..6]);
        Assert.Equal(12, pairs.Length);
        Assert.Equal(["Cu_atom", "Cu13"], names[(Array.IndexOf(names, "Ti12Ni_out") + 1)..][..2]);
    }

    [Theory]
    [InlineData("Ti", 11.0)]
    [InlineData("Cu", 10.5)]
    public void BoxOf_Host_IsNamedOrAsLargeAsItsX13(string host, double box)
    {
        var options = new CampaignOptions { Boxes = new Dictionary<string, double> { ["Ti"] = 11.0 } };

        Assert.Equal(box, options.BoxOf(ElementTable.Default.Find(host)!), 0.51);
        Assert.Equal(0, options.BoxOf(ElementTable.Default.Find("Cu")!) % 0.5, 1e-9);
    }

    private static EngineOutcome Outcome(string name, double x, string? fault, bool converged = true)
    {
        var system = ClusterSystem.Parse(name)!;
        var start = system.Kind == SystemKind.FreeAtom ? new Structure([system.Host], [0.0, 0.0, 0.0])
            : StartingGeometry.X12TM(system.Host, system.Dopant, system.Site ?? Site.In);
        var positions = Enumerable.Range(0, start.Count).Select(i => start.Position(i).ToArray()).ToArray();
        if (system.Kind == SystemKind.X13)
        {
            positions[0][0] = x;
        }

        var calculation = new Calculation
        {
            File = "",
            Name = name,
            System = system,
            Method = MethodDescription.Parse(Method),
            Energy = -1,
            ScfConverged = converged,
            GeometryConverged = fault is null,
            MaxForce = fault is null ? 0.01 : 1,
            Symbols = [.. start.Elements.Select(e => e.Symbol)],
            Positions = positions,
            IsPilot = false,
        };
        return new(true, calculation, fault, 3);
    }

    private static PlannedCalculation[] Plan(params string[] names) => [.. names.Select(name => new PlannedCalculation
    {
        Name = name,
        System = ClusterSystem.Parse(name)!,
        Start = StartingGeometry.X13(ClusterSystem.Parse(name)!.Host),
        Relax = true,
        Box = 11,
        EstimatedMinutes = 1,
    })];

    [Fact]
    public async Task RunAsync_EngineAtWork_IsReportedUntilItEnds()
    {
        var heard = new TaskCompletionSource();
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, null)) { OnRun = (_, cancellation) => heard.Task.WaitAsync(cancellation) };
        var said = new List<string?>();
        var observer = new QuietObserver((name, doing) =>
        {
            said.Add($"{name} {doing}");
            if (said.Count == 2)
            {
                heard.SetResult();
            }
        });

        await new CampaignRunner(folder, Plan("Ti13"), engine, engine, new() { Heartbeat = TimeSpan.FromMilliseconds(5) }, observer).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(said.Count >= 2);
        Assert.All(said, text => Assert.Equal("Ti13 at work in rung-0", text));
    }

    [Fact]
    public async Task RunAsync_RunThatWasInterruptedAndBeginsAgain_KeepsWhatItTook()
    {
        var stopped = new CancellationTokenSource();
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, null))
        {
            OnRun = async (run, cancellation) =>
            {
                // What the executor notes of a process while it lives; the second process takes one second.
                var work = Path.Combine(folder.WorkFolder(run.Name), run.Folder);
                if (!stopped.IsCancellationRequested)
                {
                    File.WriteAllText(Path.Combine(work, "usage.json"), """{"WallSeconds":100,"CpuSeconds":40}""");
                    await stopped.CancelAsync();
                    cancellation.ThrowIfCancellationRequested();
                }
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(engine, Plan("Ti13"), cancellation: stopped.Token));
        var between = CampaignStatus.Of(folder, Plan("Ti13"));
        await Run(engine, Plan("Ti13"));
        var after = CampaignStatus.Of(folder, Plan("Ti13"));

        Assert.Equal(40.0 / 3600, between.CpuHours, 1e-12);
        Assert.Equal(41, folder.Result("Ti13")!.CpuSeconds);
        Assert.Equal(41.0 / 3600, after.CpuHours, 1e-12);
        Assert.Equal(0, after.UnknownRuns);
    }

    [Fact]
    public async Task Status_RetryOfAFailure_KeepsWhatTheAttemptsBeforeTook()
    {
        var works = false;
        var engine = new FakeEngine(run => Outcome(run.Name, run.X, works ? null : "the SCF did not converge", converged: works), rungs: 2);
        await Run(engine, Plan("Ti13"));
        works = true;

        await new CampaignRunner(folder, Plan("Ti13"), engine, engine, new() { RetryFailed = true }, new QuietObserver()).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, engine.Runs.Count);
        Assert.Equal(3.0 / 3600, CampaignStatus.Of(folder, Plan("Ti13")).CpuHours, 1e-12);
    }

    [Fact]
    public void Status_ProcessThatNobodyTimed_IsUnknownAndNotZero()
    {
        var run = Directory.CreateDirectory(folder.RunFolder("Ti13", 0, 0)).FullName;
        File.WriteAllText(Path.Combine(run, "process.json"), "{}");
        Directory.CreateDirectory(folder.RunFolder("Ti13", 0, 1));

        var status = CampaignStatus.Of(folder, Plan("Ti13", "Ti12_vac"));

        Assert.Equal((0.0, 1), (status.CpuHours, status.UnknownRuns));
    }

    [Fact]
    public void Status_WhatIsLeft_TakesMediansOfTheSameHostThenSpinThenKind()
    {
        void Done(string name, double minutes) => CalculationFile.Write(
            folder.ResultFile(name), Outcome(name, 0, null).Calculation! with { CpuSeconds = 60 * minutes });
        Done("Ti12Pt_in", 2);
        Done("Ti12Pd_in", 4);
        Done("Ti12Nb_in", 6);
        Done("Zr12Pd_in", 100);
        Done("Fe12Pt_in", 30);
        Done("Fe12Pt_out", 50);
        Done("Fe13", 20);

        // Ti in: three of that host. Zr in: all restricted hosts. Fe out: one polarised. Ti out: only the polarised one is outside, so the kind and spin. Pt atom: nothing.
        var plan = Plan("Ti12Pt_in", "Ti12Pd_in", "Ti12Nb_in", "Zr12Pd_in", "Fe12Pt_in", "Fe12Pt_out", "Fe13", "Ti12Ni_in", "Zr12Ni_in", "Fe12Ni_out", "Ti12Ni_out", "Pt_atom");
        var left = CampaignStatus.Of(folder, plan, system => system.Host.Symbol == "Fe").Remaining;

        Assert.Equal(4 + 5 + 50 + 5 + 1, left.CpuTime.TotalMinutes, 1e-9);
        Assert.Equal(
            [("finished ones of the same host, kind and site", 1), ("the same kind, site and spin", 2), ("the same kind and spin", 1), ("nothing measured, first guesses", 1)],
            left.Bases);
        Assert.Equal(1, left.Slowdown);
    }

    [Fact]
    public void Status_Hosts_CountEveryPairOnce()
    {
        foreach (var name in new[] { "Ti12Pt_in", "Ti12Pt_out", "Ti12Pd_in", "Ti12Nb_in" })
        {
            CalculationFile.Write(folder.ResultFile(name), Outcome(name, 0, null).Calculation!);
        }

        folder.WriteFailure(new("Ti12Nb_out", "", [new("the recipe", "the SCF did not converge", 60)]));

        var status = CampaignStatus.Of(folder, Plan("Ti12Pt_in", "Ti12Pt_out", "Ti12Pd_in", "Ti12Pd_out", "Ti12Nb_in", "Ti12Nb_out", "Ti12Ni_in", "Ti12Ni_out", "Fe12Pt_in", "Fe12Pt_out"));

        Assert.Equal([new("Ti", 1, 1, 1, 1), new("Fe", 0, 0, 0, 1)], status.Hosts);
        Assert.Equal((4, 0), status.Relaxations);
        Assert.Equal(4, status.UnknownRuns);
    }

    private Task Run(FakeEngine engine, IReadOnlyList<PlannedCalculation> plan, int processes = 1, CancellationToken? cancellation = null) =>
        new CampaignRunner(folder, plan, engine, engine, new() { Processes = processes }, new QuietObserver()).RunAsync(cancellation ?? TestContext.Current.CancellationToken);
}
