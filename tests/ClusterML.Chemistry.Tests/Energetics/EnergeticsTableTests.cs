using ClusterML.Chemistry.Calculations;
using ClusterML.Chemistry.Elements;
using ClusterML.Chemistry.Energetics;
using ClusterML.Tests;

namespace ClusterML.Chemistry.Tests.Energetics;

public sealed class EnergeticsTableTests
{
    private static readonly IReadOnlyList<Calculation> Campaign =
    [
        .. Directory.EnumerateFiles(Path.Combine(Published.Repository, "data", "x12tm", "pilot", "calculations"), "*.json")
            .Order(StringComparer.Ordinal).Select(CalculationFile.Read).OfType<Calculation>(),
    ];

    [Fact]
    public void Build_Campaign_GivesTheNumbersOfTheFiles()
    {
        var table = EnergeticsTable.Build(Campaign, new() { MaxForce = 0.08 });
        var row = table.Clusters.Single(c => c.Name == "Zr12Pt_in");

        // energy_T0_eV of Zr12Pt_in, Zr_atom, Pt_atom and Zr12_vac, read from the files by hand.
        var (cluster, x12) = (Energy("Zr12Pt_in"), Energy("Zr12_vac"));
        var (zr, pt) = (Energy("Zr_atom"), Energy("Pt_atom"));
        Assert.Equal(-18638.639497580512, cluster, 9);
        Assert.Equal(-3264.8679597489363, pt, 9);
        Assert.Equal((cluster - (12 * zr) - pt) / 13, row.Binding.Value, 9);
        Assert.Equal((x12 - (12 * zr)) / 12, row.HostBinding.Value, 9);
        Assert.Equal(cluster - x12 - pt, row.Formation.Value, 9);
        Assert.Equal(cluster - Energy("Zr12Pt_out"), row.SitePreference.Value, 9);
        Assert.Equal(Site.In, row.Preferred);
        Assert.False(row.Interaction.IsPresent);
        Assert.Equal("there is no frozen X12 (Zr12Pt_in_frozen)", row.Interaction.Missing);
        Assert.True(row.IsUsable);
    }

    [Fact]
    public void Build_X13_IsBothSitesWithOneEnergy()
    {
        var rows = EnergeticsTable.Build(Campaign).Clusters.Where(c => c.Host.Symbol == "Ti" && c.Dopant.Symbol == "Ti").ToArray();
        Assert.Equal([Site.In, Site.Out], rows.Select(r => r.Site));
        Assert.All(rows, r => Assert.Equal(0.0, r.SitePreference.Value));
        Assert.All(rows, r => Assert.Null(r.Preferred));
        Assert.Equal(rows[0].Binding, rows[1].Binding);
    }

    [Fact]
    public void Build_MissingSite_SaysSo()
    {
        var row = EnergeticsTable.Build(Campaign).Clusters.Single(c => c.Name == "Zr12Ni_in");
        Assert.Equal("the cluster with the dopant outside was not computed", row.SitePreference.Missing);
    }

    [Fact]
    public void Build_OtherMethods_AreListedWithBothNamed()
    {
        var foreign = Other(Find("Ti12Pt_in"), "cutoff 400 Ry");
        var table = EnergeticsTable.Build([.. Campaign, foreign]);
        var left = Assert.Single(table.LeftOut, l => l.Reason.StartsWith("Ti12Pt_in", StringComparison.Ordinal));
        Assert.Contains("cutoff 400 Ry", left.Reason, StringComparison.Ordinal);
        Assert.Contains("cutoff 300 Ry", left.Reason, StringComparison.Ordinal);
        Assert.All(table.Clusters, c => Assert.Equal(table.Fingerprint, MethodFingerprint.OfCluster(c.Calculation.Method)));
    }

