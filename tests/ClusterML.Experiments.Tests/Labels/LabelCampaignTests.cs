using ClusterML.Chemistry.Campaigns;
using ClusterML.Experiments.Labels;
using ClusterML.Experiments.Tests.Yaml.Support;
using ClusterML.Experiments.Yaml;

namespace ClusterML.Experiments.Tests.Labels;

public sealed class LabelCampaignTests : IDisposable
{
    private const string Config = """
        schema: clusterml/labels@1
        name: titanium
        folder: campaign
        systems:
          hosts: [Ti, Fe]
          turns: [Ti, Fe, Ti]
          dopants: [Pd]
          validation: [Nb]
          boxes: {Ti: 11.0}
        engine:
          type: cp2k
          recipe:
            spin: {hosts: [Fe, Nb]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SoundConfig_MakesAPlan()
    {
        var plan = LabelCampaign.Load(_folder.Write("a.yaml", Config), []).Plan;

        Assert.Equal(11.0, plan.Single(p => p.Name == "Ti13").Box);
    }

    [Fact]
    public void Load_HostsWithoutIron_TakeTheDefaultOfSpin() =>
        Assert.NotEmpty(LabelCampaign.Load(_folder.Write("a.yaml", Config[..Config.IndexOf("  recipe:", StringComparison.Ordinal)]), ["systems.hosts=[Ti]", "systems.turns=[]"]).Plan);

    [Fact]
    public void Load_ManyProblems_NamesEveryOneWithItsPlace()
    {
        var text = Config
            .Replace("turns: [Ti, Fe, Ti]", "turns: [Ti, Pd]", StringComparison.Ordinal)
            .Replace("validation: [Nb]", "validation: [Nb, Zz]", StringComparison.Ordinal)
            .Replace("{Ti: 11.0}", "{Ti: 3.0, Fe: -1, Xx: 11}", StringComparison.Ordinal)
            .Replace("[Fe, Nb]}", "[F, Nb], moments: {Qq: 1}}", StringComparison.Ordinal);

        var problems = Problems(text);

        Assert.Contains(problems, p => p.Contains("a.yaml:6:15: systems.turns[1]: Pd is not a host; hosts are Ti, Fe", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("a.yaml:8:20: systems.validation[1]: element \"Zz\" is not an element", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("systems.boxes.Ti: 3 A does not hold Ti13 (", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("systems.boxes.Fe: -1 A does not hold Fe13 (", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("systems.boxes.Xx: Xx is not a host; hosts are Ti, Fe, validation names Nb, Zz", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("engine.recipe.spin.hosts[0]: F is not a host", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("engine.recipe.spin.moments.Qq: element \"Qq\" is not an element", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("systems.boxes={Ti: 9}", "systems.boxes.Ti: 9 A does not hold Ti13")]
    [InlineData("systems.boxes={Ti: 200}", "systems.boxes.Ti: must be at most 100 A")]
    [InlineData("systems.box=6", "systems.box: 6 A does not hold Nb13")]
    [InlineData("systems.margin=2", "systems.margin: 7.5 A does not hold Nb13")]
    [InlineData("systems.atom_box=4", "systems.atom_box: must be between 5 and 100")]
    public void Load_BoxThatIsTooSmall_SaysWhatWouldHold(string set, string message) =>
        Assert.Contains(message, Assert.Single(Problems(Config, set)), StringComparison.Ordinal);

    [Fact]
    public void Load_CampaignsOfTheRepository_MakePlans() => Assert.All(
        Directory.GetFiles(Path.Combine(Binding.Repository, "configs", "labels"), "*.yaml"), config => Assert.NotEmpty(LabelCampaign.Load(config, []).Plan));

    [Fact]
    public void Load_AugmentedDensityWithBroyden_SaysWhatConverges()
    {
        Assert.Contains("engine.recipe.mixing: broyden leaves the densities around the atoms out", Assert.Single(Problems(Config, "engine.recipe.density=gapw")), StringComparison.Ordinal);
        Assert.NotEmpty(LabelCampaign.Load(_folder.Write("a.yaml", Config), ["engine.recipe.density=gapw", "engine.recipe.mixing=diis"]).Plan);
    }

    [Fact]
    public void Load_ElementThatIsNoneInTwoPlaces_IsAProblemOnceWhereItIsNamedForACluster() =>
        Assert.Contains("systems.validation[1]: element \"Zz\" is not an element", Assert.Single(Problems(Config, "systems.validation=[Nb, Zz]", "engine.recipe.spin.hosts=[Zz]")), StringComparison.Ordinal);

    [Fact]
    public void Load_BoxAsLargeAsTheMessageAsks_IsTaken()
    {
        var message = Assert.Single(Problems(Config, "systems.boxes={Ti: 9}"));
        var least = message[(message.IndexOf("at least ", StringComparison.Ordinal) + 9)..].Split(' ')[0];

        Assert.NotEmpty(LabelCampaign.Load(_folder.Write("a.yaml", Config), [$"systems.boxes={{Ti: {least}}}"]).Plan);
    }

    [Fact]
    public void Load_BoxOfVasp_HoldsTheLargestCluster() =>
        Assert.Contains(
            "engine.recipe.box: 8 A does not hold",
            Assert.Single(Problems(Config[..Config.IndexOf("engine:", StringComparison.Ordinal)] + "engine: {type: vasp, recipe: {box: 8}}\n")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("engine.recipe.cutoff=400", "Ti_atom: it has another method: CP2K 2023.1 PBE")]
    [InlineData("systems.atom_box=13", "Ti_atom: its box is 12 Angstrom, not 13")]
    public void Load_ResultsOfAnotherRecipe_IsAProblemOfTheFolder(string set, string message)
    {
        _folder.Write(
            "campaign/calculations/Ti_atom.json",
            """{"name": "Ti_atom", "energy_T0_eV": -1, "scf_converged": true, "method": "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH UKS integer box 12.0 A cutoff 300 Ry rel_cutoff 40 Ry poisson wavelet EPS_DEFAULT 1E-09 EPS_SCF 1E-05"}""");
        const string AtomBox = "systems.atom_box=12";
        Assert.Equal(StateKind.Done, LabelCampaign.Load(_folder.Write("a.yaml", Config), [AtomBox]).Status().Calculations.Single(c => c.Planned.Name == "Ti_atom").Kind);

        var problem = Assert.Single(Problems(Config, AtomBox, set));

        Assert.Contains("a.yaml:3:9: folder: 1 of the results in ", problem, StringComparison.Ordinal);
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PolarisedClustersWithBroyden_AreWarnedOf()
    {
        Assert.Contains("clusters of Fe, Nb are spin-polarised", Assert.Single(LabelCampaign.Load(_folder.Write("a.yaml", Config), []).Warnings), StringComparison.Ordinal);
        Assert.Empty(LabelCampaign.Load(_folder.Write("a.yaml", Config), ["engine.recipe.mixing=diis"]).Warnings);
    }

    [Fact]
    public void Load_FileOfAnExperiment_IsOneProblem() => Assert.Equal(
        "schema: must be clusterml/labels@1, found clusterml/experiment@1: this file is an experiment: `clusterml validate` and `clusterml run` take it",
        Assert.Single(Problems("schema: clusterml/experiment@1\nname: a\ndata: {}\n")).Split(": ", 2)[1]);

    private string[] Problems(string text, params string[] sets) =>
        [.. Assert.Throws<ConfigException>(() => LabelCampaign.Load(_folder.Write("a.yaml", text), sets)).Problems.Select(p => p.ToString())];
}
