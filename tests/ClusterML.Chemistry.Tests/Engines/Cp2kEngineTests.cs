using System.Globalization;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;
using ClusterML.Chemistry.Files;

namespace ClusterML.Chemistry.Tests.Engines;

/// <summary>Starts CP2K itself and compares what the engine reads with what stands in the output.</summary>
public sealed partial class Cp2kEngineTests : IDisposable
{
    private const double Hartree = 27.211386245988;
    private const double HartreePerBohr = Hartree / 0.529177210903;

    private static readonly Cp2kRecipe Augmented = new() { Density = DensityMethod.Gapw, Mixing = ScfMixing.Diis, Histories = 25 };
    private static readonly Cp2kRecipe Coarse = Cp2k.Quick with { Temperature = 3000, EpsScf = 1e-4, MaxScf = 60 };

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
    public async Task Read_AugmentedDensity_IsSaidAndItsForcesAddUpToLessOnACoarseGrid()
    {
        Cp2k.OrSkip();

        // Off the points of the grid, where a density that is too sharp for it is noticed.
        var dimer = Cp2k.Dimer(relax: false);
        var request = dimer with { Start = new([.. dimer.Start.Elements, Cp2k.Element("Cu")], [0.0, 0.0, 0.0, 0.1, 0.2, 2.25, 1.9, 0.3, 1.1]) };
        var plain = await Run(Coarse, request);
        var augmented = await Run(Coarse with { Density = DensityMethod.Gapw, Mixing = ScfMixing.Diis, Histories = 20 }, request);
        var output = Path.Combine(folder, "Cu12_dimer.out");
        var text = File.ReadAllText(output);
        var refused = Cp2k.Engine(Coarse with { MaxNetForce = 1e-6 }).Read(request, folder);

        Assert.Equal((null, null), (plain.Fault, augmented.Fault));
        Assert.Contains("cutoff 100 Ry rel_cutoff 30 Ry gapw EPS_DEFAULT", augmented.Calculation!.Method.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("gapw", plain.Calculation!.Method.ToString(), StringComparison.Ordinal);
        Assert.Equal(MethodDescription.Parse(augmented.Calculation.Method.ToString()), augmented.Calculation.Method);
        Assert.Equal(Number(SumOfForces().Matches(text)[^1].Groups[1].Value) * HartreePerBohr / 3, augmented.Calculation.NetForce, 1e-6);
        Assert.True(augmented.Calculation.NetForce < 0.5 * plain.Calculation.NetForce, $"{augmented.Calculation.NetForce} against {plain.Calculation.NetForce}");
        Assert.Contains("more than max_net_force 1E-06: a cutoff of 100 Ry is too coarse", refused.Fault, StringComparison.Ordinal);

        // A density that came to rest where the commutator did not vanish is no self-consistent one.
        File.WriteAllText(output, LastCommutator().Replace(text, "${before}0.28E+00", 1));
        Assert.Equal("the SCF did not converge", Cp2k.Engine(Coarse).Read(request, folder).Fault);
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
        var engine = Cp2k.Engine(new Cp2kRecipe());

        Assert.Equal(engine.Inputs(Cp2k.Dimer(true), 0), engine.Inputs(Cp2k.Dimer(true), 0));
        Assert.NotEqual(InputHash.Of(engine.Inputs(Cp2k.Dimer(true), 0)), InputHash.Of(engine.Inputs(Cp2k.Dimer(true), 1)));
    }

    [Fact]
    public void Inputs_Rung_ChangesHowToConvergeAndNothingElse()
    {
        var engine = Cp2k.Engine(new Cp2kRecipe { Ladder = [new() { Alpha = 0.05, Beta = 3, Histories = 4, MaxScf = 300, MaxSteps = 60 }] });

        var recipe = engine.Inputs(Cp2k.Dimer(true), 0).Values.Single().Split('\n');
        var rung = engine.Inputs(Cp2k.Dimer(true), 1).Values.Single().Split('\n');

        Assert.Equal(["ALPHA 0.05", "BETA 3", "NBROYDEN 4", "MAX_SCF 300", "MAX_ITER 60"], rung.Except(recipe).Select(l => l.Trim()));
    }

    [Fact]
    public void Inputs_Wavelet_IsNotPeriodicAnywhere()
    {
        var engine = Cp2k.Engine(new Cp2kRecipe());

        var lines = engine.Inputs(Cp2k.Dimer(true), 0).Values.Single().Split('\n').Select(l => l.Trim()).ToArray();

        Assert.Equal(2, lines.Count(l => l == "PERIODIC NONE"));
        Assert.Contains("PSOLVER WAVELET", lines);
        Assert.Contains("EPS_SCF 1E-05", lines);
        Assert.Contains("MAX_FORCE 0.00065", lines);
    }

    [Fact]
    public void Inputs_FreeAtom_AreThoseOfTheFrozenRecipe()
    {
        var engine = Cp2k.Engine(new Cp2kRecipe());

        var lines = engine.Inputs(Cp2k.Atom("Ti", 12), 0).Values.Single().Split('\n').Select(l => l.Trim()).ToArray();

        Assert.Equal(
            ["MULTIPLICITY 3", "MINIMIZER CG", "ENERGY_GAP 0.05", "PRECONDITIONER FULL_ALL", "MAX_SCF 5", "MAX_SCF 60", "ABC 12.0 12.0 12.0"],
            lines.Where(l => l.Split(' ')[0] is "MULTIPLICITY" or "MINIMIZER" or "ENERGY_GAP" or "PRECONDITIONER" or "MAX_SCF" or "ABC"));
    }

    [Theory]
    [InlineData("Fe13", 13 * 16, 45)]
    [InlineData("Fe12Pt_in", (12 * 16) + 18, 43)]
    [InlineData("Fe12Co_in", (12 * 16) + 17, 44)]
    public void Inputs_PolarisedHost_HaveAFreeMomentAndAGuessOfTheRightParity(string name, int electrons, int multiplicity)
    {
        var system = ClusterSystem.Parse(name)!;
        var request = Cp2k.Dimer(true) with { Name = name, System = system, Start = StartingGeometry.X12TM(system.Host, system.Dopant, Site.In) };

        var text = Cp2k.Engine(Augmented).Inputs(request, 0).Values.Single();

        Assert.Contains(FormattableString.Invariant($"MULTIPLICITY {multiplicity}\n"), text, StringComparison.Ordinal);
        Assert.Contains("MAGNETIZATION 3.4\n", text, StringComparison.Ordinal);
        Assert.Contains("ADDED_MOS 60 60\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FIXED_MAGNETIC_MOMENT", text, StringComparison.Ordinal);

        // An even number of electrons has an odd multiplicity, whatever the guess says.
        Assert.NotEqual(electrons % 2, multiplicity % 2);
    }

    [Fact]
    public void Inputs_Diis_ExtrapolatesFromTheSecondStepOnAndMixesNothing()
    {
        var lines = Cp2k.Engine(Augmented).Inputs(Cp2k.Dimer(relax: true), 0).Values.Single().Split('\n').Select(l => l.Trim()).ToArray();

        Assert.Equal(
            ["METHOD GAPW", "METHOD DIRECT_P_MIXING", "ALPHA 1", "NMIXING 1", "EPS_DIIS 1000", "MAX_DIIS 25"],
            lines.Where(l => l.Split(' ')[0] is "ALPHA" or "BETA" or "NMIXING" or "NBROYDEN" or "EPS_DIIS" or "MAX_DIIS" || l is "METHOD GAPW" or "METHOD DIRECT_P_MIXING"));
    }

    [Fact]
    public async Task Read_PolarisedClusterWithDiis_SaysTheMomentAndEnergyOfTheOutput()
    {
        Cp2k.OrSkip();
        var recipe = Coarse with { Density = DensityMethod.Gapw, Mixing = ScfMixing.Diis, Histories = 20, Spin = new() { Hosts = ["Cu"], Moments = new Dictionary<string, double> { ["Cu"] = 1 } } };

        var outcome = await Run(recipe, Cp2k.Dimer(relax: false));

        var text = File.ReadAllText(Path.Combine(folder, "Cu12_dimer.out"));
        Assert.Null(outcome.Fault);
        var result = outcome.Calculation!;
        Assert.Equal(Number(Energies().Matches(text)[^1].Groups[1].Value) * Hartree, result.FreeEnergy, 1e-6);
        Assert.Equal(Number(Moments().Matches(text)[^1].Groups[1].Value), result.MagneticMoment, 6);
        Assert.InRange(result.MagneticMoment, -0.1, 0.1);
        Assert.Equal(result.MagneticMoment, result.SpinPopulations!.Sum(), 1e-3);
        Assert.Equal(("UKS", 3), (result.Method.Spin, result.Multiplicity));
    }

    private static double Distance(IReadOnlyList<double[]> positions) =>
        Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(positions[0][i] - positions[1][i], 2)));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private async Task<EngineOutcome> Run(Cp2kRecipe recipe, CalculationRequest request)
    {
        var engine = Cp2k.Engine(recipe);
        foreach (var (name, text) in engine.Inputs(request, 0))
        {
            AtomicFile.WriteText(Path.Combine(folder, name), text);
        }

        await new LocalExecutor(0).RunAsync(engine.Command(request), folder, TimeSpan.FromMinutes(20), TestContext.Current.CancellationToken);
        return engine.Read(request, folder);
    }

    [GeneratedRegex(@"SUM OF ATOMIC FORCES.*\s(\d+\.\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex SumOfForces();

    [GeneratedRegex(@"(?<before>^ +\d+ DIIS/Diag\. +)\S+(?=[^\n]*\n\s*\*\*\* SCF run converged)", RegexOptions.Multiline)]
    private static partial Regex LastCommutator();

    [GeneratedRegex(@"ENERGY\| Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Energies();

    [GeneratedRegex(@"# Total charge and spin.*\s(-?\d+\.\d+)")]
    private static partial Regex Moments();

    [GeneratedRegex(@"Electronic entropic energy:\s+(-?\d+\.\d+)")]
    private static partial Regex Entropies();

    [GeneratedRegex(@"^\s+\d+\s+\d+\s+Cu\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Forces();
}
