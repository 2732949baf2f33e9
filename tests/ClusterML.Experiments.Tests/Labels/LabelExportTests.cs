using ClusterML.Data;
using ClusterML.Experiments.Configuration;
using ClusterML.Experiments.Labels;

namespace ClusterML.Experiments.Tests.Labels;

public sealed class LabelExportTests : IDisposable
{
    private const string Coarse = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11 A cutoff 300 Ry";
    private const string Fine = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11 A cutoff 600 Ry";

    private readonly TemporaryFolder _folder = new();

    private string Dataset => Path.Combine(_folder.Path, "dataset");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_RecipeFolder_LeavesFilesOfTheOtherRecipeAlone()
    {
        LabelExport.Write(Campaign("coarse", Coarse, ""), Dataset);
        Fail("dataset/failed/Ti13.json", "Ti13");
        var before = Written();
        var fine = Campaign("fine", Fine, "fe");
        Fail("fine/failed/Ti12Pd_out.json", "Ti12Pd_out");

        Assert.Equal((3, 1), LabelExport.Write(fine, Dataset));

        var after = Written();
        Assert.Equal(before.Where(f => f.Key != "DATA_CARD.md"), after.Where(f => f.Key != "DATA_CARD.md" && !f.Key.Contains("/fe/", StringComparison.Ordinal)));
        Assert.Equal(
            ["calculations/fe/Ti12Pd_in.json", "calculations/fe/Ti13.json", "calculations/fe/Ti_atom.json", "failed/fe/Ti12Pd_out.json"],
            after.Keys.Where(k => k.Contains("/fe/", StringComparison.Ordinal)));
        Assert.Contains("| calculations | 6: ", after["DATA_CARD.md"], StringComparison.Ordinal);
        Assert.Contains("- fe/Ti12Pd_out: no way\n", after["DATA_CARD.md"], StringComparison.Ordinal);
        LabelExport.Write(Campaign("fine", Fine, "fe"), Dataset);
        Assert.Equal(after, Written());
    }

    [Fact]
    public void Write_OverAnotherRecipe_IsRefusedAndNothingIsWritten()
    {
        LabelExport.Write(Campaign("coarse", Coarse, ""), Dataset);
        var before = Written();

        var problems = Assert.Throws<DataException>(() => LabelExport.Write(Campaign("fine", Fine, ""), Dataset)).Problems;

        Assert.Contains(problems, p => p.File.EndsWith("Ti13.json", StringComparison.Ordinal) && p.Message.EndsWith("recipe_folder in its config gives it a folder of its own", StringComparison.Ordinal));
        Assert.Equal(before, Written());
    }

    [Fact]
    public void Write_OneRecipeIntoTwoFolders_IsRefusedWithBothFiles()
    {
        LabelExport.Write(Campaign("coarse", Coarse, ""), Dataset);
        var before = Written();

        var problems = Assert.Throws<DataException>(() => LabelExport.Write(Campaign("coarse", Coarse, "fe"), Dataset)).Problems;

        Assert.Equal(
            ["Ti12Pd_in", "Ti13", "Ti_atom"],
            problems.Select(p => Path.GetFileNameWithoutExtension(p.File)));
        Assert.All(problems, p => Assert.Contains($"{Path.DirectorySeparatorChar}fe{Path.DirectorySeparatorChar}", p.File, StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Message == "the system Ti_atom is also in Ti_atom.json, with the same method");
        Assert.Equal(before, Written());
    }

    [Fact]
    public void Of_TwoRecipes_CountsEachFileOnceAndNamesTheFolder()
    {
        LabelExport.Write(Campaign("coarse", Coarse, ""), Dataset);
        LabelExport.Write(Campaign("fine", Fine, "fe"), Dataset);
        _folder.Write("dataset/calculations/fe/Ti12Pd_out.json", Calculation("Ti12Pd_out", Fine, relaxed: true));
        _folder.Write("dataset/calculations/Ti12Pd_out.json", Calculation("Ti12Pd_out", Coarse, relaxed: false));

        var status = DatasetStatus.Of(Dataset);

        Assert.Equal(7, status.Usable);
        Assert.Equal(["Ti12Pd_out"], status.Unsuccessful.Select(u => u.Name));
        Assert.Equal([3, 3], status.Fingerprints.Select(f => f.Count));
        Assert.Equal(1, status.CompletePairs["Ti"]);
    }

    [Fact]
    public void Adopt_TwoRecipesInOneFolder_TakesTheCampaignsOwn()
    {
        LabelExport.Write(Campaign("coarse", Coarse, ""), Dataset);
        var empty = LabelCampaign.Load(_folder.Write("empty.yaml", Config("empty", "")), []);
        var recipe = ((Cp2kEngineConfig)empty.Config.Engine).Recipe;
        foreach (var planned in empty.Plan.Where(p => p.Name is "Ti_atom" or "Ti13" or "Ti12Pd_in"))
        {
            _folder.Write($"dataset/calculations/fe/{planned.Name}.json", Calculation(planned.Name, recipe.Method("2023.1", planned.System, planned.Box), relaxed: true));
        }

        var (adopted, passedOver) = empty.Adopt(Dataset);

        Assert.Equal(["Ti12Pd_in", "Ti13", "Ti_atom"], adopted);
        Assert.Equal(["Ti12Pd_in", "Ti13", "Ti_atom"], passedOver.Select(p => p.Name));
        Assert.All(passedOver, p => Assert.StartsWith("it has another method: ", p.Reason, StringComparison.Ordinal));
    }

    private static string Config(string folder, string recipeFolder) => $$"""
        schema: clusterml/labels@1
        name: titanium
        folder: {{folder}}
        recipe_folder: "{{recipeFolder}}"
        systems:
          hosts: [Ti]
          dopants: [Pd]
        engine: {type: cp2k}
        """;

    private static string Calculation(string name, string method, bool relaxed)
    {
        var isAtom = name.EndsWith("_atom", StringComparison.Ordinal);
        var line = isAtom ? method.Replace("RKS Fermi-Dirac 1000 K", "UKS OT", StringComparison.Ordinal) : method;
        return $$"""{"name": "{{name}}", "method": "{{line}}", "scf_converged": true, "geometry_converged": {{(isAtom ? "null" : relaxed ? "true" : "false")}}, "energy_T0_eV": -1}""";
    }

    /// <summary>A campaign with results of made-up methods, which come after it is loaded: it would refuse them.</summary>
    private LabelCampaign Campaign(string folder, string method, string recipeFolder)
    {
        var results = Path.Combine(_folder.Path, folder, "calculations");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        var campaign = LabelCampaign.Load(_folder.Write($"{folder}{recipeFolder}.yaml", Config(folder, recipeFolder)), []);
        foreach (var name in new[] { "Ti_atom", "Ti13", "Ti12Pd_in" })
        {
            _folder.Write($"{folder}/calculations/{name}.json", Calculation(name, method, relaxed: true));
        }

        return campaign;
    }

    private void Fail(string path, string name) =>
        _folder.Write(path, $$"""{"name": "{{name}}", "input_sha256": "", "attempts": [{"settings": "the recipe", "reason": "no way", "cpu_seconds": 1}]}""");

    private SortedDictionary<string, string> Written() => new(
        Directory.EnumerateFiles(Dataset, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(Dataset, f).Replace('\\', '/'), File.ReadAllText),
        StringComparer.Ordinal);
}
