using System.Globalization;
using System.Text.RegularExpressions;
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
    private readonly string folder = Directory.CreateTempSubdirectory("cp2k-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Read_RelaxationOfASmallCluster_SaysWhatTheOutputSays()
    {
        Cp2k.OrSkip();
        var request = Cp2k.Dimer(relax: true);

        var outcome = await Run(Cp2k.Quick with { Cutoff = 200, MaxForce = 0.01, RmsForce = 0.01, MaxMove = 1, RmsMove = 1 }, request);

        var output = File.ReadAllText(Path.Combine(folder, "Cu12_dimer.out"));
        var calculation = outcome.Calculation!;
        Assert.Null(outcome.Fault);
        Assert.True(outcome.Ended);
        Assert.True(calculation.ScfConverged);
        Assert.True(calculation.GeometryConverged);
        Assert.Contains("GEOMETRY OPTIMIZATION COMPLETED", output, StringComparison.Ordinal);

        var energies = Energies().Matches(output).Select(m => Number(m.Groups[1].Value)).ToArray();
        Assert.Equal(energies[^1] * Hartree, calculation.FreeEnergy, 1e-6);
        Assert.Equal(energies.Length, outcome.Steps);
        var entropic = Number(Entropies().Matches(output)[^1].Groups[1].Value) * Hartree;
        Assert.Equal(calculation.FreeEnergy - (entropic / 2), calculation.Energy, 1e-6);

        var forces = Forces().Matches(output[output.LastIndexOf("ATOMIC FORCES in", StringComparison.Ordinal)..]).Take(2)
            .Select(m => Math.Sqrt(Enumerable.Range(1, 3).Sum(i => Math.Pow(Number(m.Groups[i].Value), 2))) * HartreePerBohr).ToArray();
        Assert.Equal(forces.Max(), calculation.MaxForce, 1e-5);

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

        await new LocalExecutor(10).RunAsync(engine.Command(request), folder, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        return engine.Read(request, folder);
    }

    [GeneratedRegex(@"ENERGY\| Total FORCE_EVAL.*?(-?\d+\.\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Energies();

    [GeneratedRegex(@"Electronic entropic energy:\s+(-?\d+\.\d+)")]
    private static partial Regex Entropies();

    [GeneratedRegex(@"^\s+\d+\s+\d+\s+Cu\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)\s+(-?\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Forces();
}