    [Fact]
    public void Build_ReferenceOfAnotherMethodOnly_GivesNaNWithBothMethods()
    {
        var without = Campaign.Where(c => c.Name != "Pt_atom").Append(Other(Find("Pt_atom"), "cutoff 400 Ry"));
        var row = EnergeticsTable.Build(without).Clusters.Single(c => c.Name == "Zr12Pt_in");
        Assert.True(double.IsNaN(row.Binding.Value));
        Assert.Contains("cutoff 400 Ry", row.Binding.Missing, StringComparison.Ordinal);
        Assert.Contains("cutoff 300 Ry", row.Binding.Missing, StringComparison.Ordinal);
        Assert.True(row.HostBinding.IsPresent);
    }

    [Fact]
    public void Build_Frozen_GivesInteractionAndDistortionThatAddUp()
    {
        var frozen = Frozen(Find("Zr12Pt_in"), 1.5);
        var row = EnergeticsTable.Build([.. Campaign, frozen]).Clusters.Single(c => c.Name == "Zr12Pt_in");
        Assert.Equal(1.5 / 12, row.Distortion.Value, 9);
        Assert.Equal(row.Binding.Value, ((12 * row.HostBinding.Value) + row.Interaction.Value + (12 * row.Distortion.Value)) / 13, 9);
    }

