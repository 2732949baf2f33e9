using System.Text.Json;
using System.Text.RegularExpressions;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Campaigns;
using ClusterML.Chemistry.Structures;
using ClusterML.Data.Datasets;

namespace ClusterML.Data.Tests.Datasets;

public sealed class CalculationCardTests : IDisposable
{
    private const string Method = "CP2K 2023.1 PBE GTH-PBE DZVP-MOLOPT-SR-GTH RKS Fermi-Dirac 1000 K box 11 A cutoff 300 Ry EPS_SCF 1E-05";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Text_OfTheProjectsOwnSet_CountsWhatTheFilesSay()
    {
        var data = Path.Combine(DatasetTests.Repository, "data", "x12tm");
        var card = DataCard.Text(Dataset.Open(data), new() { PerHost = true });

        // Read by other means: no reader of this library.
        var done = Directory.GetFiles(Path.Combine(data, "calculations"), "*12*.json", SearchOption.AllDirectories).Where(file =>
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var root = json.RootElement;
            return root.GetProperty("scf_converged").GetBoolean() && root.TryGetProperty("geometry_converged", out var relaxed)
                && (relaxed.ValueKind == JsonValueKind.True || (root.TryGetProperty("fmax_eV_per_A", out var force) && force.ValueKind == JsonValueKind.Number && force.GetDouble() <= 0.05));
        }).Select(f => Regex.Match(Path.GetFileName(f), "^([A-Z][a-z]?)12([A-Z][a-z]?)_(in|out)\\.json$")).Where(m => m.Success).ToArray();
        foreach (var host in done.GroupBy(m => m.Groups[1].Value))
        {
            var pairs = host.GroupBy(m => m.Groups[2].Value).Where(p => p.Count() == 2).Select(p => p.Key).Order(StringComparer.Ordinal).ToArray();
            var section = Regex.Match(card, $@"\nHost {host.Key}: (\d+) pairs\n(?:\n?\|[^\n]*\n)+");
            Assert.Equal(pairs.Length, int.Parse(section.Groups[1].Value));
            Assert.Equal(pairs, Regex.Matches(section.Value, @"\| ([A-Z][a-z]?) both ").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
        }

        Assert.Contains("functional PBE, pseudopotentials GTH-PBE, basis DZVP-MOLOPT-SR-GTH", card, StringComparison.Ordinal);
        Assert.Contains("[RECIPE.md](RECIPE.md)", card, StringComparison.Ordinal);
        Assert.Equal(card, DataCard.Text(Dataset.Open(data), new() { PerHost = true }));
    }

    [Fact]
    public void Text_OfASetWithGaps_NamesThem()
    {
        Add("Ti13", 0.02);
        Add("Ti_atom", double.NaN);
        Add("Ti12Pt_in", 0.01, cpu: 1800);
        Add("Ti12Pt_out", 0.04);
        Add("Ti12Ni_in", 0.03);
        Add("Ti12V_out", 0.2);
        new CampaignFolder(folder.Path).WriteFailure(new("Ti12Ni_out", "", [new("the recipe", "no way", 1800), new("alpha 0.1", "the SCF did not converge", 1800)]));
        DatasetFile.Write(Path.Combine(folder.Path, "dataset.json"), Samples.Description with { Kind = DatasetKind.Calculations, Columns = X12tmColumns.All, Citation = "Cite me" });

        var card = DataCard.Text(Dataset.Open(folder.Path));

        Assert.Contains("| 3d | Sc | Ti X13 | V | Cr | Mn | Fe | Co | Ni failed | Cu | Zn |\n| 4d | Y | Zr | Nb | Mo | Tc | Ru | Rh | Pd | Ag | Cd |\n| 5d | Lu | Hf | Ta | W | Re | Os | Ir | Pt both |", card, StringComparison.Ordinal);
        Assert.Contains("Host Ti: 1 pairs\n", card, StringComparison.Ordinal);
        Assert.Contains("- Ti: X13 relaxed; X12 none; free atom there.\n- Free atoms (1): Ti.\n", card, StringComparison.Ordinal);
        Assert.Contains("- Ti12Ni_out: the SCF did not converge (2 attempts)\n", card, StringComparison.Ordinal);
        Assert.Contains("- 4 of 5 clusters are relaxed.\n- Largest force on an atom: 0.0400 eV/Angstrom (Ti12Pt_out), the median 0.0250.\n- Processor time: 1.5 hours, of which 1.0 on what failed; 1 of 6 calculations say what they took.\n", card, StringComparison.Ordinal);
        Assert.Contains("which spin polarisation would lower: Ti12Ni_in.\n", card, StringComparison.Ordinal);
        Assert.Contains("- No relaxed X12 of Ti: their formation energies are not known.\n", card, StringComparison.Ordinal);
        Assert.Contains("- No free atom of Ni, Pt, V: binding and formation energies with them are not known.\n", card, StringComparison.Ordinal);
        Assert.Contains("- One site only: Ti12Ni.\n", card, StringComparison.Ordinal);
        Assert.Contains("- Not usable: Ti12V_out (the relaxation did not converge: largest force 0.200 eV/Angstrom, accepted 0.05).\n", card, StringComparison.Ordinal);
        Assert.Contains("- Frequencies are known of 0 of 5 clusters;", card, StringComparison.Ordinal);
        Assert.Contains("| citation | Cite me |", card, StringComparison.Ordinal);
        Assert.Contains("| rows | 0: ", card, StringComparison.Ordinal);
    }

    private void Add(string name, double force, double cpu = double.NaN)
    {
        var system = ClusterSystem.Parse(name)!;
        var structure = system.Kind == SystemKind.FreeAtom ? new Structure([system.Host], [0.0, 0.0, 0.0])
            : system.Kind == SystemKind.X13 ? StartingGeometry.X13(system.Host)
            : StartingGeometry.X12TM(system.Host, system.Dopant, system.Site!.Value);
        var isAtom = system.Kind == SystemKind.FreeAtom;
        CalculationFile.Write(Path.Combine(folder.Path, "calculations", $"{name}.json"), new()
        {
            File = "",
            Name = name,
            System = system,
            Method = MethodDescription.Parse(isAtom ? Method.Replace("RKS Fermi-Dirac 1000 K", "UKS OT", StringComparison.Ordinal) : Method),
            Energy = -1,
            ScfConverged = true,
            GeometryConverged = isAtom ? null : force <= 0.05,
            MaxForce = force,
            CpuSeconds = cpu,
            Symbols = [.. structure.Elements.Select(e => e.Symbol)],
            Positions = [.. Enumerable.Range(0, structure.Count).Select(i => structure.Position(i).ToArray())],
            IsPilot = false,
        });
    }
}
