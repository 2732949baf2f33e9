using ClusterML.Chemistry.Calculations;
using ClusterML.Data.Audits;
using ClusterML.Data.Datasets;
using ClusterML.Data.Energetics;

namespace ClusterML.Data.Tests.Energetics;

/// <summary>Two recipes in one dataset, in subfolders or beside each other.</summary>
public sealed class RecipeFoldersTests : IDisposable
{
    private readonly RecipeFiles files = new();

    public static TheoryData<string, string, string> Layouts => new()
    {
        { "", "fe/", "" },
        { "", "", "-600" },
        { "z/", "a/deep/", "" },
        { "a/", "z/", "" },
    };

    private static string RestrictedId => MethodFingerprint.OfCluster(MethodDescription.Parse(RecipeFiles.Restricted)).Id;

    private static string PolarisedId => MethodFingerprint.OfCluster(MethodDescription.Parse(RecipeFiles.Polarised)).Id;

    public void Dispose() => files.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Load_FreeAtomsOfTwoFingerprints_GiveEachHostItsOwnReferences(string restricted, string polarised, string ending)
    {
        files.WriteBoth(restricted, polarised, ending);

        var table = Dataset.Open(files.Path).Table(new() { PerHost = true });

        // E(X12TM) - E(X12) - E(TM), every term of one recipe.
        var rows = table.RowIds.Zip(table.TargetValues).OrderBy(r => r.First, StringComparer.Ordinal).Select(r => $"{r.First} {r.Second[0]} {r.Second[1]}");
        Assert.Equal(["Fe12Fe -3.5 -3.5", "Fe12Ti -8.75 -6.75", "Ti12Fe -7 -6", "Ti12Ti -6 -6"], rows);
        Assert.Empty(table.LeftOut);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Load_SitesPerHost_HaveTheEnergiesOfTheirOwnRecipe(string restricted, string polarised, string ending)
    {
        files.WriteBoth(restricted, polarised, ending);

        var sites = SiteDataset.Load(files.Path, new() { PerHost = true }).Sites;

        Assert.Equal(
            ["Fe12Ti_in -8.75 -2", "Fe12Ti_out -6.75 -2", "Ti12Fe_in -7 -1", "Ti12Fe_out -6 -1"],
            sites.Sites.Where(s => s.Host != s.Dopant).Select(s => $"{s.Host}12{s.Dopant}_{s.Site.Name()} {s.Formation} {s.SitePreference}").Order(StringComparer.Ordinal));
        Assert.Equal((-50 + (12 * 2.5) + 1.25) / 13, sites.Sites.Single(s => s.Host.Symbol == "Fe" && s.Dopant.Symbol == "Ti" && s.Site == Site.In).Binding, 1e-12);
        Assert.Empty(sites.LeftOut);
        Assert.Equal(2, sites.Method.Split(" | ").Length);
    }

    [Fact]
    public void Load_SitesOfOneMethod_LeaveTheOtherRecipeOutByItsPath()
    {
        files.WriteBoth("", "fe/");

        var sites = SiteDataset.Load(files.Path, new() { Fingerprint = RestrictedId }).Sites;

        Assert.Equal(["Ti"], sites.Sites.Select(s => s.Host.Symbol).Distinct());
        Assert.Equal(
            ["fe/Fe12Ti_in.json", "fe/Fe12Ti_out.json", "fe/Fe12_vac.json", "fe/Fe13.json", "fe/Fe_atom.json", "fe/Ti_atom.json"],
            sites.LeftOut.Select(l => l.Place));
    }

    [Fact]
    public void Write_SitesOfSubfolders_NameTheirFilesWithTheSubfolder()
    {
        files.WriteBoth("", "fe/");
        using var writer = new StringWriter();

        SiteTableFile.Write(writer, SiteDataset.Load(files.Path, new() { PerHost = true }).Sites);

        var lines = writer.ToString().TrimEnd().Split('\n').Skip(1);
        Assert.Equal(lines.Select(l => l.StartsWith("Fe,", StringComparison.Ordinal)), lines.Select(l => l.Contains(",fe/Fe1", StringComparison.Ordinal)));
        Assert.Contains(lines, l => l.EndsWith(",fe/Fe12Ti_in.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SystemTwiceInOneRecipe_IsRefusedWithBothFiles()
    {
        files.WriteBoth("", "fe/");
        files.Write("again/Ti_atom", -1.25, RecipeFiles.PolarisedAtom.Replace("box 8", "box 12", StringComparison.Ordinal));
        var expected = $"{Path.Combine("calculations", "fe/Ti_atom.json").Replace('/', Path.DirectorySeparatorChar)}: the system Ti_atom is also in again/Ti_atom.json, with the same method";

        Assert.Equal(expected, files.Folder.Problems(() => Dataset.Open(files.Path).Table(new() { PerHost = true })));
        Assert.Equal(expected, files.Folder.Problems(() => SiteDataset.Load(files.Path)));
        Assert.Equal(expected, files.Folder.Problems(() => DataCard.Text(Dataset.Open(files.Path))));
        Assert.Equal(13, CalculationFolder.ReadCandidates(files.Path).Calculations.Count);
    }

    [Fact]
    public void Read_TwoFreeAtomsThatOneRecipeCouldTake_IsRefusedWithBothFiles()
    {
        files.WriteBoth("", "fe/");

        // Smeared as the polarised clusters are: it belongs to them as the one with integer occupation does.
        files.Write("fe/Ti_atom-smeared", -1.5, RecipeFiles.Polarised);

        Assert.EndsWith(
            $"the system Ti_atom is also in fe/Ti_atom-smeared.json, with the same method as far as the clusters of {PolarisedId} ask for it; keep one of them",
            files.Folder.Problems(() => Dataset.Open(files.Path).Table(new() { PerHost = true })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_TwoRecipes_ListsReferencesByTheMethodOfTheirClusters()
    {
        files.WriteBoth("", "fe/");
        File.Delete(Path.Combine(files.Path, "calculations", "fe", "Ti_atom.json"));

        var card = DataCard.Text(Dataset.Open(files.Path), new() { PerHost = true });

        Assert.Contains("- Fe: X13 relaxed; X12 Fe12_vac relaxed; free atom there.\n- Ti: X13 relaxed; X12 Ti12_vac relaxed; free atom there.\n", card, StringComparison.Ordinal);
        Assert.Contains($"- Free atoms of `{PolarisedId}` (1): Fe.\n", card, StringComparison.Ordinal);
        Assert.Contains($"- Free atoms of `{RestrictedId}` (2): Fe, Ti.\n", card, StringComparison.Ordinal);
        Assert.Contains($"- No free atom of Ti with the method `{PolarisedId}`: binding and formation energies with them are not known.\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain($"with the method `{RestrictedId}`", card, StringComparison.Ordinal);
        Assert.Contains("| calculations | 11: FreeAtom 3, X12 2, X13 2, X12TM 4;", card, StringComparison.Ordinal);
        Assert.Contains("| fe/Fe12Ti_in.json | Fe12Ti: no usable free atom of Ti with this method to refer to |", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_SitesOfTwoMethods_AreNoPair()
    {
        files.Describe();
        files.Write("Ti12Fe_in", -30, RecipeFiles.Restricted);
        files.Write("fe/Ti12Fe_out", -30, RecipeFiles.Polarised);
        files.Folder.Write("failed/fe/Ti12Fe_in.json", """{"name": "Ti12Fe_in", "input_sha256": "", "attempts": [{"settings": "the recipe", "reason": "no way", "cpu_seconds": 1}]}""");

        var card = DataCard.Text(Dataset.Open(files.Path));

        Assert.Matches($@"Host Ti \(`{RestrictedId}`\): 0 pairs\n\n.*\n.*\n.*Fe in \|", card);
        Assert.Matches($@"Host Ti \(`{PolarisedId}`\): 0 pairs\n\n.*\n.*\n.*Fe failed \|", card);
        Assert.Contains("- fe/Ti12Fe_in: no way\n", card, StringComparison.Ordinal);
        Assert.Contains("- One site only: Ti12Fe (`", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoRecipesPerHost_AreNoMixtureOfMethods()
    {
        files.WriteBoth("", "fe/");

        var report = SourceAudit.Run(files.Path, calculations: new() { PerHost = true });

        Assert.DoesNotContain(report.Findings, f => f.Code == FindingKinds.MixedFingerprints.Code || f.Code == FindingKinds.MixedSpin.Code || f.Code == FindingKinds.MissingReference.Code);
        var together = SourceAudit.Run(files.Path).Findings;
        Assert.Contains(together, f => f.Code == FindingKinds.MixedFingerprints.Code);
    }

    [Fact]
    public void Read_Subfolders_AreInTheOrderOfTheirPaths()
    {
        files.WriteBoth("b/", "a/deep/");
        files.Write("Ti12_cage", -19, RecipeFiles.Restricted);

        var places = CalculationFolder.Read(files.Path).Calculations.Select(c => c.Place).ToArray();

        Assert.Equal(13, places.Length);
        Assert.Equal(places.Order(StringComparer.Ordinal), places);
        Assert.Equal(["Ti12_cage.json", "a/deep/Fe12Ti_in.json"], places[..2]);

        // Free atoms need no positions to be written; clusters without them are named.
        var (written, leftOut) = StructureExport.Write(Path.Combine(files.Path, "all.xyz"), files.Path);
        Assert.Equal((4, 9), (written, leftOut.Count));
    }
}
