using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Engines;
using ClusterML.Chemistry.Engines.Cp2k;

namespace ClusterML.Chemistry.Tests.Engines;

/// <summary>The real CP2K, at settings that make it quick; skipped where it is not installed, unless CI asks for it.</summary>
internal static class Cp2k
{
    public const string Program = "cp2k.psmp";
    public const string Data = "/usr/share/cp2k";

    public static readonly Cp2kRecipe Quick = new()
    {
        Cutoff = 100,
        RelCutoff = 30,
        AddedOrbitals = 10,
        EpsDefault = 1e-8,
        Poisson = PoissonSolver.Periodic,
        MaxSteps = 4,
        MaxNetForce = 10,
        Ladder = [],
        Atoms = new() { EpsScf = 5e-5, Minimizer = "DIIS", MaxScf = 40, OuterScf = 4, Ladder = [] },
    };

    public static void OrSkip()
    {
        var there = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, Program)));
        if (!there && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{Program} is not installed");
        }

        Assert.SkipUnless(there, $"{Program} is not installed");
    }

    public static Cp2kEngine Engine(Cp2kRecipe recipe) => new(recipe, Program, Data);

    public static CalculationRequest Atom(string symbol, double box = 5) => new()
    {
        Name = $"{symbol}_atom",
        System = ClusterSystem.Parse($"{symbol}_atom")!,
        Start = new([Element(symbol)], [0.0, 0.0, 0.0]),
        Relax = false,
        Box = box,
    };

    /// <summary>Two copper atoms under the name of a cluster: small, and all that a cluster has.</summary>
    public static CalculationRequest Dimer(bool relax) => new()
    {
        Name = "Cu12_dimer",
        System = ClusterSystem.Parse("Cu12_dimer")!,
        Start = new([Element("Cu"), Element("Cu")], [0.0, 0.0, 0.0, 0.0, 0.0, 2.25]),
        Relax = relax,
        Box = 7,
    };

    public static Element Element(string symbol) => ElementTable.Default.Find(symbol)!;
}
