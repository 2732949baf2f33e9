using System.Globalization;
using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Energetics;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Energetics;

public sealed class ClusterEnergiesTests
{
    private static readonly IReadOnlyList<Calculation> Campaign =
    [
        .. Directory.EnumerateFiles(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations"), "*.json")
            .Order(StringComparer.Ordinal).Select(CalculationFile.Read).OfType<Calculation>(),
    ];

    [Fact]
    public void Binding_FromParts_EqualsTotals()
    {
        // Component energies of no special meaning; the frozen host cancels between interaction and distortion.
        const double Cluster = -22254.3, X12 = -18981.5, Frozen = -18979.9, HostAtom = -1578.2, DopantAtom = -3269.7;
        var parts = ClusterEnergies.BindingFromParts(
            ClusterEnergies.HostBinding(X12, HostAtom),
            ClusterEnergies.Interaction(Cluster, Frozen, DopantAtom),
            ClusterEnergies.Distortion(Frozen, X12));
        Assert.Equal(ClusterEnergies.Binding(Cluster, HostAtom, DopantAtom), parts, 9);
    }

    [Fact]
    public void SitePreference_IsDifferenceOfFormations()
    {
        var difference = ClusterEnergies.Formation(-10, -4, -2) - ClusterEnergies.Formation(-9.5, -4, -2);
        Assert.Equal(-0.5, difference, 12);
        Assert.Equal(ClusterEnergies.SitePreference(-10, -9.5), difference, 12);
    }

    [Fact]
    public void Formation_OfTi13_LinksTwoBindingEnergies()
    {
        // E_form(Ti12Ti) = 13 E_b(Ti13) - 12 E_b(Ti12): an identity that holds for any reference.
        var (ti13, ti12, atom) = (Energy("Ti13"), Energy("Ti12_vac"), Energy("Ti_atom"));
        var bindings = (13 * ClusterEnergies.Binding(ti13, atom, atom)) - (12 * ClusterEnergies.HostBinding(ti12, atom));
        Assert.Equal(bindings, ClusterEnergies.Formation(ti13, ti12, atom), 8);
    }

    [Theory]
    [InlineData("Ti", 0.05)]
    [InlineData("Zr", 0.35)]
    [InlineData("Hf", 0.35)]
    public void Binding_OfX13_IsNearThePublishedValue(string host, double tolerance)
    {
        var published = File.ReadLines(Published.Table("kit_tm13", "tm13_unary_kit.csv")).Skip(1).Select(line => line.Split(','))
            .Single(fields => fields[0] == host);
        var atom = Energy($"{host}_atom");
        Assert.Equal(double.Parse(published[6], CultureInfo.InvariantCulture), ClusterEnergies.Binding(Energy($"{host}13"), atom, atom), tolerance);
    }

    [Fact]
    public void Registry_KeepsRecipesApart_AndTakesTheLowestX12()
    {
        var recipe = MethodFingerprint.OfCluster(Find("Ti13").Method);
        var vacancy = Find("Ti12_vac");
        var cage = vacancy with { Name = "Ti12_cage", Energy = vacancy.Energy - 1 };
        var foreign = vacancy with { Name = "Ti12_other", Energy = vacancy.Energy - 9, Method = vacancy.Method with { Grid = "cutoff 400 Ry" } };
        var broken = vacancy with { Name = "Ti12_broken", Energy = vacancy.Energy - 9, ScfConverged = false };
        var registry = new ReferenceRegistry([.. Campaign, cage, foreign, broken]);
        Assert.Same(cage, registry.LowestX12(recipe, "Ti"));
        Assert.Equal("Ti_atom", registry.FreeAtom(recipe, "Ti")!.Name);
        Assert.Null(registry.FreeAtom(recipe with { Grid = "cutoff 400 Ry" }, "Ti"));
        Assert.Null(registry.LowestX12(recipe, "Sc"));
    }

    private static Calculation Find(string name) => Campaign.Single(c => c.Name == name);

    private static double Energy(string name) => Find(name).Energy;
}
