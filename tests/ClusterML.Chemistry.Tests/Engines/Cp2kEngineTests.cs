using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Files;
using ClusterML.Chemistry.Tests.Campaigns;

namespace ClusterML.Chemistry.Tests.Engines;

/// <summary>Starts CP2K itself and compares what the engine reads with what stands in the output.</summary>
public sealed partial class Cp2kEngineTests : IDisposable
{
    private const double Hartree = 27.211386245988;
    private const double HartreePerBohr = Hartree / 0.529177210903;
    private readonly string folder = Directory.CreateTempSubdirectory("cp2k-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Read_RelaxationOfASmallCluster_SaysWhatTheOutputSays()
    {
        Cp2k.OrSkip();
        var request = Cp2k.Dimer(relax: true);

        var outcome = await Run(Cp2k.Quick with { Cutoff = 200, MaxForce = 0.3, StopForce = 0.01, StopRmsForce = 0.01, StopMove = 1, StopRmsMove = 1, EpsScf = 1e-4 }, request);

        var output = File.ReadAllText(Path.Combine(folder, "Cu12_dimer.out"));
        var calculation = outcome.Calculation!;
        Assert.Null(outcome.Fault);
        Assert.True(outcome.Ended);
        Assert.True(calculation.ScfConverged);
        Assert.True(calculation.GeometryConverged);
        Assert.Contains("GEOMETRY OPTIMIZATION COMPLETED", output, StringComparison.Ordinal);

        // What counts is the last evaluation with forces; the one after it, at the same place, is only asked for the energy.
        var forces = output.LastIndexOf("ATOMIC FORCES in", StringComparison.Ordinal);
        var energies = Energies().Matches(output[..forces]).Select(m => Number(m.Groups[1].Value)).ToArray();
        Assert.Equal(energies.Length + 1, Energies().Count(output));
        Assert.Equal(energies[^1] * Hartree, calculation.FreeEnergy, 1e-6);
        Assert.Equal(energies.Length + 1, outcome.Steps);
        var entropic = Number(Entropies().Matches(output[..forces])[^1].Groups[1].Value) * Hartree;
        Assert.Equal(calculation.FreeEnergy - (entropic / 2), calculation.Energy, 1e-6);

        var lengths = Forces().Matches(output[forces..]).Take(2)
            .Select(m => Math.Sqrt(Enumerable.Range(1, 3).Sum(i => Math.Pow(Number(m.Groups[i].Value), 2))) * HartreePerBohr).ToArray();
        Assert.Equal(lengths.Max(), calculation.MaxForce, 1e-5);
        Assert.EndsWith("EPS_DEFAULT 1E-08 EPS_SCF 0.0001 MAX_FORCE 0.3 eV/A", calculation.Method.ToString(), StringComparison.Ordinal);

        Assert.Equal(2, calculation.Charges["Mulliken"].Length);
        Assert.Equal(0, calculation.Charges["Mulliken"].Sum(), 1e-4);
        Assert.True(calculation.Gap >= 0);
        Assert.InRange(calculation.DBandCentre, -10, 0);
        Assert.InRange(Distance(calculation.Positions), 1.9, 2.6);
    }

    [Fact]
    public async Task Read_ScfThatMayNotConverge_IsAFault()
    {
        Cp2k.OrSkip();

        var outcome = await Run(Cp2k.Quick with { MaxScf = 2 }, Cp2k.Dimer(relax: false));

        Assert.Equal("the SCF did not converge", outcome.Fault);
    }

    [Fact]
    public async Task Read_OutputCutOff_IsNotEnded()
    {
        Cp2k.OrSkip();
        var request = Cp2k.Atom("Pd");
        await Run(Cp2k.Quick, request);
        var output = Path.Combine(folder, "Pd_atom.out");
        var text = File.ReadAllText(output);
        File.WriteAllText(output, text[..(text.Length / 2)]);

        var outcome = Cp2k.Engine(Cp2k.Quick).Read(request, folder);

        Assert.False(outcome.Ended);
        Assert.NotNull(outcome.Fault);
    }

    [Fact]
    public void Inputs_SameRequest_SameText()
    {
        IEngine engine = Cp2k.Engine(new Cp2kRecipe());

        Assert.Equal(engine.Inputs(Cp2k.Dimer(true), 0), engine.Inputs(Cp2k.Dimer(true), 0));
        Assert.NotEqual(InputHash.Of(engine.Inputs(Cp2k.Dimer(true), 0)), InputHash.Of(engine.Inputs(Cp2k.Dimer(true), 1)));
    }

    [Fact]
    public void Inputs_Rung_ChangesHowToConvergeAndNothingElse()
    {
        IEngine engine = Cp2k.Engine(new Cp2kRecipe { Ladder = [new() { Alpha = 0.05, Beta = 3, Histories = 4, MaxScf = 300, MaxSteps = 60 }] });

        var recipe = engine.Inputs(Cp2k.Dimer(true), 0).Values.Single().Split('\n');
        var rung = engine.Inputs(Cp2k.Dimer(true), 1).Values.Single().Split('\n');

        Assert.Equal(["ALPHA 0.05", "BETA 3", "NBROYDEN 4", "MAX_SCF 300", "MAX_ITER 60"], rung.Except(recipe).Select(l => l.Trim()));
    }

    [Fact]
    public void Inputs_Wavelet_IsNotPeriodicAnywhere()
    {
        IEngine engine = Cp2k.Engine(new Cp2kRecipe());

        var lines = engine.Inputs(Cp2k.Dimer(true), 0).Values.Single().Split('\n').Select(l => l.Trim()).ToArray();

        Assert.Equal(2, lines.Count(l => l == "PERIODIC NONE"));
        Assert.Contains("PSOLVER WAVELET", lines);
        Assert.Contains("EPS_SCF 1E-05", lines);
        Assert.Contains("MAX_FORCE 0.00065", lines);
    }

    [Fact]
    public void Inputs_FreeAtom_AreThoseOfTheFrozenRecipe()
    {
        IEngine engine = Cp2k.Engine(new Cp2kRecipe());

        var lines = engine.Inputs(Cp2k.Atom("Ti", 12), 0).Values.Single().Split('\n').Select(l => l.Trim()).ToArray();

        Assert.Equal(
            ["MULTIPLICITY 3", "MINIMIZER CG", "ENERGY_GAP 0.05", "PRECONDITIONER FULL_ALL", "MAX_SCF 5", "MAX_SCF 60", "ABC 12.0 12.0 12.0"],
            lines.Where(l => l.Split(' ')[0] is "MULTIPLICITY" or "MINIMIZER" or "ENERGY_GAP" or "PRECONDITIONER" or "MAX_SCF" or "ABC"));
    }

    [Theory]
    [InlineData("Fe13", 13 * 16, 45)]
    [InlineData("Fe12Pt_in", (12 * 16) + 18, 43)]
    [InlineData("Fe12Co_in", (12 * 16) + 17, 44)]
    public void Steps_PolarisedHost_RelaxesWithTheMomentHeldAndThenLetsItGo(string name, int electrons, int multiplicity)
    {
        var system = ClusterSystem.Parse(name)!;
        var request = Cp2k.Dimer(true) with { Name = name, System = system, Start = StartingGeometry.X12TM(system.Host, system.Dopant, Site.In) };

        var steps = Cp2k.Engine(new Cp2kRecipe()).Steps(request, 0);

        Assert.Equal(["moment", "held", ""], steps.Select(s => s.Name));
        Assert.Equal([false, true, true], steps.Select(s => s.TakesOver));
        Assert.Equal([true, false, false], steps.Select(s => s.IsRough));
        var (moment, held, free) = (steps[0].Inputs.Values.Single(), steps[1].Inputs.Values.Single(), steps[2].Inputs.Values.Single());
        Assert.All([moment, held], text => Assert.Contains(FormattableString.Invariant($"FIXED_MAGNETIC_MOMENT {multiplicity - 1}\n"), text, StringComparison.Ordinal));
        Assert.Contains("RUN_TYPE ENERGY\n", moment, StringComparison.Ordinal);
        Assert.Contains("SCF_GUESS ATOMIC", moment, StringComparison.Ordinal);
        Assert.Contains("&PDOS", moment, StringComparison.Ordinal);
        Assert.Contains("RUN_TYPE GEO_OPT\n", held, StringComparison.Ordinal);
        Assert.Contains("SCF_GUESS RESTART", held, StringComparison.Ordinal);
        Assert.DoesNotContain("FIXED_MAGNETIC_MOMENT", free, StringComparison.Ordinal);
        Assert.Contains("EPS_SCF 4E-05\n", moment, StringComparison.Ordinal);
        Assert.Contains("EPS_SCF 1E-05\n", held, StringComparison.Ordinal);
        Assert.Contains("EPS_SCF 1E-05\n", free, StringComparison.Ordinal);
        Assert.Contains("RUN_TYPE ENERGY_FORCE\n", free, StringComparison.Ordinal);
        Assert.Contains("SCF_GUESS RESTART", free, StringComparison.Ordinal);
        Assert.All(steps, step => Assert.Contains(FormattableString.Invariant($"MULTIPLICITY {multiplicity}\n"), step.Inputs.Values.Single(), StringComparison.Ordinal));
        Assert.All(steps, step => Assert.Contains("MAGNETIZATION 3.4\n", step.Inputs.Values.Single(), StringComparison.Ordinal));
        Assert.Contains("ADDED_MOS 60 60", free, StringComparison.Ordinal);

        // An even number of electrons has an odd multiplicity, whatever the guess says.
        Assert.NotEqual(electrons % 2, multiplicity % 2);
    }

    [Fact]
    public void Steps_PolarisedHostThatGoesOn_HoldsTheMomentThatWasFound()
    {
        var system = ClusterSystem.Parse("Fe13")!;
        var request = Cp2k.Dimer(true) with
        {
            Name = "Fe13",
            System = system,
            Start = StartingGeometry.X13(system.Host),
            Continues = true,
            HasOrbitals = true,
            Moment = 41.8312,
        };
        var engine = Cp2k.Engine(new Cp2kRecipe());

        var goesOn = engine.Steps(request, 0);
        var rung = engine.Steps(request with { Continues = false }, 1);

        Assert.Contains("FIXED_MAGNETIC_MOMENT 41.83\n", goesOn[0].Inputs.Values.Single(), StringComparison.Ordinal);
        Assert.All(goesOn, step => Assert.True(step.TakesOver));
        Assert.Contains("ALPHA 0.05\n", Assert.Single(rung).Inputs.Values.Single(), StringComparison.Ordinal);
        Assert.Equal(["moment", "held", ""], engine.Steps(request with { Continues = false, HasOrbitals = false }, 1).Select(s => s.Name));
    }

    [Theory]
    [InlineData(-0.110301, -0.107332, 42.32)]
    [InlineData(-0.109129, -0.120625, 40.75)]
    [InlineData(-0.13, -0.10, 45.0)]
    [InlineData(-0.111115, -0.111193, null)]
    [InlineData(-0.110301, -0.109301, null)]
    public void MomentToHold_FermiLevelsOfTheSpins_MovesElectronsToTheLowerOne(double up, double down, double? expected)
    {
        var system = ClusterSystem.Parse("Fe12Pt_in")!;
        var request = Cp2k.Dimer(true) with { Name = "Fe12Pt_in", System = system, Start = StartingGeometry.X12TM(system.Host, system.Dopant, Site.In) };
        var engine = Cp2k.Engine(new Cp2kRecipe());
        foreach (var (spin, fermi) in new[] { ("ALPHA", up), ("BETA", down) })
        {
            File.WriteAllText(Path.Combine(folder, $"Fe12Pt_in-{spin}_k1-1.pdos"), FormattableString.Invariant($"""
                # Projected DOS for atomic kind Pt at iteration step i = 0, E(Fermi) =    {fermi:0.000000} a.u.
                #     MO Eigenvalue [a.u.]      Occupation                 s                 p                 d
                       1          -0.500000          1.000000        0.10000000        0.10000000        0.80000000

                """));
        }

        var steps = engine.Steps(request, 0);

        Assert.Equal(expected, engine.MomentToHold(steps[0], [(request, folder)]));
        Assert.Equal(expected, engine.MomentToHold(steps[1], [(request, folder)]));
        Assert.Null(engine.MomentToHold(steps[2], [(request, folder)]));
        Assert.Null(engine.MomentToHold(steps[1], [.. Enumerable.Repeat((request, folder), new Cp2kSpin().MomentRepeats + 1)]));
    }

    [Fact]
    public void Steps_MomentThatWasMovedOnTheWay_BeginWithTheOrbitalsOfTheOneBefore()
    {
        var system = ClusterSystem.Parse("Fe13")!;
        var request = Cp2k.Dimer(true) with { Name = "Fe13", System = system, Start = StartingGeometry.X13(system.Host), Moment = 42.7 };

        var steps = Cp2k.Engine(new Cp2kRecipe()).Steps(request, 0);

        Assert.Equal(["moment", "held", ""], steps.Select(s => s.Name));
        Assert.All(steps, step => Assert.True(step.TakesOver));
        Assert.All(steps.Take(2), step => Assert.Contains("FIXED_MAGNETIC_MOMENT 42.7\n", step.Inputs.Values.Single(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Steps_HeldAndThenFree_EndWithAMomentThatIsNotHeld()
    {
        Cp2k.OrSkip();
        var recipe = Cp2k.Quick with { Temperature = 3000, EpsScf = 1e-3, Spin = new() { Hosts = ["Cu"], Moments = new Dictionary<string, double> { ["Cu"] = 1 } } };
        var request = Cp2k.Dimer(relax: false);
        var engine = Cp2k.Engine(recipe);
        var runs = new EngineRuns(engine, new LocalExecutor(0), new() { AttemptLimit = TimeSpan.FromMinutes(20) }, new QuietObserver(), TimeProvider.System);
        string? before = null;
        foreach (var step in engine.Steps(request, 0))
        {
            var work = Path.Combine(folder, $"run-{step.Name}");
            await runs.RunAsync(request, step, work, before, _ => { }, TestContext.Current.CancellationToken);
            before = work;
        }

        var held = File.ReadAllText(Path.Combine(folder, "run-held", "Cu12_dimer.out"));
        var free = File.ReadAllText(Path.Combine(folder, "run-", "Cu12_dimer.out"));
        Assert.Equal(2.0, Number(Moments().Matches(held)[^1].Groups[1].Value), 3);
        Assert.Matches(@"Density guess:\s+RESTART", free);
        Assert.True(Iterations().Count(free) < Iterations().Count(held));
        var outcome = engine.Read(request, before!);
        Assert.Null(outcome.Fault);
        var result = outcome.Calculation!;
        Assert.Equal(Number(Moments().Matches(free)[^1].Groups[1].Value), result.MagneticMoment, 6);
        Assert.InRange(result.MagneticMoment, -0.1, 0.1);
        Assert.Equal(result.MagneticMoment, result.SpinPopulations!.Sum(), 1e-3);
        Assert.Equal(("UKS", 3), (result.Method.Spin, result.Multiplicity));
    }

    private static double Distance(IReadOnlyList<double[]> positions) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(positions[0][i] - positions[1][i], 2)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private async Task<EngineOutcome> Run(Cp2kRecipe recipe, CalculationRequest request)
    {
        IEngine engine = Cp2k.Engine(recipe);
        foreach (var (name, text) in engine.Inputs(request, 0))
        {
            AtomicFile.WriteText(Path.Combine(folder, name), text);
        }

        await new LocalExecutor(0).RunAsync(engine.Command(request), folder, TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken);
        return engine.Read(request, folder);
    }

    [GeneratedRegex(@"ENERGY\| Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Energies();

    [GeneratedRegex(@"# Total charge and spin.*\s(-?\d+\.\d+)")]
    private static partial Regex Moments();

    [GeneratedRegex("Broy./Diag.")]
    private static partial Regex Iterations();

    [GeneratedRegex(@"Electronic entropic energy:\s+(-?\d+\.\d+)")]
    private static partial Regex Entropies();

    [GeneratedRegex(@"^\s+\d+\s+\d+\s+Cu\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Forces();
}