    [Fact]
    public void Build_FrozenOfAnotherGeometry_IsRefused()
    {
        var frozen = Frozen(Find("Zr12Pt_in"), 1.5);
        var moved = frozen with { Positions = [.. frozen.Positions.Select((p, i) => i == 0 ? [p[0] + 0.1, p[1], p[2]] : p)] };
        var row = EnergeticsTable.Build([.. Campaign, moved]).Clusters.Single(c => c.Name == "Zr12Pt_in");
        Assert.StartsWith("Zr12Pt_in_frozen is not the X12 of the relaxed Zr12Pt_in: distances differ by up to 0.", row.Interaction.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Components_AreTakenWhenTheyAgree_AndRefusedWithBothNumbersWhenNot()
    {
        var plain = EnergeticsTable.Build([.. Campaign, Frozen(Find("Zr12Pt_in"), 1.5)]).Clusters.Single(c => c.Name == "Zr12Pt_in");
        StatedValue Stated(double value, double error = 0.0) => new(Math.Round(value, 3) + error, 0.0005);
        ComponentRow Row(string source, double error) => new(
            source,
            ElementTable.Default.Find("Zr")!,
            ElementTable.Default.Find("Pt")!,
            Site.In,
            new(Stated(plain.HostBinding.Value), Stated(plain.Interaction.Value, error), Stated(plain.Distortion.Value)));

        var agreed = EnergeticsTable.Build(Campaign, components: [Row("parts.csv:2", 0.0)]);
        Assert.Equal(Math.Round(plain.Interaction.Value, 3), agreed.Clusters.Single(c => c.Name == "Zr12Pt_in").Interaction.Value, 12);
        Assert.DoesNotContain(agreed.LeftOut, l => l.Source == "parts.csv:2");

        var refused = EnergeticsTable.Build(Campaign, components: [Row("parts.csv:2", 0.1)]);
        Assert.False(refused.Clusters.Single(c => c.Name == "Zr12Pt_in").Interaction.IsPresent);
        var left = Assert.Single(refused.LeftOut, l => l.Source == "parts.csv:2");
        Assert.Matches(@"^Zr12Pt_in: refused, equation 1 gives E_b = -\d\.\d+ .* equation 5 gives -\d\.\d+", left.Reason);
    }

    [Fact]
    public void Build_UnusableClusters_KeepTheirReasons()
    {
        var broken = Find("Ti12Pt_in") with { ScfConverged = false };
        var loose = Find("Ti12Pt_out") with { GeometryConverged = false, MaxForce = 0.5 };
        var rows = EnergeticsTable.Build([.. Campaign.Where(c => c.Name is not ("Ti12Pt_in" or "Ti12Pt_out")), broken, loose]).Clusters;
        var inside = rows.Single(c => c.Name == "Ti12Pt_in");
        Assert.Equal(["the SCF did not converge"], inside.Faults);
        Assert.Equal("Ti12Pt_in: the SCF did not converge", inside.Binding.Missing);
        Assert.True(double.IsNaN(inside.Total));
        var outside = rows.Single(c => c.Name == "Ti12Pt_out");
        Assert.True(outside.Binding.IsPresent);
        Assert.False(outside.IsUsable);
        Assert.False(outside.SitePreference.IsPresent);
    }

    [Fact]
    public void Build_UnknownFingerprint_NamesThoseThatThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => EnergeticsTable.Build(Campaign, new() { Fingerprint = "abc" }));
        Assert.Contains("abc", error.Message, StringComparison.Ordinal);
        Assert.Contains(MethodFingerprint.OfCluster(Find("Ti13").Method).Id, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Nothing_IsAnEmptyTable() => Assert.Null(EnergeticsTable.Build([]).Fingerprint);

    [Fact]
    public void Require_TwoMethods_NamesBoth()
    {
        var ti13 = Find("Ti13");
        Assert.Equal(MethodFingerprint.OfCluster(ti13.Method), MixedFingerprintException.Require(ti13, Find("Ti_atom"), Find("Ti12_vac")));
        var error = Assert.Throws<MixedFingerprintException>(() => MixedFingerprintException.Require(ti13, Other(Find("Ti_atom"), "cutoff 350 Ry")));
        Assert.Contains("cutoff 300 Ry", error.Message, StringComparison.Ordinal);
        Assert.Contains("cutoff 350 Ry", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_ListsEveryX12Tried()
    {
        var vacancy = Find("Ti12_vac");
        var cage = vacancy with { Name = "Ti12_cage", System = ClusterSystem.Parse("Ti12_cage")!, Energy = vacancy.Energy + 0.8 };
        var table = EnergeticsTable.Build([.. Campaign, cage]);
        Assert.Contains(table.Notes, n => n.StartsWith("reference Ti12: Ti12_vac", StringComparison.Ordinal) && n.EndsWith("tried: Ti12_vac (+0.000 eV), Ti12_cage (+0.800 eV)", StringComparison.Ordinal));
    }

    [Fact]
    public void FrozenX12_SinglePoint_BelongsToTheRecipeOfTheRelaxation()
    {
        var relaxed = Find("Zr12Pt_in");
        var cluster = relaxed with { Method = relaxed.Method with { Thresholds = "EPS_SCF 2E-05 MAX_FORCE 0.0009" } };
        var frozen = Frozen(relaxed, 0.1) with { Method = relaxed.Method with { Thresholds = "EPS_SCF 2E-05" } };
        var coarse = Frozen(relaxed, -0.1) with { Method = relaxed.Method with { Thresholds = "EPS_SCF 1E-03" } };

        var recipe = MethodFingerprint.OfCluster(cluster.Method);

        Assert.Same(frozen, new ReferenceRegistry([frozen, coarse]).FrozenX12(recipe, "Zr", "Pt", Site.In));
        Assert.Equal(recipe, MixedFingerprintException.Require(frozen, cluster));
    }

    private static Calculation Frozen(Calculation cluster, double strain)
    {
        var (kept, name) = (Enumerable.Range(0, 13).Where(i => cluster.Symbols[i] != cluster.System.Dopant.Symbol).ToArray(), cluster.Name + "_frozen");
        return cluster with
        {
            Name = name,
            System = ClusterSystem.Parse(name)!,
            Energy = Energy("Zr12_vac") + strain,
            GeometryConverged = null,
            Symbols = [.. kept.Select(i => cluster.Symbols[i])],
            Positions = [.. kept.Select(i => cluster.Positions[i])],
        };
    }

    private static Calculation Other(Calculation calculation, string grid) => calculation with { Method = calculation.Method with { Grid = grid } };

    private static Calculation Find(string name) => Campaign.Single(c => c.Name == name);

    private static double Energy(string name) => Find(name).Energy;
}
